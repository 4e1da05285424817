// Where a message is written: the pill, the browser's own field in it, and the send button.
//
// It owns which conversation's field is shown. The draft is the model's: it follows every key, and
// comes back from there after a reload.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

class ComposerUi {
  public:
    /// The height of the whole composer for this frame, its margins included.
    float height(const Frame& frame) const;
    /// Draws it at the bottom of `area` (the message column). True if the button has sent
    /// something.
    bool draw(Frame& frame, gfx::Canvas& canvas, Rect area, const std::string& peer_name);

    /// Shows the field of another chat, with its draft; its old field is dropped.
    void show(const client::Model& model, const ConversationId& conversation,
              platform::TextFields& fields);
    void hide(platform::TextFields& fields);

    bool owns(std::string_view field) const { return !field_.empty() && field == field_; }
    const std::string& field() const { return field_; }
    void on_text(std::string_view text, std::vector<Action>& actions);
    /// Enter, or the button. True if something was sent.
    bool send(const client::Model& model, platform::TextFields& fields,
              std::vector<Action>& actions);
    /// The client would not take the text; it has made a draft of it.
    void on_refused(const client::Model& model, platform::TextFields& fields);

  private:
    float text_height(const Frame& frame) const;
    void follow_draft(Frame& frame);

    ConversationId conversation_;
    std::string field_;
    /// The draft as the field knows it: an other one in the model came from storage.
    std::string known_draft_;
};

}  // namespace kumquat::ui
