// The open chat in the page's address (behind '#'), so that a reload finds it again, and Back and
// Forward go from chat to chat; where one pane fills the window, Back leaves the chat.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "platform/environment.h"
#include "platform/page.h"

namespace kumquat::app {

class Routing {
  public:
    explicit Routing(platform::History& history) : history_(history) {}

    /// The chat that the address names when the page starts, or when somebody first signs in, if it
    /// is one.
    std::optional<ConversationId> start();
    bool started() const { return started_; }
    /// The person went Back or Forward, or edited the address: the chat to open, or none.
    std::optional<ConversationId> on_fragment(std::string_view fragment);
    /// Whom a link that was opened here wants added; nobody the next time it is asked. The address
    /// forgets it, so that a reload does not ask again.
    std::optional<UserId> take_shared_user();
    /// Whose second tab this is (second_tab()); nobody the next time it is asked. Requires start().
    std::optional<UserId> take_first_user();
    bool has_shared_user() const { return shared_user_.has_value(); }
    /// Another chat is open, or none: the address follows.
    void follow(const std::optional<ConversationId>& open, bool signed_in,
                const platform::EnvironmentState& environment);
    /// The address of a second tab, opened by `user` for a second person (the part behind '#').
    static std::string second_tab(const UserId& user);
    /// Whether an address is one of these.
    static bool is_second_tab(std::string_view fragment);
    /// Leaves the chat by going Back, if it was entered from the list. False: close it directly.
    bool leave();

  private:
    platform::History& history_;
    void note_users();

    std::string shown_;
    std::optional<UserId> shared_user_;
    std::optional<UserId> first_user_;
    /// The entry before this one is the list.
    bool pushed_ = false;
    bool started_ = false;
};

}  // namespace kumquat::app
