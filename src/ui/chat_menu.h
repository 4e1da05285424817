// The menu of a chat: of its row in the list, and behind the three dots above it.
#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "ui/frame.h"
#include "ui/menu.h"
#include "ui/question.h"

namespace kumquat::ui {

/// A chat whose menu was asked for.
struct ChatMenuWish {
    ConversationId conversation;
    /// Of the node that it belongs to.
    std::string key;
    Rect anchor;
};

/// What a used item asks the rest of the UI for.
struct ChatMenuResult {
    /// Whose profile should open.
    UserId profile;
    /// A day of the chat is to be chosen.
    bool date = false;
    /// To ask first.
    std::optional<Question> question;
};

class ChatMenu {
  public:
    /// `header`: with what belongs to the open chat (export, block, delete the friend); otherwise
    /// with what belongs to a row (mark as read, delete the chat).
    void open(const ChatMenuWish& wish, bool header, double now_ms);
    void close() { menu_.close(); }
    bool is_open() const { return menu_.is_open(); }
    ChatMenuResult draw(Frame& frame);
    bool on_key(std::string_view key, const platform::KeyEvent& event, std::string* focus) const {
        return menu_.on_key(key, event, focus);
    }

  private:
    enum class Item {
        kPin,
        kRead,
        kMute,
        kProfile,
        kDate,
        kExportText,
        kExportJson,
        kBlock,
        kDeleteFriend,
        kDeleteChat,
    };
    std::vector<Item> items(const client::Model& model) const;
    Str label(const client::Model& model, Item item) const;
    static gfx::Icon icon(Item item);
    ChatMenuResult run(Frame& frame, Item item) const;

    Menu menu_;
    ConversationId conversation_;
    bool header_ = false;
};

}  // namespace kumquat::ui
