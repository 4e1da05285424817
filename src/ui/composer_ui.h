// Where a message is written: the pill, the browser's own field in it, and the send button.
//
// It owns which conversation's field is shown. The draft is the model's: it follows every key, and
// comes back from there after a reload.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gfx/canvas.h"
#include "ui/attachments.h"
#include "ui/composer_bar.h"
#include "ui/emoji_picker.h"
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
    /// Enter, or the button: pictures that wait go first, the text behind them. While one of them
    /// is being prepared, it is remembered. True if something was sent.
    bool send(const client::Model& model, platform::TextFields& fields,
              std::vector<Action>& actions);
    /// The client would not take the text; it has made a draft of it.
    void on_refused(const client::Model& model, platform::TextFields& fields);

    /// What is sent next answers that message.
    void begin_reply(Seq seq, ComposerBar bar, platform::TextFields& fields);
    /// The text of that message can be changed, until it is saved or given up.
    void begin_edit(Seq seq, ComposerBar bar, const std::string& text,
                    platform::TextFields& fields);
    /// Gives up a reply or an edit; what was written before an edit comes back. False if there is
    /// none.
    bool cancel(platform::TextFields& fields);
    bool editing() const { return about_ && about_->edit; }
    /// There is nothing in it, and it is about no message.
    bool untouched(const platform::TextFields& fields) const;
    /// Puts a text there, to be written on.
    void write(const std::string& text, platform::TextFields& fields, std::vector<Action>& actions);

    Attachments& attachments() { return attachments_; }
    EmojiPicker& emoji() { return emoji_; }
    const EmojiPicker& emoji() const { return emoji_; }
    /// Says under the pictures what was wrong with one; empty: nothing.
    void tell(std::string problem) { problem_ = std::move(problem); }
    const ConversationId& conversation() const { return conversation_; }

  private:
    /// The message that what is written is about.
    struct About {
        Seq seq;
        bool edit = false;
        ComposerBar bar;
        /// The text that is edited, and what stood in the field before.
        std::string text;
        std::string before;
    };
    bool save_edit(std::string text, platform::TextFields& fields, std::vector<Action>& actions);
    /// The pictures that wait; while a text is edited they stay aside.
    bool has_pictures() const;
    float head_height(const Frame& frame) const;
    float text_height(const Frame& frame) const;
    std::size_t thumbs_per_row(const Frame& frame, float width) const;
    float strip_height(const Frame& frame) const;
    void draw_strip(Frame& frame, gfx::Canvas& canvas, Rect pill);
    void draw_thumb(Frame& frame, gfx::Canvas& canvas, const Attachment& attachment, Rect rect);
    void follow_draft(Frame& frame);

    ConversationId conversation_;
    std::string field_;
    /// The draft as the field knows it: an other one in the model came from storage.
    std::string known_draft_;
    Attachments attachments_;
    EmojiPicker emoji_;
    std::optional<About> about_;
    /// It goes out as soon as the pictures are ready.
    bool send_wanted_ = false;
    std::string problem_;
    /// The pill's, as last drawn.
    float width_ = 0;
};

}  // namespace kumquat::ui
