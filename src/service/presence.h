// Presence: who of a user's friends is there. Never stored; told by signals.
//
// A user counts as online from the moment when the friends are known and have been told. The
// friends come from the store once per stay; a friendship made during the stay is added by hand.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "base/ids.h"
#include "proto/messages.h"
#include "service/hub.h"
#include "store/store.h"

namespace kumquat::service {

class Presence {
  public:
    using Send = std::function<void(std::vector<ConnectionId> to, proto::Signal signal)>;

    /// `hub` says which connections a user has; it must be up to date before each call.
    Presence(store::Store& store, const Hub& hub, Send send);

    /// A connection of the user has begun: it will be told who is there, and if it is the first,
    /// friends are told of the user.
    void came(const Session& session, ConnectionId connection);
    /// A connection of the user has ended. With the last one the user goes offline at once.
    void left(const Session& session, ConnectionId connection);
    /// Two people have become friends: each learns whether the other is there.
    void befriended(const Person& a, const Person& b);
    /// Asks again for the friends that the store could not give. To be called when something else
    /// has got an answer.
    void retry();

  private:
    enum class State { kLoading, kKnown, kFailed };
    struct Stay {
        /// Tells this stay from an earlier one whose load is still under way.
        std::int64_t number = 0;
        UserId id;
        State state = State::kLoading;
        int failures = 0;
        std::map<UserKey, UserId> friends;
        std::vector<ConnectionId> untold;
    };

    void load(UserKey user, Stay& stay);
    void on_friends(UserKey user, std::int64_t stay_number,
                    Result<std::vector<std::pair<UserKey, UserId>>> friends);
    bool online(UserKey user) const;
    void tell_complete(const Stay& stay, const std::vector<ConnectionId>& to);
    void tell_friends(const Stay& stay, bool online);

    store::Store& store_;
    const Hub& hub_;
    Send send_;
    std::map<UserKey, Stay> stays_;
    std::set<UserKey> failed_;
    std::int64_t last_stay_ = 0;
    std::shared_ptr<Presence*> self_;
};

}  // namespace kumquat::service
