#include "service/presence.h"

#include <algorithm>
#include <utility>

namespace kumquat::service {
namespace {

// So many IDs fit into a frame whatever characters they have.
constexpr std::size_t kSignalUsers = 1000;

constexpr int kTriesAtOnce = 4;

// Longer than a reload takes, or a change of network.
constexpr std::int64_t kGraceMs = 20'000;

proto::PresenceSignal change_of(const UserId& who, bool online) {
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
    if (stay.ends) ends_.erase({*std::exchange(stay.ends, std::nullopt), session.user});
    if (stay.state == State::kKnown) return tell_complete(stay, {connection});
    stay.untold.push_back(connection);
}

void Presence::left(const Session& session, ConnectionId connection, Leaving leaving, TimeMs now) {
    const auto found = stays_.find(session.user);
    if (found == stays_.end()) return;
    Stay& stay = found->second;
    stay.untold.erase(std::remove(stay.untold.begin(), stay.untold.end(), connection),
                      stay.untold.end());
    if (hub_.online(session.user)) return;
    // Whom nobody has seen come need not be seen to stay.
    if (leaving == Leaving::kForGood || stay.state != State::kKnown) return end(found);
    stay.ends = TimeMs(now.value() + kGraceMs);
    ends_.emplace(*stay.ends, session.user);
}

void Presence::end(Stays::iterator found) {
    if (found->second.ends) ends_.erase({*found->second.ends, found->first});
    const Stay stay = std::move(found->second);
    stays_.erase(found);
    if (stay.state == State::kKnown) tell_watchers(stay, /*online=*/false);
}

std::optional<TimeMs> Presence::next_tick() const {
    if (ends_.empty()) return std::nullopt;
    return ends_.begin()->first;
}

void Presence::tick(TimeMs now) {
    while (!ends_.empty() && ends_.begin()->first <= now)
        end(stays_.find(ends_.begin()->second));
}

void Presence::changed(const TieChange& tie) {
    change(tie.a, {tie.b.first, tie.b.second, tie.a_has_b, tie.b_has_a});
    change(tie.b, {tie.a.first, tie.a.second, tie.b_has_a, tie.a_has_b});
}

void Presence::change(const Person& reader, const store::Tie& tie) {
    const auto found = stays_.find(reader.first);
    if (found == stays_.end()) return;
    Stay& stay = found->second;
    const auto before = stay.ties.find(tie.peer);
    const bool seen_before = before != stay.ties.end() && before->second.had_by;
    if (tie.has || tie.had_by) {
        stay.ties.insert_or_assign(tie.peer, tie);
    } else {
        stay.ties.erase(tie.peer);
    }
    // The reader's list is not known yet, and will be told as a whole.
    if (stay.state != State::kKnown) {
        stay.changed.insert(tie.peer);
    } else if (tie.had_by != seen_before && online(tie.peer)) {
        send_(hub_.of_user(reader.first), change_of(tie.id, tie.had_by));
    }
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
    store_.read_ties(user, [weak = std::weak_ptr<Presence*>(self_), user,
                            number = stay.number](Result<std::vector<store::Tie>> ties) {
        if (const auto self = weak.lock()) (*self)->on_ties(user, number, std::move(ties));
    });
}

void Presence::on_ties(UserKey user, std::int64_t stay_number,
                       Result<std::vector<store::Tie>> ties) {
    const auto found = stays_.find(user);
    if (found == stays_.end() || found->second.number != stay_number) return;
    Stay& stay = found->second;
    if (!ties) {
        // Only answers of the store come by themselves: a few tries at once, and then whenever it
        // has answered somebody.
        if (++stay.failures % kTriesAtOnce != 0) return load(user, stay);
        stay.state = State::kFailed;
        failed_.insert(user);
        return;
    }
    for (store::Tie& tie : *ties) {
        if (stay.changed.count(tie.peer) == 0) stay.ties.emplace(tie.peer, std::move(tie));
    }
    stay.changed.clear();
    stay.state = State::kKnown;
    tell_complete(stay, std::exchange(stay.untold, {}));
    tell_watchers(stay, /*online=*/true);
}

bool Presence::online(UserKey user) const {
    const auto found = stays_.find(user);
    return found != stays_.end() && found->second.state == State::kKnown;
}

void Presence::tell_complete(const Stay& stay, const std::vector<ConnectionId>& to) {
    proto::PresenceSignal signal;
    signal.complete = true;
    for (const auto& [key, tie] : stay.ties) {
        if (!tie.had_by || !online(key)) continue;
        if (signal.online.size() == kSignalUsers) {
            send_(to, std::exchange(signal, proto::PresenceSignal()));
        }
        signal.online.push_back(tie.id);
    }
    send_(to, std::move(signal));
}

void Presence::tell_watchers(const Stay& stay, bool online) {
    std::vector<ConnectionId> to;
    for (const auto& [key, tie] : stay.ties) {
        if (!tie.has) continue;
        const auto connections = hub_.of_user(key);
        to.insert(to.end(), connections.begin(), connections.end());
    }
    if (!to.empty()) send_(std::move(to), change_of(stay.id, online));
}

}  // namespace kumquat::service
