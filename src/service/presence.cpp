#include "service/presence.h"

#include <algorithm>
#include <utility>

namespace kumquat::service {
namespace {

// So many IDs fit into a frame whatever characters they have.
constexpr std::size_t kSignalUsers = 1000;

constexpr int kTriesAtOnce = 4;

proto::PresenceSignal change(const UserId& who, bool online) {
    proto::PresenceSignal signal;
    (online ? signal.online : signal.offline).push_back(who);
    return signal;
}

}  // namespace

Presence::Presence(store::Store& store, const Hub& hub, Send send)
    : store_(store), hub_(hub), send_(std::move(send)), self_(std::make_shared<Presence*>(this)) {}

void Presence::came(const Session& session, ConnectionId connection) {
    const auto [found, first] = stays_.try_emplace(session.user);
    Stay& stay = found->second;
    if (first) {
        stay.number = ++last_stay_;
        stay.id = session.id;
        load(session.user, stay);
    }
    if (stay.state == State::kKnown) return tell_complete(stay, {connection});
    stay.untold.push_back(connection);
}

// A grace period, so that a reload does not blink at everybody, belongs here: the stay would
// outlive its last connection.
void Presence::left(const Session& session, ConnectionId connection) {
    const auto found = stays_.find(session.user);
    if (found == stays_.end()) return;
    auto& untold = found->second.untold;
    untold.erase(std::remove(untold.begin(), untold.end(), connection), untold.end());
    if (hub_.online(session.user)) return;
    const Stay stay = std::move(found->second);
    stays_.erase(found);
    if (stay.state == State::kKnown) tell_friends(stay, /*online=*/false);
}

void Presence::befriended(const Person& a, const Person& b) {
    const auto tell = [this](const Person& reader, const Person& other) {
        const auto reading = stays_.find(reader.first);
        if (reading == stays_.end()) return;
        // Also if the other is away: when the reader leaves, it is the reader's list that says whom
        // to tell.
        reading->second.friends.insert(other);
        if (online(other.first))
            send_(hub_.of_user(reader.first), change(other.second, /*online=*/true));
    };
    tell(a, b);
    tell(b, a);
}

void Presence::retry() {
    for (const UserKey user : std::exchange(failed_, {})) {
        const auto found = stays_.find(user);
        if (found != stays_.end() && found->second.state == State::kFailed)
            load(user, found->second);
    }
}

void Presence::load(UserKey user, Stay& stay) {
    stay.state = State::kLoading;
    store_.read_friend_keys(
        user, [weak = std::weak_ptr<Presence*>(self_), user,
               number = stay.number](Result<std::vector<std::pair<UserKey, UserId>>> friends) {
            if (const auto self = weak.lock())
                (*self)->on_friends(user, number, std::move(friends));
        });
}

void Presence::on_friends(UserKey user, std::int64_t stay_number,
                          Result<std::vector<std::pair<UserKey, UserId>>> friends) {
    const auto found = stays_.find(user);
    if (found == stays_.end() || found->second.number != stay_number) return;
    Stay& stay = found->second;
    if (!friends) {
        // The service has no timer: a few tries at once, and then whenever the store has answered
        // somebody.
        if (++stay.failures % kTriesAtOnce != 0) return load(user, stay);
        stay.state = State::kFailed;
        failed_.insert(user);
        return;
    }
    // Added to, not replaced: a friendship may have been made while the store was reading.
    stay.friends.insert(friends->begin(), friends->end());
    stay.state = State::kKnown;
    tell_complete(stay, std::exchange(stay.untold, {}));
    tell_friends(stay, /*online=*/true);
}

bool Presence::online(UserKey user) const {
    const auto found = stays_.find(user);
    return found != stays_.end() && found->second.state == State::kKnown;
}

void Presence::tell_complete(const Stay& stay, const std::vector<ConnectionId>& to) {
    proto::PresenceSignal signal;
    signal.complete = true;
    for (const auto& [key, id] : stay.friends) {
        if (!online(key)) continue;
        if (signal.online.size() == kSignalUsers) {
            send_(to, std::exchange(signal, proto::PresenceSignal()));
        }
        signal.online.push_back(id);
    }
    send_(to, std::move(signal));
}

void Presence::tell_friends(const Stay& stay, bool online) {
    std::vector<ConnectionId> to;
    for (const auto& each : stay.friends) {
        const auto connections = hub_.of_user(each.first);
        to.insert(to.end(), connections.begin(), connections.end());
    }
    if (!to.empty()) send_(std::move(to), change(stay.id, online));
}

}  // namespace kumquat::service
