// Who is here: which connections a user has, and which of them share a session. In memory only;
// knows no requests.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/ids.h"
#include "service/work.h"

namespace kumquat::service {

class Hub {
  public:
    /// Requires that nobody is signed in on `connection`.
    void begin(ConnectionId connection, Session session);
    /// The session that was on the connection; empty if nobody was signed in.
    std::optional<Session> end(ConnectionId connection);

    /// Every connection of the user.
    std::vector<ConnectionId> of_user(UserKey user) const;
    bool online(UserKey user) const { return users_.count(user) != 0; }
    /// The user's sessions that have a connection.
    std::set<store::TokenHash> sessions_of(UserKey user) const;
    /// Every connection of the session.
    std::vector<ConnectionId> of_session(const store::TokenHash& token) const;

  private:
    std::map<ConnectionId, Session> sessions_;
    std::map<UserKey, std::set<ConnectionId>> users_;
    std::map<store::TokenHash, std::set<ConnectionId>> tokens_;
};

}  // namespace kumquat::service
