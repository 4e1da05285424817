#include "platform/input.h"

#include <iterator>

namespace kumquat::platform {
namespace {

struct KeyName {
    std::string_view code;
    Key key;
};

constexpr KeyName kKeyNames[] = {{"Enter", Key::kEnter},
                                 {"NumpadEnter", Key::kEnter},
                                 {"Escape", Key::kEscape},
                                 {"Tab", Key::kTab},
                                 {"Space", Key::kSpace},
                                 {"ArrowUp", Key::kUp},
                                 {"ArrowDown", Key::kDown},
                                 {"ArrowLeft", Key::kLeft},
                                 {"ArrowRight", Key::kRight},
                                 {"Home", Key::kHome},
                                 {"End", Key::kEnd},
                                 {"PageUp", Key::kPageUp},
                                 {"PageDown", Key::kPageDown},
                                 {"Backspace", Key::kBackspace},
                                 {"Delete", Key::kDelete},
                                 {"F6", Key::kF6},
                                 {"F10", Key::kF10},
                                 {"ContextMenu", Key::kContextMenu},
                                 {"KeyA", Key::kA},
                                 {"KeyC", Key::kC},
                                 {"KeyK", Key::kK},
                                 {"KeyN", Key::kN},
                                 {"KeyV", Key::kV},
                                 {"KeyX", Key::kX},
                                 {"KeyZ", Key::kZ}};

constexpr int kKeyCodeOfInputMethod = 229;
constexpr double kAfterCompositionMs = 30;

}  // namespace

Key key_from_code(std::string_view code) {
    for (const KeyName& name : kKeyNames) {
        if (name.code == code) return name.key;
    }
    return Key::kNone;
}

float wheel_css_px(float delta, int mode, float line_css_px, float page_css_px) {
    if (mode == 1) return delta * line_css_px;
    if (mode == 2) return delta * page_css_px;
    return delta;
}

EnterMeaning enter_meaning(const EnterPress& press) {
    bool just_composed =
        press.since_composition_ms >= 0 && press.since_composition_ms < kAfterCompositionMs;
    if (press.composing || press.event_composing || press.key_code == kKeyCodeOfInputMethod ||
        just_composed) {
        return EnterMeaning::kCompose;
    }
    if (press.multi_line && (press.modifiers.shift || press.modifiers.alt))
        return EnterMeaning::kNewLine;
    if (press.multi_line && press.coarse_pointer && !press.modifiers.ctrl &&
        !press.modifiers.meta) {
        return EnterMeaning::kNewLine;
    }
    return EnterMeaning::kSubmit;
}

}  // namespace kumquat::platform
