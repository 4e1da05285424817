// What stands above the text in the composer: the message that is being answered or edited.
#pragma once

#include <string>
#include <string_view>

#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

struct ComposerBar {
    /// "Ann", "Edit message".
    std::string title;
    /// The message on one line.
    std::string line;
    /// Of the button that takes it away.
    Str cancel = Str::reply_cancel;
};

float composer_bar_height(const Frame& frame);
/// At the top of the composer's pill. True when it is to be taken away.
bool draw_composer_bar(Frame& frame, gfx::Canvas& canvas, Rect pill, const ComposerBar& bar);

}  // namespace kumquat::ui
