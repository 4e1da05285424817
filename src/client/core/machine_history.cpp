// The open chat: its pages of history, and how far it has been read.
#include <algorithm>
#include <utility>

#include "client/core/machine.h"
#include "client/core/quote.h"

namespace kumquat::client {

// --- Opening
// -----------------------------------------------------------------------------------------------------

void Client::Machine::command(const OpenConversation& wish) {
    if (model_.me.user_id.empty() || model_.open == wish.conversation) return;
    open(wish.conversation);
}

void Client::Machine::command(const CloseConversation&) {
    leave_open();
}

void Client::Machine::command(const PreloadConversation& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !model_.loaded) return;
    const Timeline& timeline = conversation->timeline;
    // What has failed is tried again when it is opened, and told then.
    if (timeline.loaded() || timeline.expired() || timeline.load_error()) return;
    load_first(*conversation);
}

void Client::Machine::open(const ConversationId& id) {
    Conversation* conversation = ensure(id);
    if (!conversation) return;
    leave_open();
    model_.open = id;
    looked_at_ = Seq();
    Timeline& timeline = conversation->timeline;
    // A window that lies far behind is of no use to somebody who comes back: start from where they
    // have read to.
    const std::int64_t behind = newest_of(*conversation).value() - timeline.last_seq().value();
    if (timeline.newer() && behind > kHistoryPage) {
        timeline.clear();
        history_.erase(id);
    } else if (timeline.newer()) {
        want_page(*conversation, HistoryLoad::kNewer, timeline.last_seq());
    }
    mark_unread();
    load_open();
    touch_both(*conversation);
}

void Client::Machine::leave_open() {
    if (!model_.open) return;
    if (typing_in_ == model_.open) command(SetTyping{*model_.open, false});
    store_drafts();
    if (Conversation* conversation = find(*model_.open)) {
        conversation->unread_after.reset();
        conversation->timeline.shrink(kTimelineClosed);
        if (conversation->timeline.expired()) {
            conversation->timeline.clear();
            history_.erase(conversation->id);
        }
        touch_both(*conversation);
    }
    model_.open.reset();
    touch_list();
}

void Client::Machine::mark_unread() {
    Conversation* conversation = model_.open ? find(*model_.open) : nullptr;
    if (!conversation || conversation->unread == 0 || conversation->unread_after) return;
    conversation->unread_after = conversation->read_seq;
    touch(*conversation);
}

void Client::Machine::load_open() {
    Conversation* conversation = model_.open ? find(*model_.open) : nullptr;
    if (!conversation || !model_.loaded) return;
    if (conversation->timeline.expired()) return renew(*conversation);
    if (conversation->timeline.loaded()) return;
    mark_unread();
    load_first(*conversation);
}

void Client::Machine::load_first(Conversation& conversation) {
    if (!newest_of(conversation)) {
        // The snapshot was complete: there is nothing to ask for.
        conversation.timeline.begin_load(HistoryLoad::kNewest);
        const Status empty = conversation.timeline.add_page(proto::GetHistoryReply(), Seq(), Seq());
        KUMQUAT_CHECK(empty.has_value());
        touch(conversation);
        return;
    }
    const std::int64_t unread_span = conversation.last_seq.value() - conversation.read_seq.value();
    // The first unread message is far away, and there is something before it.
    const bool far = conversation.unread > 0 && conversation.read_seq &&
                     conversation.read_seq >= conversation.state.first_seq &&
                     unread_span >= kHistoryPage;
    if (far) {
        want_page(conversation, HistoryLoad::kAround, conversation.read_seq);
    } else {
        want_page(conversation, HistoryLoad::kNewest, Seq());
    }
}

void Client::Machine::renew(Conversation& conversation) {
    const Timeline& timeline = conversation.timeline;
    const Seq place = timeline.find(looked_at_) ? looked_at_ : timeline.last_seq();
    want_page(conversation, HistoryLoad::kAround, place);
}

// --- Pages
// -------------------------------------------------------------------------------------------------------

void Client::Machine::command(const LoadOlder& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !conversation->timeline.older()) return;
    want_page(*conversation, HistoryLoad::kOlder, conversation->timeline.first_seq());
}

void Client::Machine::command(const LoadNewer& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !conversation->timeline.newer()) return;
    want_page(*conversation, HistoryLoad::kNewer, conversation->timeline.last_seq());
}

void Client::Machine::command(const LoadAround& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !wish.seq || conversation->timeline.find(wish.seq)) return;
    want_page(*conversation, HistoryLoad::kAround, wish.seq);
}

void Client::Machine::command(const LoadAt& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation) return;
    const Timeline& timeline = conversation->timeline;
    const std::vector<MessagePtr>& messages = timeline.messages();
    const auto first =
        std::find_if(messages.begin(), messages.end(),
                     [&](const MessagePtr& message) { return message->time >= wish.time; });
    const bool before_it = first != messages.begin() || !timeline.older();
    const bool behind_it = first != messages.end() || !timeline.newer();
    if (timeline.loaded() && before_it && behind_it) return;
    want_page(*conversation, HistoryLoad::kAt, Seq(), wish.time);
}

void Client::Machine::command(const LoadNewest& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation) return;
    if (conversation->timeline.loaded() && !conversation->timeline.newer()) return;
    want_page(*conversation, HistoryLoad::kNewest, Seq());
}

void Client::Machine::want_page(Conversation& conversation, HistoryLoad kind, Seq seq,
                                TimeMs time) {
    const bool jump = kind != HistoryLoad::kOlder && kind != HistoryLoad::kNewer;
    const auto running = history_.find(conversation.id);
    if (running != history_.end()) {
        // A jump makes a page at an end useless; everything else waits its turn.
        const proto::GetHistory& asked = running->second.request;
        const bool same = running->second.kind == kind && asked.seq == seq && asked.time == time;
        if (!jump || same) return;
    }
    HistoryWish wish;
    wish.load = ++history_loads_;
    wish.kind = kind;
    wish.request.conversation = conversation.id;
    wish.request.seq = seq;
    wish.request.time = time;
    wish.request.limit = kHistoryPage;
    switch (kind) {
        case HistoryLoad::kNewest:
        case HistoryLoad::kOlder:
            wish.request.anchor = proto::GetHistory::Anchor::kBefore;
            break;
        case HistoryLoad::kNewer:
            wish.request.anchor = proto::GetHistory::Anchor::kAfter;
            break;
        case HistoryLoad::kAround:
            wish.request.anchor = proto::GetHistory::Anchor::kAround;
            break;
        case HistoryLoad::kAt:
            wish.request.anchor = proto::GetHistory::Anchor::kAt;
            break;
    }
    history_[conversation.id] = std::move(wish);
    conversation.timeline.begin_load(kind);
    touch(conversation);
}

void Client::Machine::send_history() {
    for (auto& [id, wish] : history_) {
        if (wish.in_flight || now_.monotonic_ms < wish.retry.at_ms) continue;
        if (!send(wish.request, purpose::History{id, wish.load})) return;
        wish.in_flight = true;
    }
}

void Client::Machine::on_history(const purpose::History& purpose,
                                 const proto::GetHistoryReply& reply) {
    const auto wish = history_.find(purpose.conversation);
    if (wish == history_.end() || wish->second.load != purpose.load) return;
    const Seq anchor = wish->second.request.seq;
    const std::map<Seq, MessagePtr> changed = std::move(wish->second.changed);
    history_.erase(wish);
    Conversation* conversation = find(purpose.conversation);
    if (!conversation) return;
    const proto::GetHistoryReply* page = &reply;
    proto::GetHistoryReply rest;
    if (!reply.messages.empty() && reply.messages.front().seq < conversation->state.first_seq) {
        // Read before the chat was deleted.
        rest = reply;
        rest.older = false;
        std::erase_if(rest.messages, [&](const proto::Message& message) {
            return message.seq < conversation->state.first_seq;
        });
        page = &rest;
    }
    const Status added = conversation->timeline.add_page(*page, anchor, newest_of(*conversation));
    touch(*conversation);
    if (!added) return fail_load(*conversation, added.error().code);
    for (const auto& [seq, message] : changed) {
        // Of a deleted one the page knows sender and time, which the entry did not tell.
        if (message->deleted) {
            show_deleted(*conversation, seq);
        } else {
            show_changed(*conversation, message);
        }
    }
    renew_last_message(*conversation);
    for (const proto::Message& message : reply.messages) {
        if (message.client_id) settle_echo(*conversation, *message.client_id);
    }
}

void Client::Machine::on_history_error(const purpose::History& purpose, const Error& error) {
    const auto found = history_.find(purpose.conversation);
    if (found == history_.end() || found->second.load != purpose.load) return;
    HistoryWish& wish = found->second;
    if (is_transient(error.code) && wish.retry.failures + 1 < kHistoryTries) {
        wish.in_flight = false;
        wait_longer(wish.retry, &error);
        return;
    }
    history_.erase(found);
    if (Conversation* conversation = find(purpose.conversation))
        fail_load(*conversation, error.code);
}

void Client::Machine::fail_load(Conversation& conversation, ErrorCode code) {
    if (conversation.timeline.expired()) conversation.timeline.clear();
    conversation.timeline.end_load(code);
    emit(Notice{NoticeKind::kHistoryFailed, code, conversation.id});
    touch(conversation);
}

// --- Read marks
// --------------------------------------------------------------------------------------------------

void Client::Machine::command(const MarkVisible& wish) {
    if (!model_.visible || model_.open != wish.conversation) return;
    looked_at_ = wish.seq;
    if (Conversation* conversation = find(wish.conversation)) want_read(*conversation, wish.seq);
}

void Client::Machine::command(const MarkConversationRead& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || conversation->unread == 0) return;
    conversation->read_seq = conversation->last_seq;
    conversation->unread = 0;
    reads_.try_emplace(conversation->id);
    touch_both(*conversation);
}

void Client::Machine::want_read(Conversation& conversation, Seq seq) {
    const std::vector<MessagePtr>& messages = conversation.timeline.messages();
    const UserId& me = model_.me.user_id;
    // Only what somebody else wrote can be read; own messages would mean a request for each of
    // them.
    const auto newest = std::find_if(
        messages.rbegin(), messages.rend(),
        [&](const MessagePtr& message) { return message->seq <= seq && message->from != me; });
    if (newest == messages.rend() || (*newest)->seq <= conversation.read_seq) return;
    const Seq before = conversation.read_seq;
    conversation.read_seq = (*newest)->seq;
    std::int64_t read = 0;
    for (const MessagePtr& message : messages) {
        const bool now_read = message->seq > before && message->seq <= conversation.read_seq;
        read += now_read && message->from != me && !is_gone(*message);
    }
    conversation.unread = std::max<std::int64_t>(0, conversation.unread - read);
    if (conversation.read_seq >= conversation.last_seq) conversation.unread = 0;
    reads_.try_emplace(conversation.id);
    touch_both(conversation);
}

void Client::Machine::send_reads() {
    for (auto wish = reads_.begin(); wish != reads_.end();) {
        const Conversation* conversation = model_.find(wish->first);
        if (!wish->second.in_flight &&
            (!conversation || conversation->read_seq <= read_told_[wish->first])) {
            wish = reads_.erase(wish);
            continue;
        }
        if (!wish->second.in_flight && now_.monotonic_ms >= wish->second.retry.at_ms) {
            proto::MarkRead request{wish->first, conversation->read_seq};
            if (!send(std::move(request), purpose::Read{wish->first, conversation->read_seq}))
                return;
            wish->second.in_flight = true;
        }
        ++wish;
    }
}

void Client::Machine::on_read(const purpose::Read& purpose, const proto::MarkReadReply& reply) {
    const auto wish = reads_.find(purpose.conversation);
    if (wish != reads_.end()) wish->second = ReadWish();
    Seq& told = read_told_[purpose.conversation];
    told = std::max({told, purpose.seq, reply.read_seq});
    Conversation* conversation = find(purpose.conversation);
    if (!conversation || reply.read_seq <= conversation->read_seq) return;
    // Read further on another device. The count of what is unread follows through the feed, in its
    // order.
    conversation->read_seq = reply.read_seq;
    touch_both(*conversation);
}

void Client::Machine::on_read_error(const purpose::Read& purpose, const Error& error) {
    const auto wish = reads_.find(purpose.conversation);
    if (wish == reads_.end()) return;
    wish->second.in_flight = false;
    if (is_transient(error.code)) return wait_longer(wish->second.retry, &error);
    Seq& told = read_told_[purpose.conversation];
    told = std::max(told, purpose.seq);
}

}  // namespace kumquat::client
