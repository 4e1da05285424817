// The open chat in the page's address (behind '#'), so that a reload finds it again and Back leaves
// it where one pane fills the window.
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

    /// The chat that the address names when the page starts, if it is one.
    std::optional<ConversationId> start();
    /// The person went Back or Forward, or edited the address: the chat to open, or none.
    std::optional<ConversationId> on_fragment(std::string_view fragment);
    /// Another chat is open, or none: the address follows.
    void follow(const std::optional<ConversationId>& open, bool signed_in,
                const platform::EnvironmentState& environment);
    /// Leaves the chat by going Back, if it was entered from the list. False: close it directly.
    bool leave();

  private:
    platform::History& history_;
    std::string shown_;
    /// The entry before this one is the list.
    bool pushed_ = false;
    bool started_ = false;
};

}  // namespace kumquat::app
