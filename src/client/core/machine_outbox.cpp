// Unsent messages: from the key "Enter" to the service's acknowledgement, through reloads and other
// tabs.
//
// An entry is stored before (or together with) being sent, under an id that never changes; it is
// removed when the service has acknowledged it. So whatever breaks in between, it is sent again,
// and the service recognises it.
#include <algorithm>
#include <utility>

#include "base/stable_sort.h"
#include "client/core/machine.h"
#include "client/core/picture_rules.h"
#include "client/core/quote.h"
#include "client/core/text_rules.h"

namespace kumquat::client {
namespace {

std::vector<Echo>::iterator find_echo(std::vector<Echo>& echoes, const ClientMessageId& id) {
    return std::find_if(echoes.begin(), echoes.end(),
                        [&](const Echo& echo) { return echo.client_id == id; });
}

bool stands_in(const Timeline& timeline, const ClientMessageId& id) {
    return std::any_of(timeline.messages().begin(), timeline.messages().end(),
                       [&](const MessagePtr& message) { return message->client_id == id; });
}

/// By time, but never against the order in which one device counted: clocks may run back.
std::vector<OutboxEntry> in_order_written(std::vector<OutboxEntry> entries) {
    stable_sort(entries, [](const OutboxEntry& a, const OutboxEntry& b) {
        return a.client_id < b.client_id;
    });
    for (std::size_t i = 1; i < entries.size(); ++i) {
        const OutboxEntry& before = entries[i - 1];
        if (before.client_id.device == entries[i].client_id.device) {
            entries[i].created = std::max(entries[i].created, before.created);
        }
    }
    stable_sort(entries,
                [](const OutboxEntry& a, const OutboxEntry& b) { return a.created < b.created; });
    return entries;
}

Echo echo_of(proto::Body body) {
    Echo echo;
    echo.body = std::make_shared<const proto::Body>(std::move(body));
    return echo;
}

/// Of a message that is not loaded nothing but its seq: the service knows it.
proto::Quote quote_in(const Conversation& conversation, Seq seq) {
    const MessagePtr message = conversation.timeline.find(seq);
    return message ? quote_of(*message) : proto::Quote{seq, std::nullopt, "", ""};
}

/// Not acknowledged, so of concern to the outbox.
bool is_unsent(const Echo& echo) {
    return echo.state != MessageState::kSent;
}

}  // namespace

// --- Commands
// ----------------------------------------------------------------------------------------------------

void Client::Machine::command(const SendText& wish) {
    if (model_.me.user_id.empty()) return;
    Conversation* conversation = ensure(wish.conversation);
    if (!conversation) return;
    std::optional<ErrorCode> refusal =
        refusal_of_text(wish.text, wish.custom, model_.message_bytes_max);
    if (!refusal && model_.unsent_total() >= kOutboxEntries) refusal = ErrorCode::kTooManyRequests;
    if (refusal) return refuse_message(*conversation, wish.text, *refusal);
    Echo echo = echo_of(proto::Body{proto::kTextType, wish.text, wish.custom, {}});
    if (wish.reply_to) echo.quote = quote_in(*conversation, wish.reply_to);
    queue_message(*conversation, std::move(echo));
    finish_writing(*conversation);
}

void Client::Machine::command(const SendPictures& wish) {
    if (model_.me.user_id.empty()) return;
    Conversation* conversation = ensure(wish.conversation);
    if (!conversation) return;
    const bool has_caption = !is_blank_text(wish.caption);
    std::optional<ErrorCode> refusal;
    if (has_caption || wish.pictures.empty())
        refusal = refusal_of_text(wish.caption, "", model_.message_bytes_max);
    for (const LocalPicture& picture : wish.pictures) {
        if (!refusal) refusal = refusal_of_picture(picture);
    }
    const std::size_t count = wish.pictures.size() + has_caption;
    if (!refusal && model_.unsent_total() + count > kOutboxEntries)
        refusal = ErrorCode::kTooManyRequests;
    if (refusal) {
        for (const LocalPicture& picture : wish.pictures)
            forget_picture(picture);
        return refuse_message(*conversation, wish.caption, *refusal);
    }
    std::vector<Echo> echoes;
    for (const LocalPicture& picture : wish.pictures) {
        echoes.push_back(echo_of(body_of(picture)));
        echoes.back().picture = picture;
    }
    if (has_caption) echoes.push_back(echo_of({proto::kTextType, wish.caption, "", {}}));
    if (wish.reply_to) echoes.front().quote = quote_in(*conversation, wish.reply_to);
    for (Echo& echo : echoes)
        queue_message(*conversation, std::move(echo));
    finish_writing(*conversation);
}

void Client::Machine::command(const ForwardMessages& wish) {
    const Conversation* source = find(wish.conversation);
    if (!source) return;
    const std::set<Seq> seqs(wish.seqs.begin(), wish.seqs.end());
    std::vector<MessagePtr> copied;
    for (const Seq seq : seqs) {
        const MessagePtr message = source->timeline.find(seq);
        if (message && !is_gone(*message)) copied.push_back(message);
    }
    std::optional<ErrorCode> refusal;
    if (copied.empty()) refusal = ErrorCode::kUnknownMessage;
    if (!refusal && model_.unsent_total() + copied.size() * wish.to.size() > kOutboxEntries)
        refusal = ErrorCode::kTooManyRequests;
    if (refusal) return emit(Notice{NoticeKind::kMessageRefused, *refusal, wish.conversation});
    for (const ConversationId& id : wish.to) {
        Conversation* conversation = ensure(id);
        if (!conversation) continue;
        for (const MessagePtr& message : copied) {
            Echo echo;
            echo.body = std::shared_ptr<const proto::Body>(message, &message->body);
            echo.forward_of = proto::MessageRef{wish.conversation, message->seq};
            queue_message(*conversation, std::move(echo));
        }
        show_queued(*conversation);
    }
}

void Client::Machine::refuse_message(Conversation& conversation, const std::string& text,
                                     ErrorCode code) {
    set_draft(conversation, text);
    emit(Notice{NoticeKind::kMessageRefused, code, conversation.id});
}

void Client::Machine::queue_message(Conversation& conversation, Echo echo) {
    echo.client_id = ClientMessageId{settings_.device, ++counter_};
    echo.created = now_.wall;
    if (!conversation.echoes.empty()) {
        echo.created = std::max(echo.created, conversation.echoes.back().created);
    }
    echo.created_ms = now_.monotonic_ms;
    echo.after = conversation.last_seq;
    deliveries_.try_emplace(conversation.id);
    store_entry(conversation, echo);
    conversation.echoes.push_back(std::move(echo));
}

void Client::Machine::finish_writing(Conversation& conversation) {
    set_draft(conversation, "");
    store_drafts();
    // Also a draft that another device has: what it was to become is said now. If that device
    // thinks otherwise, it says so again.
    tell_draft(conversation);
    // The message itself tells the other side that the typing is over.
    if (typing_in_ == conversation.id) typing_in_.reset();
    show_queued(conversation);
}

void Client::Machine::show_queued(Conversation& conversation) {
    touch_both(conversation);
    if (conversation.timeline.newer()) want_page(conversation, HistoryLoad::kNewest, Seq());
}

void Client::Machine::command(const RetryMessage& wish) {
    for (auto& [id, conversation] : model_.conversations) {
        const auto found = find_echo(conversation.echoes, wish.client_id);
        if (found == conversation.echoes.end()) continue;
        if (found->state != MessageState::kFailed) return;
        Echo echo = std::move(*found);
        conversation.echoes.erase(found);
        uploads_.erase(echo.client_id);
        if (echo.error == ErrorCode::kUnknownPicture && echo.picture) {
            // The service has forgotten it.
            echo.body = std::make_shared<const proto::Body>(body_of(*echo.picture));
        }
        // What it answers is gone.
        if (echo.error == ErrorCode::kUnknownMessage) echo.quote.reset();
        if (echo.error == ErrorCode::kClientIdReused) {
            // The one case in which the id itself was refused: it belongs to another message.
            finish_entry(echo.client_id);
            echo.client_id = ClientMessageId{settings_.device, ++counter_};
        }
        echo.state = MessageState::kQueued;
        echo.error.reset();
        store_entry(conversation, echo);
        conversation.echoes.push_back(std::move(echo));
        deliveries_[id].retry = Retry();
        touch_both(conversation);
        return;
    }
}

void Client::Machine::command(const DiscardMessage& wish) {
    for (auto& [id, conversation] : model_.conversations) {
        const auto found = find_echo(conversation.echoes, wish.client_id);
        if (found == conversation.echoes.end()) continue;
        const bool waits = found->state == MessageState::kFailed ||
                           found->state == MessageState::kQueued ||
                           found->state == MessageState::kUploading;
        if (!waits) return;
        forget_picture(found->picture);
        return remove_echo(conversation, wish.client_id);
    }
}

// --- Sending
// -----------------------------------------------------------------------------------------------------

void Client::Machine::send_outbox() {
    for (auto delivery = deliveries_.begin(); delivery != deliveries_.end();) {
        Conversation* conversation = find(delivery->first);
        const bool waiting =
            conversation && std::any_of(conversation->echoes.begin(), conversation->echoes.end(),
                                        [](const Echo& echo) {
                                            return is_unsent(echo) &&
                                                   echo.state != MessageState::kFailed;
                                        });
        if (!waiting && !delivery->second.in_flight) {
            delivery = deliveries_.erase(delivery);
            continue;
        }
        if (waiting) send_first(*conversation, delivery->second);
        ++delivery;
    }
}

bool Client::Machine::may_send(const Echo& echo) const {
    const auto kept = keeping_.find(echo.client_id);
    if (kept != keeping_.end() && kept->second.unstored) return true;
    if (!stored_known_) return false;
    return lock_held_ || echo.client_id.device == settings_.device;
}

Echo* Client::Machine::next_to_send(Conversation& conversation, Delivery& delivery) {
    bool others_wait = false;
    for (Echo& echo : conversation.echoes) {
        // What comes behind a picture waits for it.
        if (echo.state == MessageState::kUploading) return nullptr;
        if (echo.state != MessageState::kQueued) continue;
        if (!may_send(echo)) {
            others_wait = others_wait || stored_known_;
            continue;
        }
        if (needs_upload(echo)) return nullptr;
        const auto kept = keeping_.find(echo.client_id);
        const bool unstored = kept != keeping_.end() && kept->second.unstored;
        if (unstored || !others_wait) return &echo;
        // Those before it are sent by the tab that holds the lock, in a moment; if that one sleeps,
        // they must not hold this one up.
        delivery.not_before_ms = echo.created_ms + kOthersWaitMs;
        return now_.monotonic_ms >= delivery.not_before_ms ? &echo : nullptr;
    }
    return nullptr;
}

void Client::Machine::send_first(Conversation& conversation, Delivery& delivery) {
    if (delivery.in_flight || now_.monotonic_ms < delivery.retry.at_ms) return;
    delivery.not_before_ms = 0;
    Echo* first = next_to_send(conversation, delivery);
    if (!first) return;
    proto::SendMessage request{conversation.id, first->client_id, *first->body,
                               first->quote ? first->quote->seq : Seq(), first->forward_of};
    if (!send(std::move(request), purpose::Message{conversation.id, first->client_id})) return;
    delivery.in_flight = true;
    first->state = MessageState::kSending;
    touch_both(conversation);
}

void Client::Machine::on_sent(const purpose::Message& purpose,
                              const proto::SendMessageReply& reply) {
    const auto delivery = deliveries_.find(purpose.conversation);
    if (delivery != deliveries_.end()) delivery->second = Delivery();
    Conversation* conversation = find(purpose.conversation);
    if (!conversation) return;
    const auto echo = find_echo(conversation->echoes, purpose.client_id);
    if (echo == conversation->echoes.end()) return;  // the feed was faster
    finish_entry(purpose.client_id);
    if (reply.seq <= conversation->last_seq) {
        // The feed has passed it: it stands in the history.
        forget_picture(echo->picture);
        conversation->echoes.erase(echo);
    } else {
        // It moves into the timeline when the feed comes to it: what others wrote before it must
        // come before it.
        echo->state = MessageState::kSent;
        echo->seq = reply.seq;
        echo->time = reply.time;
    }
    touch_both(*conversation);
}

void Client::Machine::on_send_error(const purpose::Message& purpose, const Error& error) {
    Delivery& delivery = deliveries_[purpose.conversation];
    delivery.in_flight = false;
    Conversation* conversation = find(purpose.conversation);
    if (!conversation) return;
    const auto echo = find_echo(conversation->echoes, purpose.client_id);
    if (echo == conversation->echoes.end()) return;
    const bool hopeless =
        error.code == ErrorCode::kInternal && delivery.retry.failures + 1 >= kInternalErrorsMax;
    if (is_transient(error.code) && !hopeless) {
        echo->state = MessageState::kQueued;
        wait_longer(delivery.retry, &error);
        touch_both(*conversation);
        return;
    }
    delivery.retry = Retry();
    if (error.code == ErrorCode::kUnknownPicture && echo->picture) {
        // Its upload lies too far back. Once more; the second time it fails.
        Upload& upload = uploads_[echo->client_id];
        if (!std::exchange(upload.again, true)) {
            echo->body = std::make_shared<const proto::Body>(body_of(*echo->picture));
            echo->state = MessageState::kQueued;
            store_entry(*conversation, *echo);
            return touch_both(*conversation);
        }
    }
    fail_echo(*conversation, *echo, error.code);
}

void Client::Machine::fail_echo(Conversation& conversation, Echo& echo, ErrorCode code) {
    echo.state = MessageState::kFailed;
    echo.error = code;
    store_entry(conversation, echo);
    emit(Notice{NoticeKind::kMessageFailed, code, conversation.id});
    touch_both(conversation);
}

void Client::Machine::requeue(const ConversationId& id) {
    const auto delivery = deliveries_.find(id);
    if (delivery != deliveries_.end()) delivery->second = Delivery();
    Conversation* conversation = find(id);
    if (!conversation) return;
    for (Echo& echo : conversation->echoes) {
        if (echo.state == MessageState::kSending) echo.state = MessageState::kQueued;
    }
    touch_both(*conversation);
}

bool Client::Machine::settle_echo(Conversation& conversation, const ClientMessageId& client_id) {
    const auto echo = find_echo(conversation.echoes, client_id);
    if (echo == conversation.echoes.end()) return false;
    forget_picture(echo->picture);
    remove_echo(conversation, client_id);
    return true;
}

void Client::Machine::finish_entry(const ClientMessageId& client_id) {
    keeping_.erase(client_id);
    cancel_upload(client_id);
    if (loads_answered_ < loads_) done_[client_id] = loads_;
    emit(RemoveOutboxEntry{model_.me.user_id, client_id});
}

void Client::Machine::remove_echo(Conversation& conversation, const ClientMessageId& client_id) {
    const auto echo = find_echo(conversation.echoes, client_id);
    if (is_unsent(*echo)) finish_entry(client_id);
    conversation.echoes.erase(echo);
    touch_both(conversation);
}

void Client::Machine::drop_echoes(Conversation& conversation) {
    std::vector<ClientMessageId> unsent;
    for (const Echo& echo : conversation.echoes) {
        if (!is_unsent(echo)) continue;
        forget_picture(echo.picture);
        unsent.push_back(echo.client_id);
    }
    for (const ClientMessageId& client_id : unsent)
        remove_echo(conversation, client_id);
}

// --- Storage
// -----------------------------------------------------------------------------------------------------

void Client::Machine::load_stored() {
    if (model_.me.user_id.empty()) return;
    emit(LoadStored{model_.me.user_id, ++loads_});
}

void Client::Machine::store_entry(const Conversation& conversation, const Echo& echo) {
    Keeping& keeping = keeping_[echo.client_id];
    keeping.loads_before = loads_;
    keeping.unstored = false;
    emit(StoreOutboxEntry{
        model_.me.user_id,
        OutboxEntry{conversation.id, echo.client_id, *echo.body, echo.picture, echo.created,
                    echo.after, echo.error, echo.quote, echo.forward_of}});
}

void Client::Machine::on_stored(const StoredData& data, Moment now) {
    begin(now);
    if (data.user == model_.me.user_id && !data.user.empty()) {
        restore_drafts(data);
        // Only the answer to the last question counts: it knows all that the ones before it knew.
        if (data.number == loads_) restore_outbox(data);
    }
    settle();
}

void Client::Machine::restore_drafts(const StoredData& data) {
    // Once: later, what stands in the composer here counts more than what another tab has stored.
    if (drafts_known_) return;
    drafts_known_ = true;
    for (const StoredDraft& draft : data.drafts) {
        if (draft.text.empty() || drafts_unstored_.count(draft.conversation) != 0) continue;
        Conversation* conversation = ensure(draft.conversation);
        if (!conversation || !conversation->draft.empty()) continue;
        conversation->draft = draft.text;
        if (model_.loaded) tell_draft(*conversation);
        touch_both(*conversation);
    }
}

void Client::Machine::restore_outbox(const StoredData& data) {
    stored_known_ = true;
    if (!data.available && !model_.storage_failed) {
        model_.storage_failed = true;
        emit(Notice{NoticeKind::kStorageFailed, std::nullopt, std::nullopt});
        touch();
    }
    if (data.unreadable != model_.unreadable_stored) {
        const bool more = data.unreadable > model_.unreadable_stored;
        model_.unreadable_stored = data.unreadable;
        if (more) emit(Notice{NoticeKind::kUnreadable, std::nullopt, std::nullopt});
        touch();
    }
    for (const OutboxEntry& entry : in_order_written(data.outbox))
        restore_entry(entry, data.number);
    // What is missing may be among what cannot be read.
    if (data.available && data.unreadable == 0) drop_entries_gone(data);
    // No answer is awaited any more that could name what was done with before this.
    done_.clear();
    loads_answered_ = data.number;
}

void Client::Machine::restore_entry(const OutboxEntry& entry, std::int64_t number) {
    const auto known = keeping_.find(entry.client_id);
    if (known == keeping_.end()) {
        const auto done = done_.find(entry.client_id);
        if (done != done_.end() && done->second >= number) return;
        if (model_.unsent_total() >= kOutboxEntries) return;
        Conversation* conversation = ensure(entry.conversation);
        if (!conversation) return;
        // Sent by a page that died before it could say so here, or by another tab that is just
        // about to; or acknowledged here, and stored once more by a tab that was to send it too.
        const bool sent = stands_in(conversation->timeline, entry.client_id);
        if (sent ||
            find_echo(conversation->echoes, entry.client_id) != conversation->echoes.end()) {
            emit(RemoveOutboxEntry{model_.me.user_id, entry.client_id});
            if (sent) forget_picture(entry.picture);
            return;
        }
        Echo echo;
        echo.client_id = entry.client_id;
        echo.body = std::make_shared<const proto::Body>(entry.body);
        echo.picture = entry.picture;
        echo.created = entry.created;
        echo.created_ms = now_.monotonic_ms;
        echo.after = entry.after;
        echo.state = entry.failed ? MessageState::kFailed : MessageState::kQueued;
        echo.error = entry.failed;
        echo.quote = entry.quote;
        echo.forward_of = entry.forward_of;
        // In the order in which the person wrote, but not before what is on its way already.
        std::vector<Echo>& echoes = conversation->echoes;
        auto at = echoes.end();
        while (at != echoes.begin()) {
            const Echo& before = *std::prev(at);
            const bool settled =
                before.state == MessageState::kSending || before.state == MessageState::kSent;
            if (settled || before.created <= echo.created) break;
            --at;
        }
        echoes.insert(at, std::move(echo));
        keeping_[entry.client_id] = Keeping{0, false};
        deliveries_.try_emplace(entry.conversation);
        touch_both(*conversation);
        return;
    }
    // Another tab may have failed it, or asked for another try. What this tab has stored since
    // counts more.
    Conversation* conversation = find(entry.conversation);
    if (!conversation || known->second.loads_before >= number) return;
    const auto echo = find_echo(conversation->echoes, entry.client_id);
    if (echo == conversation->echoes.end()) return;
    const bool uploaded = entry.body.image && has_ids(*entry.body.image);
    if (echo->state == MessageState::kQueued && needs_upload(*echo) && uploaded)
        echo->body = std::make_shared<const proto::Body>(entry.body);
    if (entry.failed && echo->state == MessageState::kQueued) {
        echo->state = MessageState::kFailed;
        echo->error = entry.failed;
    } else if (!entry.failed && echo->state == MessageState::kFailed) {
        echo->state = MessageState::kQueued;
        echo->error.reset();
        deliveries_[entry.conversation].retry = Retry();
    } else {
        return;
    }
    touch_both(*conversation);
}

void Client::Machine::drop_entries_gone(const StoredData& data) {
    std::set<ClientMessageId> there;
    for (const OutboxEntry& entry : data.outbox)
        there.insert(entry.client_id);
    for (auto& [id, conversation] : model_.conversations) {
        std::vector<ClientMessageId> gone;
        for (const Echo& echo : conversation.echoes) {
            const auto kept = keeping_.find(echo.client_id);
            const bool waits = echo.state == MessageState::kQueued ||
                               echo.state == MessageState::kUploading ||
                               echo.state == MessageState::kFailed;
            // It was stored before the load and is not there any more: another tab has sent or
            // discarded it.
            if (waits && kept != keeping_.end() && !kept->second.unstored &&
                kept->second.loads_before < data.number && there.count(echo.client_id) == 0) {
                gone.push_back(echo.client_id);
            }
        }
        for (const ClientMessageId& client_id : gone)
            remove_echo(conversation, client_id);
    }
}

void Client::Machine::on_outbox_changed(Moment now) {
    begin(now);
    load_stored();
    settle();
}

void Client::Machine::on_store_failed(const ClientMessageId& client_id, Moment now) {
    begin(now);
    const auto kept = keeping_.find(client_id);
    if (kept != keeping_.end()) kept->second.unstored = true;
    if (!model_.storage_failed && !model_.me.user_id.empty()) {
        model_.storage_failed = true;
        emit(Notice{NoticeKind::kStorageFailed, std::nullopt, std::nullopt});
        touch();
    }
    settle();
}

void Client::Machine::on_outbox_lock(const UserId& user, bool held, Moment now) {
    begin(now);
    if (user == model_.me.user_id && held != lock_held_) {
        lock_held_ = held;
        // What the tab before has sent, or has left behind, is known from storage alone.
        stored_known_ = false;
        if (held) load_stored();
    }
    settle();
}

// --- Drafts and typing
// -------------------------------------------------------------------------------------------

void Client::Machine::command(const SetDraft& wish) {
    if (model_.me.user_id.empty()) return;
    Conversation* conversation = find(wish.conversation);
    if (!conversation && !wish.text.empty()) conversation = ensure(wish.conversation);
    if (conversation) set_draft(*conversation, wish.text);
}

void Client::Machine::set_draft(Conversation& conversation, const std::string& text) {
    if (conversation.draft == text) return;
    conversation.draft = text;
    if (drafts_unstored_.empty()) drafts_due_ms_ = now_.monotonic_ms + kDraftStoreMs;
    drafts_unstored_.insert(conversation.id);
    // The list shows drafts of chats that are not open; the history never does.
    touch();
    if (model_.open != conversation.id) touch_list();
}

void Client::Machine::store_drafts() {
    for (const ConversationId& id : drafts_unstored_) {
        if (const Conversation* conversation = find(id)) {
            emit(StoreDraft{model_.me.user_id, id, conversation->draft});
        }
    }
    std::set<ConversationId> stored;
    stored.swap(drafts_unstored_);
    for (const ConversationId& id : stored) {
        if (Conversation* conversation = find(id)) tell_draft(*conversation);
    }
}

void Client::Machine::tell_draft(Conversation& conversation) {
    const bool has_draft = !conversation.draft.empty();
    if (conversation.state.has_draft == has_draft) return;
    TaskWish quiet;
    quiet.subject = conversation.id.text();
    quiet.conversation = conversation.id;
    quiet.request = proto::SetConversation{conversation.id, std::nullopt, std::nullopt, has_draft};
    ask(std::move(quiet));
    show_state(conversation);
}

void Client::Machine::take_back_drafts() {
    for (const auto& [id, conversation] : model_.conversations) {
        if (conversation.draft.empty() || !conversation.state.has_draft) continue;
        // Nobody waits for these: the account is signed out right behind them.
        proto::SetConversation request{id, std::nullopt, std::nullopt, false};
        if (!send(std::move(request), purpose::Typing{})) return;
    }
}

void Client::Machine::command(const SetTyping& wish) {
    if (stage_ != Stage::kLive) return;
    if (wish.typing) {
        const bool told = typing_in_ == wish.conversation;
        if (told && now_.monotonic_ms - typing_told_ms_ < kTypingRepeatMs) return;
        if (typing_in_ && !told) typing_wishes_.push_back(proto::SetTyping{*typing_in_, false});
        typing_in_ = wish.conversation;
        typing_told_ms_ = now_.monotonic_ms;
        typing_wishes_.push_back(proto::SetTyping{wish.conversation, true});
    } else if (typing_in_ == wish.conversation) {
        typing_in_.reset();
        typing_wishes_.push_back(proto::SetTyping{wish.conversation, false});
    }
}

void Client::Machine::send_typing() {
    // Nobody waits for these: what finds no room is dropped.
    std::vector<proto::SetTyping> wishes;
    wishes.swap(typing_wishes_);
    for (const proto::SetTyping& wish : wishes)
        send(wish, purpose::Typing{});
}

}  // namespace kumquat::client
