#include "platform/web/web_fields.h"

#include "platform/css_geometry.h"
#include "platform/web/page_calls.h"

namespace kumquat::platform::web {
namespace {

// Bits of kq_field_states(); web/page/fields.js has the same list.
enum StateBit { kInvalid = 1, kReadOnly = 2, kRequired = 4, kReveal = 8, kCovered = 16 };

int state_bits(const FieldSpec& spec) {
    return (spec.invalid ? kInvalid : 0) | (spec.read_only ? kReadOnly : 0) |
           (spec.required ? kRequired : 0) | (spec.reveal ? kReveal : 0) |
           (spec.covered ? kCovered : 0);
}

}  // namespace

void WebFields::apply(const FieldSpec& spec, unsigned changes) {
    const char* id = spec.id.data();
    int size = size_of(spec.id);
    kq_field_make(id, size, static_cast<int>(spec.kind));
    if (changes & kFieldNames) {
        kq_field_names(id, size, spec.placeholder.data(), size_of(spec.placeholder),
                       spec.label.data(), size_of(spec.label), spec.description.data(),
                       size_of(spec.description));
    }
    if (changes & kFieldColors) {
        kq_field_colors(id, size, static_cast<int>(spec.text_rgb),
                        static_cast<int>(spec.placeholder_rgb), static_cast<int>(spec.caret_rgb),
                        static_cast<int>(spec.selection_rgb));
    }
    if (changes & kFieldStates) kq_field_states(id, size, state_bits(spec), spec.length_max);
    if (changes & kFieldPlace) {
        CssRect css = to_css(spec.rect, *pixel_ratio_);
        Insets clip = clip_insets_css(spec.rect, spec.clip, *pixel_ratio_);
        float numbers[] = {css.left,
                           css.top,
                           css.width,
                           css.height,
                           clip.left,
                           clip.top,
                           clip.right,
                           clip.bottom,
                           spec.font_px / *pixel_ratio_,
                           spec.line_px / *pixel_ratio_,
                           spec.bold ? 1.0f : 0.0f};
        kq_field_place(id, size, numbers);
    }
}

void WebFields::show(std::string_view id, bool shown) {
    kq_field_show(id.data(), size_of(id), shown ? 1 : 0);
}
void WebFields::remove(std::string_view id) {
    kq_field_remove(id.data(), size_of(id));
}
void WebFields::put_text(std::string_view id, std::string_view text) {
    kq_field_set_text(id.data(), size_of(id), text.data(), size_of(text));
}
void WebFields::put_insert(std::string_view id, std::string_view text) {
    kq_field_insert(id.data(), size_of(id), text.data(), size_of(text));
}
void WebFields::put_focus(std::string_view id) {
    kq_field_focus(id.data(), size_of(id));
}
void WebFields::put_select_all(std::string_view id) {
    kq_field_select_all(id.data(), size_of(id));
}

}  // namespace kumquat::platform::web
