// Dialogs that ask once more, or tell something that has to be answered.
#pragma once

#include <string>
#include <string_view>

#include "client/core/command.h"
#include "ui/controls.h"
#include "ui/frame.h"

namespace kumquat::ui {

struct QuestionLook {
    /// Of the dialog's node; its buttons are key + ".go" and key + ".cancel".
    std::string_view key;
    std::string_view title;
    std::string_view text;
    std::string_view go;
    ButtonKind kind = ButtonKind::kDestructive;
    /// Without it there is nothing to decide but `go`.
    bool cancel = true;
};

enum class Answer : std::uint8_t { kNone, kGo, kCancel };

/// Draws it. `since_ms`: when it was opened; the frame of that very time moves the focus: to
/// "cancel", or to `go` where that is all.
Answer draw_question(Frame& frame, const QuestionLook& look, double since_ms);

/// Something to ask before it is done.
struct Question {
    std::string title;
    std::string text;
    std::string go;
    /// What is done then.
    Action action;
    /// The dialogs below stay open, too, when it is done.
    bool stay = false;
};

/// The one question that is open, if there is one. Lies over every other dialog.
class QuestionUi {
  public:
    void ask(Question question);
    void close() { open_ = false; }
    bool is_open() const { return open_; }
    /// True in the frame in which it was answered with yes, and the dialogs below should close.
    bool draw(Frame& frame);

  private:
    bool open_ = false;
    double since_ms_ = 0;
    bool fresh_ = false;
    Question question_;
};

}  // namespace kumquat::ui
