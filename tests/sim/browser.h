// What a browser keeps for its tabs: stored outboxes and drafts, and the right to send an outbox.
// Late like the real thing, and what a tab has not got through when it dies may be lost.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/core/effect.h"
#include "sim/event_queue.h"
#include "sim/ledger.h"

namespace kumquat::sim {

class Page;

class Browser {
  public:
    Browser(EventQueue& queue, Rng rng, Ledger& ledger)
        : queue_(queue), rng_(rng), ledger_(ledger) {}

    void opened(Page& page) { pages_.push_back(&page); }
    /// The page is no more: its locks go to others, and some of what it wrote last is lost.
    void died(Page& page);

    void carry_out(Page& page, const client::LoadStored& effect);
    void carry_out(Page& page, const client::StoreOutboxEntry& effect);
    void carry_out(Page& page, const client::RemoveOutboxEntry& effect);
    void carry_out(Page& page, const client::StoreDraft& effect);
    void carry_out(Page& page, const client::EraseStored& effect);
    void carry_out(Page& page, const client::ForgetPicture& effect);
    void carry_out(Page& page, const client::HoldOutbox& effect);
    void carry_out(Page& page, const client::ReleaseOutbox& effect);

    /// The person has picked it: its bytes are kept until the client says otherwise.
    void keep_picture(const UserId& user, const std::string& key) { pictures_[key].user = user; }
    bool has_picture(const std::string& key) const { return pictures_.count(key) != 0; }

    /// Of this share of its writes the browser says that there is no room.
    std::int64_t full_percent = 0;
    /// Then what it keeps may be older than what its pages know.
    bool was_full = false;

    /// Entries that are still to be sent, of all users.
    std::size_t unsent() const;

  private:
    struct Stored {
        std::map<ClientMessageId, client::OutboxEntry> outbox;
        std::map<ConversationId, std::string> drafts;
    };

    struct Picture {
        UserId user;
        /// The message that shows it, once that is stored.
        std::optional<ClientMessageId> message;
    };

    void later(Page& page, std::function<void()> operation);
    void tell_others(Page& page, const UserId& user);
    void grant(const UserId& user);

    EventQueue& queue_;
    Rng rng_;
    Ledger& ledger_;
    std::vector<Page*> pages_;
    std::map<UserId, Stored> stored_;
    std::map<std::string, Picture> pictures_;
    std::map<UserId, std::deque<Page*>> locks_;
    std::int64_t last_ms_ = 0;
};

}  // namespace kumquat::sim
