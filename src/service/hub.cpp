#include "service/hub.h"

#include <utility>

#include "base/check.h"

namespace kumquat::service {
namespace {

template <typename Key>
void take_out(std::map<Key, std::set<ConnectionId>>& sets, const Key& key,
              ConnectionId connection) {
    const auto found = sets.find(key);
    found->second.erase(connection);
    if (found->second.empty()) sets.erase(found);
}

template <typename Key>
std::vector<ConnectionId> members(const std::map<Key, std::set<ConnectionId>>& sets,
                                  const Key& key) {
    const auto found = sets.find(key);
    if (found == sets.end()) return {};
    return std::vector<ConnectionId>(found->second.begin(), found->second.end());
}

}  // namespace

void Hub::begin(ConnectionId connection, Session session) {
    KUMQUAT_CHECK(sessions_.count(connection) == 0);
    users_[session.user].insert(connection);
    tokens_[session.token].insert(connection);
    sessions_.emplace(connection, std::move(session));
}

std::optional<Session> Hub::end(ConnectionId connection) {
    const auto found = sessions_.find(connection);
    if (found == sessions_.end()) return std::nullopt;
    Session session = std::move(found->second);
    sessions_.erase(found);
    take_out(users_, session.user, connection);
    take_out(tokens_, session.token, connection);
    return session;
}

std::vector<ConnectionId> Hub::of_user(UserKey user) const {
    return members(users_, user);
}

std::set<store::TokenHash> Hub::sessions_of(UserKey user) const {
    std::set<store::TokenHash> found;
    for (const ConnectionId connection : of_user(user))
        found.insert(sessions_.at(connection).token);
    return found;
}

std::vector<ConnectionId> Hub::of_session(const store::TokenHash& token) const {
    return members(tokens_, token);
}

}  // namespace kumquat::service
