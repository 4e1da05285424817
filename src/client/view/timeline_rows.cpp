#include "client/view/timeline_rows.h"

#include <algorithm>
#include <set>

#include "base/stable_sort.h"
#include "client/core/picture_rules.h"
#include "client/core/quote.h"
#include "client/view/avatar.h"
#include "client/view/emoji.h"
#include "client/view/one_line.h"

namespace kumquat::client {
namespace {

RowKey key_of(const std::optional<ClientMessageId>& client_id, Seq seq) {
    if (client_id) return {RowKind::kMessage, client_id->device.value(), client_id->counter};
    return {RowKind::kMessage, 0, seq.value()};
}

BodyKind kind_of(const proto::Body& body) {
    if (body.type == proto::kTextType) return BodyKind::kText;
    return shows_picture(body) ? BodyKind::kPicture : BodyKind::kUnsupported;
}

class Builder {
  public:
    Builder(const Model& model, const Conversation* conversation, const ConversationId& id,
            TimeMs now, const OffsetMinutes& offset)
        : model_(model), conversation_(conversation), id_(id), now_(now), offset_(offset) {}

    TimelineRows build();

  private:
    void add_top();
    void add_messages();
    void add_failed_up_to(Seq seq);
    void add_message(const MessagePtr& message);
    void add_echo(const Echo& echo);
    void add_recalled(const proto::Message& message);
    void add_content(TimelineRow row);
    void add_row(TimelineRow row);
    void allow_changes(const proto::Message& message, TimelineRow* row);
    bool is_younger(const proto::Message& message, std::int64_t limit_ms);
    QuoteShown shown(const proto::Quote& quote) const;
    void add_bottom();
    void add_plain(RowKind kind);
    void group();

    const Model& model_;
    const Conversation* conversation_;
    const ConversationId& id_;
    const TimeMs now_;
    const OffsetMinutes& offset_;
    TimelineRows out_;
    std::set<Seq> pinned_;
    std::optional<LocalDay> day_;
    bool divider_due_ = false;
    std::size_t failed_done_ = 0;
    std::vector<const Echo*> failed_;
};

TimelineRows Builder::build() {
    out_.conversation = id_;
    update_peer(model_, &out_);
    out_.revision = conversation_ ? conversation_->revision : 0;
    out_.recall_ms = model_.recall_ms;
    out_.edit_ms = model_.edit_ms;
    out_.built = now_;
    out_.until = next_midnight(now_, offset_);
    add_top();
    if (conversation_) {
        for (const proto::Quote& pin : conversation_->pins) {
            out_.pins.push_back(shown(pin));
            pinned_.insert(pin.seq);
        }
        add_messages();
        add_bottom();
    }
    group();
    return std::move(out_);
}

void Builder::add_plain(RowKind kind) {
    TimelineRow row;
    row.key = {kind, 0, 0};
    row.kind = kind;
    out_.rows.push_back(std::move(row));
}

void Builder::add_top() {
    const Timeline* timeline = conversation_ ? &conversation_->timeline : nullptr;
    if (!timeline || !timeline->loaded()) {
        const bool failed = timeline && timeline->load_error();
        if (!failed) add_plain(RowKind::kLoading);
        return;
    }
    if (timeline->older()) {
        // Always there while there is more: the rows below must not move when loading begins.
        add_plain(RowKind::kLoadingOlder);
        return;
    }
    add_plain(RowKind::kHistoryStart);
    if (const Contact* contact = model_.find_friend(id_.peer()))
        out_.rows.back().time = contact->data.added;
}

void Builder::add_messages() {
    const Timeline& timeline = conversation_->timeline;
    for (const Echo& echo : conversation_->echoes) {
        if (echo.state == MessageState::kFailed) failed_.push_back(&echo);
    }
    // A failed message keeps its place. Those from before the window wait until their part of the
    // history is loaded.
    stable_sort(failed_, [](const Echo* a, const Echo* b) { return a->after < b->after; });
    if (timeline.older()) {
        while (failed_done_ < failed_.size() && failed_[failed_done_]->after < timeline.first_seq())
            ++failed_done_;
    }
    const std::optional<Seq> unread_after = conversation_->unread_after;
    bool divided = false;
    for (const MessagePtr& message : timeline.messages()) {
        add_failed_up_to(Seq(message->seq.value() - 1));
        const bool unread = unread_after && message->seq > *unread_after &&
                            message->from != model_.me.user_id && !is_gone(*message);
        if (unread && !divided) {
            // Not above a window that begins behind the mark: the first unread message is not
            // there.
            divider_due_ = !timeline.older() || timeline.first_seq() <= unread_after->next();
            divided = true;
        }
        if (message->recalled && !message->deleted) add_recalled(*message);
        if (!is_gone(*message)) add_message(message);
    }
    if (timeline.newer()) return;
    add_failed_up_to(Seq(kIntegerMax));
    for (const Echo& echo : conversation_->echoes) {
        if (echo.state != MessageState::kFailed) add_echo(echo);
    }
}

void Builder::add_failed_up_to(Seq seq) {
    while (failed_done_ < failed_.size() && failed_[failed_done_]->after <= seq)
        add_echo(*failed_[failed_done_++]);
}

void Builder::add_message(const MessagePtr& message) {
    TimelineRow row;
    row.key = key_of(message->client_id, message->seq);
    row.time = message->time;
    row.own = message->from == model_.me.user_id;
    row.seq = message->seq;
    row.body = std::shared_ptr<const proto::Body>(message, &message->body);
    row.state = state_of(*conversation_, *message, model_.me.user_id);
    if (message->quote) row.quote = shown(*message->quote);
    row.forwarded = message->forwarded;
    row.edited = message->edits > 0;
    row.pinned = pinned_.count(message->seq) != 0;
    for (const proto::Reaction& reaction : message->reactions) {
        const auto& users = reaction.users;
        const bool own = std::find(users.begin(), users.end(), model_.me.user_id) != users.end();
        row.reactions.push_back({reaction.emoji, static_cast<std::int64_t>(users.size()), own});
    }
    allow_changes(*message, &row);
    add_content(std::move(row));
}

void Builder::allow_changes(const proto::Message& message, TimelineRow* row) {
    if (!row->own) return;
    row->can_recall = is_younger(message, model_.recall_ms);
    row->can_edit = message.body.type == proto::kTextType && is_younger(message, model_.edit_ms);
}

bool Builder::is_younger(const proto::Message& message, std::int64_t limit_ms) {
    const TimeMs end(message.time.value() + limit_ms);
    if (now_ >= end) return false;
    out_.until = std::min(out_.until, end);
    return true;
}

void Builder::add_recalled(const proto::Message& message) {
    TimelineRow row;
    row.kind = RowKind::kRecalled;
    row.key = key_of(message.client_id, message.seq);
    row.key.kind = row.kind;
    row.time = message.time;
    row.own = message.from == model_.me.user_id;
    row.seq = message.seq;
    row.can_rewrite = row.own && conversation_->recalled_texts.count(message.seq) != 0;
    add_row(std::move(row));
}

QuoteShown Builder::shown(const proto::Quote& quote) const {
    QuoteShown line;
    line.seq = quote.seq;
    line.gone = !quote.from;
    if (line.gone) return line;
    line.own = *quote.from == model_.me.user_id;
    if (quote.type == proto::kTextType) {
        line.text = one_line(quote.text, limits::kQuoteBytes);
    } else {
        line.kind = quote.type == proto::kImageType ? BodyKind::kPicture : BodyKind::kUnsupported;
    }
    return line;
}

void Builder::add_echo(const Echo& echo) {
    TimelineRow row;
    row.key = key_of(echo.client_id, Seq());
    row.time = echo.time ? echo.time : echo.created;
    row.own = true;
    row.body = echo.body;
    row.state = echo.state;
    row.picture = echo.picture;
    row.uploaded = echo.uploaded;
    row.upload_total = echo.upload_total;
    if (echo.quote) row.quote = shown(*echo.quote);
    row.forwarded = echo.forward_of.has_value();
    if (echo.state == MessageState::kSent) {
        row.seq = echo.seq;
        if (echo.seq <= conversation_->peer_read_seq) row.state = MessageState::kRead;
    } else {
        row.client_id = echo.client_id;
        row.error = echo.error;
        row.created_ms = echo.created_ms;
    }
    add_content(std::move(row));
}

void Builder::add_content(TimelineRow row) {
    row.body_kind = kind_of(*row.body);
    if (row.body_kind == BodyKind::kText) row.emoji_only = count_emoji_only(row.body->content);
    add_row(std::move(row));
}

void Builder::add_row(TimelineRow row) {
    const LocalDay day = local_date(*row.time, offset_).day;
    // Clocks may be wrong; the day never goes back.
    if (!day_ || day > *day_) {
        day_ = day;
        TimelineRow pill;
        pill.key = {RowKind::kDay, 0, day};
        pill.kind = RowKind::kDay;
        pill.time = row.time;
        pill.date = date_kind(*row.time, now_, offset_);
        out_.rows.push_back(std::move(pill));
    }
    if (divider_due_) {
        divider_due_ = false;
        out_.unread_divider = out_.rows.size();
        add_plain(RowKind::kUnreadDivider);
    }
    out_.rows.push_back(std::move(row));
}

void Builder::add_bottom() {
    const Timeline& timeline = conversation_->timeline;
    out_.more_below = timeline.newer();
    if (timeline.newer()) {
        add_plain(RowKind::kLoadingNewer);
    } else if (conversation_->typing_until_ms) {
        add_plain(RowKind::kTyping);
    }
}

void Builder::group() {
    TimelineRow* before = nullptr;
    for (TimelineRow& row : out_.rows) {
        if (row.kind != RowKind::kMessage) {
            before = nullptr;
            continue;
        }
        if (before && before->own == row.own &&
            row.time->value() - before->time->value() < kGroupMs) {
            row.first_in_group = false;
            before->last_in_group = false;
            const bool settled = before->state != MessageState::kQueued &&
                                 before->state != MessageState::kUploading &&
                                 before->state != MessageState::kSending &&
                                 before->state != MessageState::kFailed;
            before->shows_time = !settled;
        }
        before = &row;
    }
}

}  // namespace

TimelineRows build_timeline_rows(const Model& model, const ConversationId& conversation, TimeMs now,
                                 const OffsetMinutes& offset) {
    return Builder(model, model.find(conversation), conversation, now, offset).build();
}

bool rows_stand(const TimelineRows& rows, const Model& model, TimeMs now) {
    const Conversation* conversation = model.find(rows.conversation);
    return conversation && conversation->revision == rows.revision && rows.built <= now &&
           now < rows.until && rows.recall_ms == model.recall_ms && rows.edit_ms == model.edit_ms;
}

void update_peer(const Model& model, TimelineRows* rows) {
    const UserId& peer = rows->conversation.peer();
    rows->peer_name = model.name_of(peer);
    rows->peer_initials = avatar_initials(rows->peer_name, peer.text());
    rows->peer_color = avatar_color(peer.text());
    const proto::Profile* profile = model.profile_of(peer);
    rows->peer_avatar = profile ? profile->avatar : BlobId();
}

}  // namespace kumquat::client
