// The loaded part of one conversation: a window of messages without holes, and what lies beyond its
// ends.
//
// It knows seqs and pages, not requests: the client asks for pages and gives them in. Echoes of
// unsent messages are not in here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "proto/messages.h"

namespace kumquat::client {

/// Shared, so that rows can keep what they show without copying it.
using MessagePtr = std::shared_ptr<const proto::Message>;

/// Which page is being asked for.
enum class HistoryLoad {
    kNewest,  ///< the first page of an empty window, or a jump to the end
    kOlder,
    kNewer,
    kAround,
    kAt,  ///< the first message at or after a time, in the middle
};

class Timeline {
  public:
    /// Ascending by seq, each seq once.
    const std::vector<MessagePtr>& messages() const { return messages_; }
    bool empty() const { return messages_.empty(); }
    /// The window has been filled once (it may still be empty: a conversation without messages).
    bool loaded() const { return loaded_; }
    /// There are messages before the window.
    bool older() const { return older_; }
    /// There are messages after the window: it does not reach the newest one.
    bool newer() const { return newer_; }
    Seq first_seq() const { return messages_.empty() ? Seq() : messages_.front()->seq; }
    Seq last_seq() const { return messages_.empty() ? Seq() : messages_.back()->seq; }
    /// The message with `seq`, or null if it is not in the window.
    MessagePtr find(Seq seq) const;

    /// The page being loaded, if any: one at a time.
    std::optional<HistoryLoad> loading() const { return loading_; }
    /// Why the last page could not be loaded; gone with the next try.
    std::optional<ErrorCode> load_error() const { return load_error_; }

    // --- For the client
    // ------------------------------------------------------------------------------------------

    /// A message from the feed. Joins the window if that reaches to the end; otherwise marks that
    /// there is more. Returns whether anything changed.
    bool add_live(MessagePtr message);
    /// `message` is how the message with its seq is now: it takes that one's place, and its
    /// beginning that in the quotes that point to it.
    void replace(const MessagePtr& message);
    /// The conversation reaches to `last`: marks that there is more, if so.
    void note_last(Seq last);
    /// Forgets everything, a load included.
    void clear();
    /// What stands here may have changed since: it stays until the next page takes its place. A
    /// load is given up.
    void expire();
    bool expired() const { return expired_; }
    /// Messages below `first` are gone for good. Returns whether any of them stood here.
    bool drop_below(Seq first);
    /// Drops all but the newest `count` messages of a window that reaches to the end.
    void shrink(std::size_t count);

    void begin_load(HistoryLoad load);
    /// A page that answers begin_load(), oldest first; `anchor` is the seq that was asked for (0
    /// for kNewest), `known_last` the newest seq known from the feed. Joins the window where both
    /// touch, replaces it where they do not. Errors: kBadFrame, for a page that is not in order;
    /// the window is untouched then, and the load over.
    Status add_page(const proto::GetHistoryReply& page, Seq anchor, Seq known_last);
    /// Without `code` the load is given up silently.
    void end_load(std::optional<ErrorCode> code);

  private:
    void join(std::vector<MessagePtr> page, bool page_older, bool page_newer);
    void drop_oldest_over(std::size_t count);
    void drop_newest_over(std::size_t count);

    std::vector<MessagePtr> messages_;
    bool loaded_ = false;
    bool older_ = false;
    bool newer_ = false;
    bool expired_ = false;
    std::optional<HistoryLoad> loading_;
    std::optional<ErrorCode> load_error_;
};

}  // namespace kumquat::client
