// The menu of a message: what can be done with it now, and a row of quick reactions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/timeline_rows.h"
#include "ui/frame.h"
#include "ui/menu.h"
#include "ui/question.h"

namespace kumquat::ui {

/// A message whose menu was asked for.
struct MessageMenuWish {
    ConversationId conversation;
    /// As it was when the menu was asked for.
    client::TimelineRow row;
    Rect bubble;
    /// Of its node.
    std::string key;
};

/// What a used item asks the rest of the UI for; the rest are commands.
struct MessageMenuResult {
    enum class What : std::uint8_t { kNothing, kReply, kEdit, kForward, kSelect };
    What what = What::kNothing;
    /// The message it is about, unless nothing is asked for.
    client::TimelineRow row;
    /// To ask first.
    std::optional<Question> question;
};

class MessageMenu {
  public:
    void open(MessageMenuWish wish, double now_ms);
    void close() { menu_.close(); }
    bool is_open() const { return menu_.is_open(); }
    /// The key of the message that it was opened from.
    const std::string& owner() const { return menu_.owner(); }
    MessageMenuResult draw(Frame& frame);
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return menu_.on_key(key, event, focus);
    }

  private:
    enum class Item : std::uint8_t {
        kReply,
        kCopy,
        kEdit,
        kForward,
        kPin,
        kSelect,
        kSelectText,
        kRetry,
        kRecall,
        kDelete,
        kDiscard,
    };
    bool can_change(const client::Model& model) const;
    std::size_t reactions_offered(const client::Model& model) const;
    std::vector<Item> items(const Frame& frame) const;
    Str label(Item item) const;
    static gfx::Icon icon(Item item);
    void react(Frame& frame, std::string_view emoji) const;
    MessageMenuResult run(Frame& frame, Item item) const;

    Menu menu_;
    MessageMenuWish wish_;
};

/// Asks before messages are deleted for oneself.
Question ask_to_delete(const Frame& frame, const ConversationId& conversation,
                       std::vector<Seq> seqs);

}  // namespace kumquat::ui
