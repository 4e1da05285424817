// What comes from the service by itself: the feed, its pages and snapshots, and signals.
#include <algorithm>
#include <utility>

#include "client/core/machine.h"
#include "client/core/quote.h"

namespace kumquat::client {
namespace {

/// Pages of one snapshot. A service that never ends is cut off, not followed.
constexpr int kSnapshotPagesMax = 5'000;

/// The history that is known is not the service's: another message has the same seq.
bool contradicts(const Timeline& timeline, const proto::Conversation& data) {
    if (timeline.empty()) return false;
    if (timeline.last_seq() > data.last_seq) return true;
    if (!data.last_message) return false;
    const MessagePtr known = timeline.find(data.last_message->seq);
    return known &&
           (known->from != data.last_message->from || known->time != data.last_message->time);
}

}  // namespace

// --- Sync
// --------------------------------------------------------------------------------------------------------

void Client::Machine::send_sync() {
    if (sync_in_flight_ || (!feed_.behind() && !probing_)) return;
    if (now_.monotonic_ms < sync_retry_.at_ms) return;
    proto::Sync request;
    request.since = feed_.position();
    request.cursor = snapshot_.cursor;
    const std::int64_t timeout_ms = probing_ ? kProbeTimeoutMs : kRequestTimeoutMs;
    if (!send(std::move(request), purpose::Sync{}, timeout_ms)) return;
    sync_in_flight_ = true;
    probing_ = false;
}

void Client::Machine::on_sync_reply(const proto::SyncReply& reply) {
    if (reply.reset) {
        on_snapshot_page(reply);
    } else {
        snapshot_ = Snapshot();
        on_tail_page(reply);
    }
}

void Client::Machine::on_snapshot_page(const proto::SyncReply& reply) {
    // A page that does not continue what is being collected starts anew.
    if (!snapshot_.started || snapshot_.cursor.empty() || reply.number != snapshot_.number) {
        snapshot_ = Snapshot();
        snapshot_.started = true;
        snapshot_.number = reply.number;
    }
    if (reply.me) snapshot_.me = reply.me;
    const auto room = [](std::size_t used, std::size_t max) { return used < max ? max - used : 0; };
    const std::size_t friends =
        std::min(reply.friends.size(), room(snapshot_.friends.size(), limits::kFriends));
    snapshot_.friends.insert(snapshot_.friends.end(), reply.friends.begin(),
                             reply.friends.begin() + static_cast<std::ptrdiff_t>(friends));
    for (const proto::FriendRequest& request : reply.requests) {
        if (snapshot_.requests.size() < limits::kFriendRequests + kRequestsSent)
            snapshot_.requests.push_back(request);
    }
    for (const proto::Profile& person : reply.blocked) {
        if (snapshot_.blocked.size() < limits::kBlocked) snapshot_.blocked.push_back(person);
    }
    const std::size_t conversations =
        std::min(reply.conversations.size(), room(snapshot_.conversations.size(), kConversations));
    snapshot_.conversations.insert(
        snapshot_.conversations.end(), reply.conversations.begin(),
        reply.conversations.begin() + static_cast<std::ptrdiff_t>(conversations));
    snapshot_.cursor = reply.cursor;
    if (!snapshot_.cursor.empty()) {
        if (++snapshot_.pages > kSnapshotPagesMax) drop_connection(kRefusedWaitMs);
        return;
    }
    apply_snapshot();
    snapshot_ = Snapshot();
    feed_.move_to(reply.number);
    // What was written while the pages were read follows as the tail: the feed is still behind.
}

void Client::Machine::on_tail_page(const proto::SyncReply& reply) {
    if (!feed_.position()) {
        // There is nothing that this could continue.
        return drop_connection(kRefusedWaitMs);
    }
    const FeedNumber before = *feed_.position();
    FeedNumber at = before;
    for (const proto::Event& event : reply.events) {
        // Kinds that are not known here are left out of the page, so numbers may skip, but they
        // never go back.
        if (event.number <= at) continue;
        at = event.number;
        apply(event);
    }
    feed_.move_to(std::max(at, reply.number));
    const bool moved = *feed_.position() > before;
    if (!reply.more) return finish_sync(moved);
    if (!moved) wait_longer(sync_retry_, nullptr);
}

void Client::Machine::finish_sync(bool moved) {
    if (!feed_.catch_up()) {
        // Live entries went further than this sync: once more, but not in a tight circle.
        if (!moved) wait_longer(sync_retry_, nullptr);
        return;
    }
    while (const auto entry = feed_.take_waiting()) {
        if (entry->event) apply(*entry->event);
    }
    sync_retry_ = Retry();
    load_open();
    if (stage_ != Stage::kSyncing) return;
    stage_ = Stage::kLive;
    touch();
    // Other tabs may have sent, discarded or left behind what this one has not heard of.
    load_stored();
}

void Client::Machine::on_entry(FeedEntry entry) {
    if (stage_ != Stage::kSyncing && stage_ != Stage::kLive) return;
    const std::optional<proto::Event> event = entry.event;
    if (feed_.accept(std::move(entry)) && event) apply(*event);
}

// --- Snapshot
// ----------------------------------------------------------------------------------------------------

void Client::Machine::apply_snapshot() {
    if (snapshot_.me) learn_account(*snapshot_.me);
    model_.friends.clear();
    for (const proto::Friend& data : snapshot_.friends)
        add_friend(data);
    model_.received.clear();
    model_.sent.clear();
    for (const proto::FriendRequest& data : snapshot_.requests)
        add_request(data);
    model_.blocked.clear();
    for (const proto::Profile& person : snapshot_.blocked)
        set_blocked(person, true);

    std::set<ConversationId> gone;
    for (const auto& [id, conversation] : model_.conversations)
        gone.insert(id);
    for (const proto::Conversation& data : snapshot_.conversations)
        gone.erase(data.id);
    for (const ConversationId& id : gone) {
        // The service knows nothing of it. What the person has written there stays.
        Conversation& conversation = *find(id);
        history_.erase(id);
        reads_.erase(id);
        read_told_.erase(id);
        read_fed_.erase(id);
        counted_.erase(id);
        previews_.erase(id);
        states_.erase(id);
        const bool kept =
            model_.open == id || !conversation.echoes.empty() || !conversation.draft.empty();
        if (!kept) {
            deliveries_.erase(id);
            typing_shown_.erase(id);
            model_.conversations.erase(id);
            continue;
        }
        conversation.last_seq = Seq();
        conversation.last_message = nullptr;
        conversation.unread = 0;
        conversation.read_seq = conversation.peer_read_seq = Seq();
        conversation.timeline.clear();
        conversation.pins.clear();
        conversation.recalled_texts.clear();
        show_state(conversation);
        if (!conversation.draft.empty()) tell_draft(conversation);
        touch(conversation);
    }
    for (const proto::Conversation& data : snapshot_.conversations)
        apply_conversation(data);
    model_.loaded = true;
    touch_list();
}

void Client::Machine::apply_conversation(const proto::Conversation& data) {
    Conversation* conversation = ensure(data.id);
    if (!conversation) return;
    conversation->peer = data.peer;
    Timeline& timeline = conversation->timeline;
    const bool other_history =
        contradicts(timeline, data) || conversation->read_seq > data.last_seq;
    if (other_history) {
        conversation->read_seq = Seq();
        conversation->recalled_texts.clear();
    }
    // What has changed in the history since it was read is not told.
    history_.erase(data.id);
    previews_.erase(data.id);
    if (model_.open == data.id && !timeline.empty() && !other_history) {
        timeline.expire();
    } else {
        timeline.clear();
    }
    conversation->last_seq = data.last_seq;
    conversation->last_message =
        data.last_message ? std::make_shared<const proto::Message>(*data.last_message) : nullptr;
    conversation->peer_read_seq = data.peer_read_seq;
    conversation->unread = data.unread;
    counted_[data.id] = data.last_seq;
    conversation->pins = data.pins;
    read_told_[data.id] = read_fed_[data.id] = data.read_seq;
    if (conversation->read_seq > data.read_seq) {
        // Read here, and not yet told.
        if (conversation->read_seq >= data.last_seq) conversation->unread = 0;
        reads_.try_emplace(data.id);
    } else {
        conversation->read_seq = data.read_seq;
        reads_.erase(data.id);
    }
    learn_state(*conversation, data.state);
    timeline.note_last(newest_of(*conversation));
    // Own messages that were acknowledged before the connection broke are part of the history by
    // now.
    std::erase_if(conversation->echoes, [&](const Echo& echo) {
        const bool stands = echo.state == MessageState::kSent && echo.seq <= data.last_seq;
        if (stands) forget_picture(echo.picture);
        return stands;
    });
    if (data.last_message && data.last_message->client_id) {
        settle_echo(*conversation, *data.last_message->client_id);
    }
    touch(*conversation);
}

// --- Events
// ------------------------------------------------------------------------------------------------------

void Client::Machine::apply(const proto::Event& event) {
    applying_ = event.number;
    std::visit([this](const auto& what) { apply(what); }, event.what);
}

void Client::Machine::apply(const proto::MessageEvent& event) {
    const proto::Message& data = event.message;
    Conversation* conversation = ensure(event.conversation);
    if (!conversation || !data.seq) return;
    learn_profile(event.peer);
    conversation->peer = event.peer;
    const bool own = data.from == model_.me.user_id;
    if (data.seq < conversation->state.first_seq) {
        // Deleted here before this entry was read back.
        conversation->last_seq = std::max(conversation->last_seq, data.seq);
        if (own && data.client_id) settle_echo(*conversation, *data.client_id);
        return touch_both(*conversation);
    }
    const auto message = std::make_shared<const proto::Message>(data);
    // Entries of messages that were deleted before they were read are left out: a page tells what
    // stands there.
    if (data.seq <= conversation->last_seq.next()) conversation->timeline.add_live(message);
    if (model_.open != event.conversation) conversation->timeline.shrink(kTimelineClosed);
    // A snapshot's page may have shown it already: then it has been counted.
    const bool known = data.seq <= conversation->last_seq;
    if (!known) {
        conversation->last_seq = data.seq;
        if (!data.deleted) {
            conversation->last_message = message;
            previews_.erase(event.conversation);
        }
    }
    conversation->timeline.note_last(conversation->last_seq);
    if (own && data.client_id) settle_echo(*conversation, *data.client_id);
    const auto counted = counted_.find(event.conversation);
    const bool in_count = counted != counted_.end() && data.seq <= counted->second;
    const bool unread = !own && !is_gone(data) && data.seq > conversation->read_seq;
    if (unread && !in_count) ++conversation->unread;
    if (!own) stop_typing_shown(*conversation);
    touch_both(*conversation);
    if (!unread || known) return;
    if (model_.visible && model_.open == event.conversation) {
        emit(Announce{event.conversation, data.seq});
    } else if (!conversation->state.muted) {
        emit(Notify{event.conversation, data.seq});
    }
}

void Client::Machine::apply(const proto::ReadEvent& event) {
    Conversation* conversation = find(event.conversation);
    if (!conversation) return;
    if (event.reader != model_.me.user_id) {
        if (event.seq <= conversation->peer_read_seq) return;
        conversation->peer_read_seq = event.seq;
        touch_both(*conversation);
        return;
    }
    Seq& told = read_told_[event.conversation];
    told = std::max(told, event.seq);
    // The page of a snapshot may be younger than the tail after it: such a mark, and what came in
    // since, are in its count.
    Seq& fed = read_fed_[event.conversation];
    const bool in_count = event.seq == fed && counted_.count(event.conversation) != 0;
    if (event.seq < fed || in_count) return;
    fed = event.seq;
    if (event.seq < conversation->read_seq) return;
    conversation->read_seq = event.seq;
    learn_unread(*conversation, event.unread);
}

void Client::Machine::learn_unread(Conversation& conversation, std::int64_t unread) {
    // What was read here and is not told yet is still in this count. The entry about it will tell.
    if (conversation.read_seq > read_fed_[conversation.id]) return;
    conversation.unread = std::max<std::int64_t>(0, unread);
    // From here on it is the feed's, which goes on from this entry.
    counted_.erase(conversation.id);
    touch_both(conversation);
}

// --- People
// ------------------------------------------------------------------------------------------------------

void Client::Machine::apply(const proto::FriendEvent& event) {
    const UserId& id = event.changed.profile.user_id;
    // The end of the request comes in the same breath, before this or behind it.
    const bool had_asked =
        model_.sent.count(id) != 0 || (answered_ == id && answered_at_.next() == applying_);
    const bool is_new = model_.find_friend(id) == nullptr;
    const bool own_doing = person_ && std::holds_alternative<proto::AddFriend>(person_->request) &&
                           model_.add_friend.user_id == id.text();
    add_friend(event.changed);
    learn_profile(event.changed.profile);
    if (is_new && had_asked && !own_doing)
        emit(Notice{NoticeKind::kFriendAccepted, std::nullopt, ConversationId::with(id)});
    // Accepted on another device, whatever was answered here.
    if (const TaskState* accept = model_.find_task(Task::kAcceptFriend, id.text());
        accept && accept->error)
        finish_task(TaskKey{Task::kAcceptFriend, id.text()});
    touch_list();
}

void Client::Machine::apply(const proto::FriendGoneEvent& event) {
    const auto found = model_.friends.find(event.user_id);
    if (found == model_.friends.end()) return;
    // The history may go on, and is still by somebody.
    if (Conversation* conversation = find(ConversationId::with(event.user_id))) {
        conversation->peer = found->second.data.profile;
        touch(*conversation);
    }
    model_.friends.erase(found);
    touch_list();
}

void Client::Machine::apply(const proto::FriendRequestEvent& event) {
    add_request(event.changed);
    learn_profile(event.changed.peer);
    touch_list();
}

void Client::Machine::apply(const proto::FriendRequestGoneEvent& event) {
    auto& requests = event.incoming ? model_.received : model_.sent;
    if (requests.erase(event.peer) == 0) return;
    if (!event.incoming) {
        answered_ = event.peer;
        answered_at_ = applying_;
    }
    touch_list();
}

void Client::Machine::apply(const proto::BlockEvent& event) {
    set_blocked(event.profile, event.blocked);
    learn_profile(event.profile);
}

void Client::Machine::apply(const proto::ProfileEvent& event) {
    learn_profile(event.changed);
    touch_list();
}

void Client::Machine::apply(const proto::AccountEvent& event) {
    learn_account(event.changed);
}

void Client::Machine::add_request(const proto::FriendRequest& data) {
    const UserId& id = data.peer.user_id;
    if (id.empty()) return;
    auto& requests = data.incoming ? model_.received : model_.sent;
    const std::size_t most = data.incoming ? limits::kFriendRequests : kRequestsSent;
    if (requests.count(id) == 0 && requests.size() >= most) return;
    requests[id] = data;
}

void Client::Machine::set_blocked(const proto::Profile& person, bool blocked) {
    const UserId& id = person.user_id;
    if (!blocked) {
        model_.blocked.erase(id);
    } else if (!id.empty() && (model_.is_blocked(id) || model_.blocked.size() < limits::kBlocked)) {
        model_.blocked[id] = person;
    }
    // The open chat has another composer now.
    if (Conversation* conversation = find(ConversationId::with(id))) touch(*conversation);
    touch_list();
}

void Client::Machine::add_friend(const proto::Friend& data) {
    const UserId& id = data.profile.user_id;
    if (id.empty()) return;
    const bool known = model_.friends.count(id) != 0;
    if (!known && model_.friends.size() >= limits::kFriends) return;
    model_.friends[id] = Contact{data, online_.count(id) != 0};
    if (Conversation* conversation = find(ConversationId::with(id))) {
        conversation->peer = data.profile;
        touch(*conversation);
    }
}

void Client::Machine::learn_profile(const proto::Profile& profile) {
    const UserId& id = profile.user_id;
    const auto contact = model_.friends.find(id);
    if (contact != model_.friends.end()) contact->second.data.profile = profile;
    for (auto* requests : {&model_.received, &model_.sent}) {
        const auto request = requests->find(id);
        if (request != requests->end()) request->second.peer = profile;
    }
    const auto person = model_.blocked.find(id);
    if (person != model_.blocked.end()) person->second = profile;
    if (model_.add_friend.found && model_.add_friend.found->user_id == id)
        model_.add_friend.found = profile;
    if (Conversation* conversation = find(ConversationId::with(id))) {
        conversation->peer = profile;
        touch(*conversation);
    }
}

// --- Conversations' states
// ---------------------------------------------------------------------------------------

void Client::Machine::apply(const proto::ConversationEvent& event) {
    Conversation* conversation = ensure(event.conversation);
    if (!conversation) return;
    conversation->peer = event.peer;
    learn_state(*conversation, event.state);
}

void Client::Machine::learn_state(Conversation& conversation,
                                  const proto::ConversationState& state) {
    states_[conversation.id] = state;
    show_state(conversation);
    hide_deleted(conversation);
    // Another device has finished its draft; the one here is still there.
    if (!conversation.draft.empty()) tell_draft(conversation);
}

void Client::Machine::show_state(Conversation& conversation) {
    const auto known = states_.find(conversation.id);
    proto::ConversationState shown =
        known == states_.end() ? proto::ConversationState() : known->second;
    for (const TaskWish& wish : tasks_) {
        const auto* change = std::get_if<proto::SetConversation>(&wish.request);
        if (!change || change->conversation != conversation.id) continue;
        shown.pinned = change->pinned.value_or(shown.pinned);
        shown.muted = change->muted.value_or(shown.muted);
        shown.has_draft = change->has_draft.value_or(shown.has_draft);
    }
    conversation.state = shown;
    touch_both(conversation);
}

void Client::Machine::hide_deleted(Conversation& conversation) {
    const Seq first = conversation.state.first_seq;
    if (conversation.last_message && conversation.last_message->seq < first)
        conversation.last_message = nullptr;
    for (proto::Quote& pin : conversation.pins) {
        if (pin.seq < first) pin = proto::Quote{pin.seq, std::nullopt, "", ""};
    }
    conversation.recalled_texts.erase(conversation.recalled_texts.begin(),
                                      conversation.recalled_texts.lower_bound(first));
    // Messages that were deleted before they came here never will, one's own neither.
    const Seq last_gone(std::max<std::int64_t>(0, first.value() - 1));
    conversation.last_seq = std::max(conversation.last_seq, last_gone);
    std::erase_if(conversation.echoes, [&](const Echo& echo) {
        const bool gone = echo.state == MessageState::kSent && echo.seq < first;
        if (gone) forget_picture(echo.picture);
        return gone;
    });
    if (!newest_of(conversation)) conversation.unread = 0;
    // The read mark stays: what was deleted unread was not read, and nobody is told that it was.
    if (conversation.unread_after && conversation.unread_after->next() < first)
        conversation.unread_after.reset();
    if (!conversation.timeline.drop_below(first)) return;
    history_.erase(conversation.id);
    conversation.timeline.end_load(std::nullopt);
    if (model_.open == conversation.id) load_open();
}

// --- Signals
// -----------------------------------------------------------------------------------------------------

void Client::Machine::apply(const proto::TypingSignal& signal) {
    Conversation* conversation = find(signal.conversation);
    if (!conversation) return;
    if (!signal.typing) return stop_typing_shown(*conversation);
    const bool shown = conversation->typing_until_ms.has_value();
    conversation->typing_until_ms = now_.monotonic_ms + kTypingShownMs;
    typing_shown_.insert(signal.conversation);
    if (!shown) touch_both(*conversation);
}

void Client::Machine::stop_typing_shown(Conversation& conversation) {
    typing_shown_.erase(conversation.id);
    if (!conversation.typing_until_ms) return;
    conversation.typing_until_ms.reset();
    touch_both(conversation);
}

void Client::Machine::apply(const proto::PresenceSignal& signal) {
    // Kept apart from the friends: the signal may come before the snapshot that names them.
    if (signal.complete) online_.clear();
    for (const UserId& id : signal.online) {
        if (online_.size() < limits::kFriends) online_.insert(id);
    }
    for (const UserId& id : signal.offline)
        online_.erase(id);
    for (auto& [id, contact] : model_.friends)
        contact.online = online_.count(id) != 0;
    touch_list();
}

void Client::Machine::clear_ephemeral() {
    online_.clear();
    for (auto& [id, contact] : model_.friends)
        contact.online = false;
    const std::set<ConversationId> shown = typing_shown_;
    for (const ConversationId& id : shown) {
        if (Conversation* conversation = find(id)) stop_typing_shown(*conversation);
    }
    typing_shown_.clear();
    typing_in_.reset();
    typing_wishes_.clear();
    touch_list();
}

}  // namespace kumquat::client
