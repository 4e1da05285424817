// The requests that wait for their answer on the present connection, and what each of them was for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "base/ids.h"

namespace kumquat::client {

/// Why a request was sent: what its answer will be applied to.
namespace purpose {
struct Hello {};
struct SignIn {};
struct Resume {};
struct SignOut {};
struct Sync {};
/// find_user or add_friend.
struct Person {
    /// Which of the questions: an older one's answer is of no use.
    std::int64_t number = 0;
};
struct Message {
    ConversationId conversation;
    ClientMessageId client_id;
};
struct History {
    ConversationId conversation;
    /// Which of the loads of this conversation: an older one's answer is of no use.
    std::int64_t load = 0;
};
struct Read {
    ConversationId conversation;
    Seq seq;
};
struct Typing {};
/// Something that a person asked for; see client::Task.
struct Task {
    std::int64_t number = 0;
};
/// A short page of history, for the last message of a conversation whose last one was deleted.
struct Preview {
    ConversationId conversation;
    /// Which of the questions: an older one's answer is of no use.
    std::int64_t number = 0;
};
/// A page of what a search finds.
struct Search {
    /// Which of the searches.
    std::int64_t number = 0;
};
/// A page of the history that is being exported.
struct Export {
    std::int64_t number = 0;
};
}  // namespace purpose

using Purpose = std::variant<purpose::Hello, purpose::SignIn, purpose::Resume, purpose::SignOut,
                             purpose::Sync, purpose::Person, purpose::Message, purpose::History,
                             purpose::Read, purpose::Typing, purpose::Task, purpose::Export,
                             purpose::Preview, purpose::Search>;

class Requests {
  public:
    std::size_t count() const { return waiting_.size(); }
    /// Ids are never used twice, not even on another connection.
    RequestId add(Purpose purpose, std::int64_t deadline_ms);
    /// Forgets the request and tells what it was for; empty if it is not known.
    std::optional<Purpose> take(RequestId id);
    /// The first moment at which one is overdue.
    std::optional<std::int64_t> first_deadline_ms() const;
    /// Forgets all, in the order in which they were sent.
    std::vector<Purpose> take_all();

  private:
    struct Waiting {
        Purpose purpose;
        std::int64_t deadline_ms = 0;
    };
    RequestId last_id_;
    std::map<RequestId, Waiting> waiting_;
};

}  // namespace kumquat::client
