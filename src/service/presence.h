// Presence: who of the people that let a user see it is there. Never stored; told by signals.
//
// A person is seen by those whom the person has as friends, and by nobody beyond a block, whichever
// way it lies. Whom that is comes from the store once per stay; what changes during the stay is
// told by hand.
//
// A user counts as online from the moment when these people are known and have been told, and for a
// grace period after the last connection has ended, so that a reload does not blink at everybody.
// Whoever signs out is gone at once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
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
    enum class Leaving {
        kMayReturn,  ///< the connection was lost or closed
        kForGood,    ///< the session is over
    };

    /// `hub` says which connections a user has; it must be up to date before each call.
    Presence(store::Store& store, const Hub& hub, Send send);

    /// A connection of the user has begun: it will be told who is there, and if it is the first,
    /// those who may see it are told of the user.
    void came(const Session& session, ConnectionId connection);
    /// A connection of the user has ended.
    void left(const Session& session, ConnectionId connection, Leaving leaving, TimeMs now);
    /// Whose presence matters to whom has changed between two people: each learns what that shows
    /// or hides.
    void changed(const TieChange& tie);
    /// Asks again for the ties that the store could not give. To be called when something else has
    /// got an answer.
    void retry();

    /// When tick() has something to do; empty while nobody is in a grace period.
    std::optional<TimeMs> next_tick() const;
    /// Those whose grace period has passed are offline.
    void tick(TimeMs now);

  private:
    enum class State { kLoading, kKnown, kFailed };
    struct Stay {
        /// Tells this stay from an earlier one whose load is still under way.
        std::int64_t number = 0;
        UserId id;
        State state = State::kLoading;
        int failures = 0;
        std::map<UserKey, store::Tie> ties;
        /// Ties that have changed while the store was reading: they are newer than what it read.
        std::set<UserKey> changed;
        std::vector<ConnectionId> untold;
        /// In the grace period: when it ends.
        std::optional<TimeMs> ends;
    };
    using Stays = std::map<UserKey, Stay>;

    void load(UserKey user, Stay& stay);
    void on_ties(UserKey user, std::int64_t stay_number, Result<std::vector<store::Tie>> ties);
    void change(const Person& reader, const store::Tie& tie);
    void end(Stays::iterator stay);
    bool online(UserKey user) const;
    void tell_complete(const Stay& stay, const std::vector<ConnectionId>& to);
    void tell_watchers(const Stay& stay, bool online);

    store::Store& store_;
    const Hub& hub_;
    Send send_;
    Stays stays_;
    std::set<UserKey> failed_;
    std::set<std::pair<TimeMs, UserKey>> ends_;  ///< the grace periods, first to end first
    std::int64_t last_stay_ = 0;
    std::shared_ptr<Presence*> self_;
};

}  // namespace kumquat::service
