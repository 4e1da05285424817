// What was promised during a run, for comparison with what is true in the end. It watches every
// frame that reaches a page and every change of what pages keep, and holds them against the store's
// rows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/core/stored.h"
#include "proto/messages.h"
#include "sim/pictures.h"
#include "store/memory/memory_state.h"

namespace kumquat::sim {

class Ledger {
  public:
    explicit Ledger(store::MemoryState& state) : state_(state) {}

    const std::vector<std::string>& failures() const { return failures_; }
    void fail(std::string what);

    // While it runs.

    /// A page was told that its message has been accepted.
    void acknowledged(const UserId& user, const proto::SendMessage& request,
                      const proto::SendMessageReply& reply);
    /// A page was told of an entry of its user's feed, live or read back.
    void told(const UserId& user, const proto::Event& event);
    /// An outbox entry is stored in a browser.
    void kept(const UserId& user, const client::OutboxEntry& entry);
    /// A page has given up its copy: by then the message must be durable, or the person has
    /// discarded it.
    void given_up(const UserId& user, const ClientMessageId& id);
    void discarded(const ClientMessageId& id) { discarded_.insert(id); }
    /// The person tries a failed message again: it comes after those written since.
    void retried(const ClientMessageId& id) { retried_.insert(id); }
    /// The size of a new picture: no other has it.
    std::int64_t new_picture_bytes() { return ++picture_bytes_; }

    // In the end.

    /// The store keeps its own rules, and every promise.
    void check_store(const std::vector<UserId>& users);
    /// Every picture that a message or a profile names is there, is its sender's, and knows how
    /// many name it. `swept`: a day after the last upload, when nothing else is left.
    void check_pictures(const std::vector<UserId>& users, const Pictures& pictures, bool swept);

    std::int64_t acknowledged_count() const {
        return static_cast<std::int64_t>(acknowledged_.size());
    }

  private:
    struct Acknowledged {
        proto::SendMessage request;
        proto::SendMessageReply reply;
    };
    using Owned = std::pair<UserId, ClientMessageId>;

    bool durable(const UserId& user, const ClientMessageId& id);
    void check_acknowledged();
    /// What names each picture, and whose they are.
    using Names = std::map<BlobId, std::vector<UserKey>>;
    Names names_of_pictures(const std::vector<UserId>& users);
    void check_conversation(UserKey a, UserKey b);
    /// Of a recalled message nothing is left.
    void check_change(const store::MessageRow& row, const store::ConversationRow& in);
    void check_unread(const store::MemberRow& member);
    void check_feed(const UserId& user);

    store::MemoryState& state_;
    std::vector<std::string> failures_;
    std::map<Owned, Acknowledged> acknowledged_;
    /// What each entry is about, see subject_of().
    std::map<std::pair<UserId, FeedNumber>, std::string> told_;
    std::set<ClientMessageId> discarded_;
    std::set<ClientMessageId> retried_;
    std::int64_t picture_bytes_ = 1000;
    /// Every text and every picture is sent once, so it may stand in the store once.
    std::set<std::string> contents_;
};

}  // namespace kumquat::sim
