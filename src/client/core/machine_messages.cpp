// Working with messages that are there: recall, edit, deletion, reactions, pins; and what becomes
// of what the model shows of a message when it has changed.
//
// The requests wait in the queue of machine_tasks.cpp. Nothing is shown as changed before the
// service has said so, in a reply or in the feed, whichever comes first: both tell how the message
// is, so the second one changes nothing.
#include <algorithm>
#include <set>
#include <utility>

#include "client/core/machine.h"
#include "client/core/quote.h"
#include "client/core/text_rules.h"

namespace kumquat::client {
namespace {

/// What a wish is about; line breaks stand in no ID.
std::string message_subject(Seq seq) {
    return "\n" + std::to_string(seq.value());
}

}  // namespace

bool changes_message(const proto::Request& request) {
    return std::holds_alternative<proto::RecallMessage>(request) ||
           std::holds_alternative<proto::EditMessage>(request) ||
           std::holds_alternative<proto::DeleteMessages>(request) ||
           std::holds_alternative<proto::SetReaction>(request) ||
           std::holds_alternative<proto::PinMessage>(request);
}

// --- Commands
// ----------------------------------------------------------------------------------------------------

void Client::Machine::command(const RecallMessage& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !wish.seq) return;
    const MessagePtr known = known_message(*conversation, wish.seq);
    if (known && is_gone(*known)) return;
    // Kept now: the service may have forgotten it before it answers.
    if (known && known->body.type == proto::kTextType)
        conversation->recalled_texts[wish.seq] = known->body.content;
    ask_change(wish.conversation, message_subject(wish.seq),
               proto::RecallMessage{wish.conversation, wish.seq});
}

void Client::Machine::command(const EditMessage& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation || !wish.seq) return;
    const MessagePtr known = known_message(*conversation, wish.seq);
    std::optional<ErrorCode> refusal;
    if (!known || is_gone(*known)) refusal = ErrorCode::kUnknownMessage;
    if (!refusal)
        refusal = refusal_of_text(wish.text, known->body.custom, model_.message_bytes_max);
    if (refusal) {
        give_back_edit(*conversation, wish.text);
        return emit(Notice{NoticeKind::kMessageChangeFailed, *refusal, wish.conversation});
    }
    const std::string subject = wish.conversation.text() + message_subject(wish.seq);
    const bool waits = std::any_of(tasks_.begin(), tasks_.end(), [&](const TaskWish& one) {
        return one.subject == subject && std::holds_alternative<proto::EditMessage>(one.request);
    });
    if (!waits && wish.text == known->body.content) return;
    proto::EditMessage request{wish.conversation, wish.seq, known->edits, known->body};
    request.body.content = wish.text;
    ask_change(wish.conversation, message_subject(wish.seq), std::move(request));
}

void Client::Machine::command(const DeleteMessages& wish) {
    Conversation* conversation = find(wish.conversation);
    if (!conversation) return;
    if (model_.deleted_at_once < 1) {
        return emit(Notice{NoticeKind::kMessageChangeFailed, ErrorCode::kUnknownRequest,
                           wish.conversation});
    }
    std::set<Seq> seqs(wish.seqs.begin(), wish.seqs.end());
    seqs.erase(Seq());
    for (const TaskWish& waiting : tasks_) {
        const auto* deletion = std::get_if<proto::DeleteMessages>(&waiting.request);
        if (!deletion || deletion->conversation != wish.conversation) continue;
        for (const Seq seq : deletion->seqs)
            seqs.erase(seq);
    }
    proto::DeleteMessages chunk;
    chunk.conversation = wish.conversation;
    for (auto seq = seqs.begin(); seq != seqs.end();) {
        chunk.seqs.push_back(*seq++);
        const bool full = static_cast<std::int64_t>(chunk.seqs.size()) >= model_.deleted_at_once;
        if (!full && seq != seqs.end()) continue;
        // No two wait with the same first message, so none takes the place of another.
        ask_change(wish.conversation, message_subject(chunk.seqs.front()), chunk);
        chunk.seqs.clear();
    }
}

void Client::Machine::command(const SetReaction& wish) {
    if (!find(wish.conversation) || !wish.seq) return;
    ask_change(wish.conversation, message_subject(wish.seq) + "\n" + wish.emoji,
               proto::SetReaction{wish.conversation, wish.seq, wish.emoji, wish.on});
}

void Client::Machine::command(const PinMessage& wish) {
    if (!find(wish.conversation) || !wish.seq) return;
    ask_change(wish.conversation, message_subject(wish.seq),
               proto::PinMessage{wish.conversation, wish.seq, wish.pinned});
}

void Client::Machine::ask_change(const ConversationId& conversation, const std::string& about,
                                 proto::Request request) {
    TaskWish wish;
    wish.subject = conversation.text() + about;
    wish.conversation = conversation;
    wish.request = std::move(request);
    ask(std::move(wish));
}

// --- Outcomes
// ----------------------------------------------------------------------------------------------------

/// What somebody has written is not lost because it came too late: it is a draft again, behind what
/// they have begun since.
void Client::Machine::give_back_edit(Conversation& conversation, const std::string& text) {
    const std::string& draft = conversation.draft;
    set_draft(conversation, draft.empty() ? text : draft + "\n" + text);
}

void Client::Machine::fail_change(const TaskWish& wish, ErrorCode code) {
    const auto* recall = std::get_if<proto::RecallMessage>(&wish.request);
    Conversation* conversation = find(wish.conversation);
    if (recall && conversation) conversation->recalled_texts.erase(recall->seq);
    const auto* edit = std::get_if<proto::EditMessage>(&wish.request);
    if (edit && conversation) give_back_edit(*conversation, edit->body.content);
    emit(Notice{NoticeKind::kMessageChangeFailed, code, wish.conversation});
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::RecallMessageReply& reply) {
    if (Conversation* conversation = find(wish.conversation))
        show_changed(*conversation, std::make_shared<const proto::Message>(reply.message));
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::EditMessageReply& reply) {
    // Who has edited once more meanwhile has written over this text, and over no other.
    for (TaskWish& next : tasks_) {
        auto* edit = std::get_if<proto::EditMessage>(&next.request);
        if (edit && next.subject == wish.subject) edit->edits = reply.message.edits;
    }
    if (Conversation* conversation = find(wish.conversation))
        show_changed(*conversation, std::make_shared<const proto::Message>(reply.message));
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::DeleteMessagesReply&) {
    // The count of what is unread follows through the feed, in its order.
    Conversation* conversation = find(wish.conversation);
    if (!conversation) return;
    for (const Seq seq : std::get<proto::DeleteMessages>(wish.request).seqs)
        show_deleted(*conversation, seq);
    renew_last_message(*conversation);
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::SetReactionReply& reply) {
    if (Conversation* conversation = find(wish.conversation))
        show_changed(*conversation, std::make_shared<const proto::Message>(reply.message));
}

void Client::Machine::fulfil(const TaskWish& wish, const proto::PinMessageReply& reply) {
    apply(proto::PinsEvent{wish.conversation, reply.pins});
}

// --- Events
// ------------------------------------------------------------------------------------------------------

void Client::Machine::apply(const proto::MessageChangedEvent& event) {
    const Seq seq = event.message.seq;
    Conversation* conversation = find(event.conversation);
    // Above the last message its own entry, which follows, shows it as it is.
    const bool there = conversation && seq && seq >= conversation->state.first_seq &&
                       seq <= conversation->last_seq;
    if (!there) return;
    show_changed(*conversation, std::make_shared<const proto::Message>(event.message));
    learn_unread(*conversation, event.unread);
}

void Client::Machine::apply(const proto::MessageDeletedEvent& event) {
    Conversation* conversation = find(event.conversation);
    if (!conversation || !event.seq || event.seq < conversation->state.first_seq) return;
    if (event.seq > conversation->last_seq) {
        // Its own entry was left out, because it was deleted by then.
        if (event.seq == conversation->last_seq.next())
            conversation->timeline.add_live(remains_of(*conversation, event.seq));
        conversation->last_seq = event.seq;
        conversation->timeline.note_last(event.seq);
        std::erase_if(conversation->echoes, [&](const Echo& echo) {
            const bool gone = echo.state == MessageState::kSent && echo.seq == event.seq;
            if (gone) forget_picture(echo.picture);
            return gone;
        });
    }
    show_deleted(*conversation, event.seq);
    renew_last_message(*conversation);
    learn_unread(*conversation, event.unread);
}

void Client::Machine::apply(const proto::PinsEvent& event) {
    Conversation* conversation = find(event.conversation);
    if (!conversation) return;
    conversation->pins = event.pins;
    touch(*conversation);
}

// --- What shows of a message
// -------------------------------------------------------------------------------------

MessagePtr Client::Machine::known_message(const Conversation& conversation, Seq seq) {
    const MessagePtr& last = conversation.last_message;
    return last && last->seq == seq ? last : conversation.timeline.find(seq);
}

MessagePtr Client::Machine::remains_of(const Conversation& conversation, Seq seq) {
    proto::Message remains;
    remains.seq = seq;
    remains.body.type = proto::kGoneType;
    remains.deleted = true;
    if (const MessagePtr known = known_message(conversation, seq)) {
        remains.from = known->from;
        remains.time = known->time;
        remains.client_id = known->client_id;
    }
    return std::make_shared<const proto::Message>(std::move(remains));
}

void Client::Machine::show_changed(Conversation& conversation, const MessagePtr& message) {
    const Seq seq = message->seq;
    // Pages that are on their way may have been read before.
    if (const auto wish = history_.find(conversation.id); wish != history_.end())
        wish->second.changed[seq] = message;
    if (const auto wish = previews_.find(conversation.id); wish != previews_.end())
        wish->second.changed[seq] = message;
    conversation.timeline.replace(message);
    if (conversation.last_message && conversation.last_message->seq == seq)
        conversation.last_message = message;
    for (Echo& echo : conversation.echoes) {
        if (echo.quote && echo.quote->seq == seq) echo.quote = quote_of(*message);
    }
    if (message->recalled) {
        std::erase_if(conversation.pins, [&](const proto::Quote& pin) { return pin.seq == seq; });
    }
    for (proto::Quote& pin : conversation.pins) {
        if (pin.seq == seq) pin = quote_of(*message);
    }
    touch_both(conversation);
}

void Client::Machine::show_deleted(Conversation& conversation, Seq seq) {
    conversation.recalled_texts.erase(seq);
    show_changed(conversation, remains_of(conversation, seq));
}

// --- The last message
// --------------------------------------------------------------------------------------------

void Client::Machine::renew_last_message(Conversation& conversation) {
    const MessagePtr last = conversation.last_message;
    if (!last || !last->deleted) {
        previews_.erase(conversation.id);
        return;
    }
    const Timeline& timeline = conversation.timeline;
    Seq before = last->seq;
    if (timeline.find(before)) {
        const std::vector<MessagePtr>& messages = timeline.messages();
        const auto newest =
            std::find_if(messages.rbegin(), messages.rend(), [&](const MessagePtr& message) {
                return message->seq < last->seq && !message->deleted;
            });
        if (newest != messages.rend() || !timeline.older()) {
            conversation.last_message = newest != messages.rend() ? *newest : nullptr;
            previews_.erase(conversation.id);
            return touch_both(conversation);
        }
        before = timeline.first_seq();
    }
    const auto [wish, is_new] = previews_.try_emplace(conversation.id);
    if (!is_new) return;
    wish->second.number = ++preview_number_;
    wish->second.before = before;
}

void Client::Machine::send_previews() {
    for (auto& [id, wish] : previews_) {
        if (wish.in_flight || now_.monotonic_ms < wish.retry.at_ms) continue;
        proto::GetHistory request;
        request.conversation = id;
        request.anchor = proto::GetHistory::Anchor::kBefore;
        request.seq = wish.before;
        request.limit = kPreviewPage;
        if (!send(std::move(request), purpose::Preview{id, wish.number})) return;
        wish.in_flight = true;
    }
}

void Client::Machine::on_preview(const purpose::Preview& purpose,
                                 const proto::GetHistoryReply& reply) {
    const auto found = previews_.find(purpose.conversation);
    Conversation* conversation = find(purpose.conversation);
    if (found == previews_.end() || found->second.number != purpose.number || !conversation) return;
    PreviewWish& wish = found->second;
    wish.in_flight = false;
    MessagePtr newest;
    Seq first = wish.before;
    for (const proto::Message& message : reply.messages) {
        if (message.seq >= wish.before || message.seq < conversation->state.first_seq) continue;
        const auto changed = wish.changed.find(message.seq);
        first = std::min(first, message.seq);
        if (changed == wish.changed.end()) {
            if (!message.deleted) newest = std::make_shared<const proto::Message>(message);
        } else if (!changed->second->deleted) {
            newest = changed->second;
        }
    }
    if (!newest && reply.older && first < wish.before) {
        wish.before = first;
        return;
    }
    previews_.erase(found);
    conversation->last_message = newest;
    touch_both(*conversation);
}

void Client::Machine::on_preview_error(const purpose::Preview& purpose, const Error& error) {
    const auto found = previews_.find(purpose.conversation);
    if (found == previews_.end() || found->second.number != purpose.number) return;
    PreviewWish& wish = found->second;
    wish.in_flight = false;
    if (is_transient(error.code) && wish.retry.failures + 1 < kHistoryTries)
        return wait_longer(wish.retry, &error);
    previews_.erase(found);
}

}  // namespace kumquat::client
