#include "ui/composer_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/view/composer_state.h"
#include "ui/controls.h"
#include "ui/field_control.h"

namespace kumquat::ui {

namespace {

constexpr float kLinesMax = 6;

float margin_bottom(const Frame& frame) {
    return frame.px(frame.layout.phone ? 8 : 16);
}
float margin_top(const Frame& frame) {
    return frame.px(frame.layout.phone ? 12 : 16);
}
/// The phone's composer reaches closer to the window's edges than the bubbles.
float side(const Frame& frame) {
    return frame.px(frame.layout.phone ? 8 : 24);
}

}  // namespace

float ComposerUi::text_height(const Frame& frame) const {
    float line = frame.theme.body.line_px;
    float lines = std::round(frame.fields.height_px(field_) / line);
    return line * std::clamp(lines, 1.0f, kLinesMax);
}

float ComposerUi::height(const Frame& frame) const {
    float pill = frame.theme.measure(52, 56) + text_height(frame) - frame.theme.body.line_px;
    return margin_top(frame) + pill + margin_bottom(frame);
}

void ComposerUi::follow_draft(Frame& frame) {
    const client::Conversation* conversation = frame.model.find(conversation_);
    const std::string empty;
    const std::string& draft = conversation ? conversation->draft : empty;
    if (draft == known_draft_) return;
    bool untouched = frame.fields.text(field_) == known_draft_;
    known_draft_ = draft;
    if (untouched && !frame.fields.composing()) frame.fields.set_text(field_, draft);
}

void ComposerUi::show(const client::Model& model, const ConversationId& conversation,
                      platform::TextFields& fields) {
    if (conversation == conversation_ && !field_.empty()) return;
    hide(fields);
    conversation_ = conversation;
    field_ = "composer:" + conversation.text();
    const client::Conversation* shown = model.find(conversation);
    known_draft_ = shown ? shown->draft : std::string();
    fields.set_text(field_, known_draft_);
}

void ComposerUi::hide(platform::TextFields& fields) {
    if (!field_.empty()) fields.forget(field_);
    field_.clear();
    known_draft_.clear();
    conversation_ = ConversationId();
}

bool ComposerUi::draw(Frame& frame, gfx::Canvas& canvas, Rect area, const std::string& peer_name) {
    follow_draft(frame);
    const Theme& theme = frame.theme;
    float unit = theme.measure(52, 56);
    float text_h = text_height(frame);
    float pill_h = unit + text_h - theme.body.line_px;
    Rect pill = {area.x + side(frame), area.bottom() - margin_bottom(frame) - pill_h,
                 area.w - 2 * side(frame), pill_h};
    MirrorScope form(frame.mirror, make_node("composer.form", platform::Role::kForm,
                                             frame.str(Str::chat_composer), pill));
    canvas.fill(pill, theme.color.field, unit / 2);
    if (theme.forced) canvas.outline(pill, theme.color.edge, frame.px(1), unit / 2);

    float padding = std::floor((unit - theme.body.line_px) / 2);
    float text_x = pill.x + frame.px(20);
    float send_size = frame.px(40);
    float send_edge = std::floor((unit - send_size) / 2);
    Rect send_rect = {pill.right() - send_edge - send_size, pill.bottom() - send_edge - send_size,
                      send_size, send_size};
    Rect text_rect = {text_x, pill.y + padding, send_rect.x - frame.px(8) - text_x, text_h};
    client::ComposerState state =
        client::build_composer_state(frame.model, frame.fields.text(field_));
    std::string hint = frame.str(Str::chat_hint, {{"name", peer_name}});
    std::string over;
    if (state.characters_over > 0) {
        std::string count = number_text(state.characters_over);
        over = frame.str(Str::msg_too_long, {{"n", count}});
        canvas.text({pill.right() - frame.px(12), pill.y - margin_top(frame)}, theme.caption,
                    theme.color.danger, over, gfx::HorizontalAlign::kRight);
    }
    FieldLook look;
    look.id = field_;
    look.kind = platform::FieldKind::kComposer;
    look.label = hint;
    look.placeholder = hint;
    look.description = over;
    look.invalid = !over.empty();
    bare_field(frame, canvas, text_rect, look);

    std::string_view name = frame.str(Str::chat_send);
    Rect target = theme.touch ? send_rect.grown(frame.px(2)) : send_rect;
    Touched touched = frame.input.touch("composer.send", target, state.can_send);
    platform::MirrorNode node = make_node("composer.send", platform::Role::kButton, name, target);
    node.focusable = true;
    node.disabled = !state.can_send;
    frame.mirror.leaf(std::move(node));
    if (state.can_send) {
        Color disc = touched.pressed   ? theme.color.accent_press
                     : touched.hovered ? theme.color.accent_hover
                                       : theme.color.accent;
        canvas.disc(send_rect.center(), send_size / 2, disc);
    }
    canvas.icon(gfx::Icon::kSend, send_rect.center(), frame.px(22),
                state.can_send ? theme.color.on_accent : theme.color.ink2);
    if (touched.ring) focus_ring(frame, canvas, send_rect, send_size / 2);
    return touched.activated && send(frame.model, frame.fields, frame.actions);
}

void ComposerUi::on_text(std::string_view text, std::vector<Action>& actions) {
    known_draft_ = text;
    client::SetDraft draft;
    draft.conversation = conversation_;
    draft.text = text;
    actions.emplace_back(client::Command(std::move(draft)));
    client::SetTyping typing;
    typing.conversation = conversation_;
    typing.typing = !text.empty();
    actions.emplace_back(client::Command(typing));
}

bool ComposerUi::send(const client::Model& model, platform::TextFields& fields,
                      std::vector<Action>& actions) {
    std::string text(fields.text(field_));
    if (!client::build_composer_state(model, text).can_send) return false;
    client::SendText send;
    send.conversation = conversation_;
    send.text = std::move(text);
    actions.emplace_back(client::Command(std::move(send)));
    known_draft_.clear();
    fields.set_text(field_, {});
    return true;
}

void ComposerUi::on_refused(const client::Model& model, platform::TextFields& fields) {
    const client::Conversation* conversation = model.find(conversation_);
    if (!conversation || field_.empty() || !fields.text(field_).empty()) return;
    known_draft_ = conversation->draft;
    fields.set_text(field_, known_draft_);
}

}  // namespace kumquat::ui
