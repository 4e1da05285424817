// The order of the user's feed: which entry comes next, which wait, and when something is missing.
//
// Entries are numbered densely. What arrives live is applied only if it is the next one; while a
// sync runs, or after a gap, live entries wait here, in a bounded number, until the sync has
// reached them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "base/ids.h"
#include "proto/messages.h"

namespace kumquat::client {

/// A live entry; without `event` it is of a kind that this client does not know.
struct FeedEntry {
    FeedNumber number;
    std::optional<proto::Event> event;
};

class Feed {
  public:
    /// Number of the last entry applied; empty: nothing is known yet, a sync gives a snapshot.
    std::optional<FeedNumber> position() const { return position_; }
    /// A sync is needed or running: live entries wait.
    bool behind() const { return behind_; }

    /// The connection is new: what waited came over the old one and will come again through the
    /// sync.
    void fall_behind();
    /// Nothing is known any more.
    void forget();

    /// A live entry. True: it is the next one, apply it now. False: it waits, or is known already.
    bool accept(FeedEntry entry);

    /// A page has been applied: the feed stands at `number`. A snapshot may set it back.
    void move_to(FeedNumber number);
    /// The sync has no further pages. True: nothing is missing, live again, once take_waiting()
    /// gives nothing more. False: still a gap.
    bool catch_up();
    /// The next entry of those that waited, if it is the next one of the feed. The feed stands
    /// behind it then.
    std::optional<FeedEntry> take_waiting();

  private:
    void drop_known();

    std::optional<FeedNumber> position_;
    bool behind_ = true;
    std::map<FeedNumber, FeedEntry> waiting_;
    /// The last number that was dropped because too many waited: a sync has to reach it.
    FeedNumber dropped_;
};

}  // namespace kumquat::client
