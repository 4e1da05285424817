#include "client/core/timeline.h"

#include <algorithm>
#include <utility>

#include "client/core/bounds.h"
#include "client/core/quote.h"

namespace kumquat::client {
namespace {

bool before(const MessagePtr& a, Seq seq) {
    return a->seq < seq;
}

/// Ascending, without repetition, and on the side of `anchor` that was asked for.
bool in_order(const std::vector<proto::Message>& page, HistoryLoad load, Seq anchor) {
    for (std::size_t i = 1; i < page.size(); ++i) {
        if (page[i].seq <= page[i - 1].seq) return false;
    }
    if (page.empty()) return true;
    if (!page.front().seq) return false;
    if (load == HistoryLoad::kOlder) return page.back().seq < anchor;
    if (load == HistoryLoad::kNewer) return page.front().seq > anchor;
    return true;
}

}  // namespace

MessagePtr Timeline::find(Seq seq) const {
    const auto at = std::lower_bound(messages_.begin(), messages_.end(), seq, before);
    return at != messages_.end() && (*at)->seq == seq ? *at : nullptr;
}

bool Timeline::add_live(MessagePtr message) {
    if (!loaded_) return false;
    if (newer_) return false;
    const auto at = std::lower_bound(messages_.begin(), messages_.end(), message->seq, before);
    if (at != messages_.end() && (*at)->seq == message->seq) return false;
    // Below the window, with more between: it is part of what LoadOlder brings.
    if (at == messages_.begin() && older_) return false;
    messages_.insert(at, std::move(message));
    drop_oldest_over(kTimelineMessages);
    return true;
}

void Timeline::replace(const MessagePtr& message) {
    for (MessagePtr& one : messages_) {
        if (one->seq == message->seq) {
            one = message;
        } else if (one->quote && one->quote->seq == message->seq) {
            proto::Message answer = *one;
            answer.quote = quote_of(*message);
            one = std::make_shared<const proto::Message>(std::move(answer));
        }
    }
}

void Timeline::note_last(Seq last) {
    if (loaded_ && last_seq() < last) newer_ = true;
}

void Timeline::clear() {
    *this = Timeline();
}

void Timeline::expire() {
    expired_ = true;
    loading_.reset();
}

bool Timeline::drop_below(Seq first) {
    if (messages_.empty() || first_seq() >= first) return false;
    const auto keep = std::lower_bound(messages_.begin(), messages_.end(), first, before);
    if (keep == messages_.end()) {
        clear();
        return true;
    }
    messages_.erase(messages_.begin(), keep);
    older_ = false;
    return true;
}

void Timeline::shrink(std::size_t count) {
    if (!newer_) drop_oldest_over(count);
}

void Timeline::begin_load(HistoryLoad load) {
    loading_ = load;
    load_error_.reset();
}

Status Timeline::add_page(const proto::GetHistoryReply& page, Seq anchor, Seq known_last) {
    const HistoryLoad load = loading_.value_or(HistoryLoad::kNewest);
    loading_.reset();
    if (!in_order(page.messages, load, anchor)) {
        return Error{ErrorCode::kBadFrame, "get_history: messages are not in order"};
    }
    const bool stuck =
        load == HistoryLoad::kNewer && page.messages.empty() && last_seq() < known_last;
    if (stuck || (page.messages.empty() && page.older && page.newer)) {
        return Error{ErrorCode::kBadFrame, "get_history: an empty page where there are messages"};
    }
    std::vector<MessagePtr> messages;
    messages.reserve(page.messages.size());
    for (const proto::Message& message : page.messages) {
        messages.push_back(std::make_shared<const proto::Message>(message));
    }

    if (!loaded_ || expired_) {
        messages_ = std::move(messages);
        older_ = page.older;
        newer_ = page.newer;
        expired_ = false;
    } else if (load == HistoryLoad::kOlder) {
        // The window may have lost its old end since; then the page does not touch it any more.
        if (anchor == first_seq()) {
            messages_.insert(messages_.begin(), messages.begin(), messages.end());
            older_ = page.older && !messages.empty();
        }
    } else if (load == HistoryLoad::kNewer) {
        if (anchor == last_seq()) {
            messages_.insert(messages_.end(), messages.begin(), messages.end());
            newer_ = page.newer;
        }
    } else {
        join(std::move(messages), page.older, page.newer);
    }
    loaded_ = true;
    // The page may have been read before the newest event was written.
    if (last_seq() < known_last) newer_ = true;
    if (load == HistoryLoad::kOlder) {
        drop_newest_over(kTimelineMessages);
    } else {
        drop_oldest_over(kTimelineMessages);
    }
    return {};
}

void Timeline::end_load(std::optional<ErrorCode> code) {
    loading_.reset();
    load_error_ = code;
}

void Timeline::join(std::vector<MessagePtr> page, bool page_older, bool page_newer) {
    const bool apart = page.empty() || messages_.empty() || page.back()->seq.next() < first_seq() ||
                       last_seq().next() < page.front()->seq;
    if (apart) {
        messages_ = std::move(page);
        older_ = page_older;
        newer_ = page_newer;
        return;
    }
    const bool older = page.front()->seq < first_seq() ? page_older : older_;
    const bool newer = page.back()->seq > last_seq() ? page_newer : newer_;
    std::vector<MessagePtr> all;
    all.reserve(messages_.size() + page.size());
    std::set_union(messages_.begin(), messages_.end(), page.begin(), page.end(),
                   std::back_inserter(all),
                   [](const MessagePtr& a, const MessagePtr& b) { return a->seq < b->seq; });
    messages_ = std::move(all);
    older_ = older;
    newer_ = newer;
}

void Timeline::drop_oldest_over(std::size_t count) {
    if (messages_.size() <= count) return;
    messages_.erase(messages_.begin(), messages_.end() - static_cast<std::ptrdiff_t>(count));
    older_ = true;
}

void Timeline::drop_newest_over(std::size_t count) {
    if (messages_.size() <= count) return;
    messages_.resize(count);
    newer_ = true;
}

}  // namespace kumquat::client
