#include "ui/composer_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/view/composer_state.h"
#include "gfx/picture_cache.h"
#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/picture_shape.h"

namespace kumquat::ui {

namespace {

constexpr float kLinesMax = 6;
constexpr float kThumbCss = 72;
constexpr float kThumbGapCss = 8;
constexpr float kStripPadCss = 12;
/// On pictures, in both themes.
constexpr Color kOnThumb = {20, 14, 8, 158};

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
    float pill = frame.theme.measure(52, 56) + text_height(frame) - frame.theme.body.line_px +
                 head_height(frame);
    return margin_top(frame) + pill + margin_bottom(frame) + emoji_.docked_height(frame);
}

bool ComposerUi::has_pictures() const {
    return !editing() && !attachments_.of(conversation_).empty();
}

/// Of what stands above the text.
float ComposerUi::head_height(const Frame& frame) const {
    return strip_height(frame) + (about_ ? composer_bar_height(frame) : 0);
}

std::size_t ComposerUi::thumbs_per_row(const Frame& frame, float width) const {
    float gap = frame.px(kThumbGapCss);
    float room = width - 2 * frame.px(kStripPadCss) + gap;
    return static_cast<std::size_t>(std::max(1.0f, room / (frame.px(kThumbCss) + gap)));
}

float ComposerUi::strip_height(const Frame& frame) const {
    if (!has_pictures()) return 0;
    std::size_t count = attachments_.of(conversation_).size();
    std::size_t per_row = thumbs_per_row(frame, width_);
    float rows = static_cast<float>((count + per_row - 1) / per_row);
    return frame.px(kStripPadCss) + rows * frame.px(kThumbCss) +
           (rows - 1) * frame.px(kThumbGapCss);
}

void ComposerUi::draw_strip(Frame& frame, gfx::Canvas& canvas, Rect pill) {
    if (!has_pictures()) return;
    const std::vector<Attachment>& all = attachments_.of(conversation_);
    float size = frame.px(kThumbCss);
    float step = size + frame.px(kThumbGapCss);
    Point corner = {pill.x + frame.px(kStripPadCss), pill.y + frame.px(kStripPadCss)};
    MirrorScope list(frame.mirror,
                     make_node("attach", platform::Role::kList, frame.str(Str::pic_waiting),
                               {pill.x, pill.y, pill.w, strip_height(frame)}));
    std::size_t per_row = thumbs_per_row(frame, pill.w);
    for (std::size_t i = 0; i < all.size(); ++i) {
        draw_thumb(frame, canvas, all[i],
                   {corner.x + static_cast<float>(i % per_row) * step,
                    corner.y + static_cast<float>(i / per_row) * step, size, size});
    }
}

void ComposerUi::draw_thumb(Frame& frame, gfx::Canvas& canvas, const Attachment& attachment,
                            Rect rect) {
    const Theme& theme = frame.theme;
    std::string key = "attach:" + attachment.key;
    MirrorScope item(frame.mirror, make_node(key, platform::Role::kListItem, {}, rect));
    float radius = frame.px(radius::kField);
    gfx::PictureLook look;
    if (attachment.ready) {
        ShownPicture picture = shown_picture(attachment.picture, frame.model.me.user_id);
        const ShownRendition& shown = picture.for_box({rect.w, rect.h});
        look = frame.screen.pictures().show(shown.name, shown.width, rect.w * 2);
    }
    canvas.fill(rect, theme.color.field_press, radius);
    if (look.state == gfx::PictureState::kReady) {
        canvas.picture(rect, gfx::cover(look, rect), radius);
    } else {
        busy_ring(frame, canvas, rect.center(), 18, theme.color.ink2);
    }
    platform::MirrorNode image =
        make_node(key + ".image", platform::Role::kImage, attachment.name, rect);
    image.busy = !attachment.ready;
    if (!attachment.ready) image.description = frame.str(Str::pic_preparing);
    frame.mirror.leaf(std::move(image));

    float disc = frame.px(24);
    Rect close = {rect.right() - disc - frame.px(4), rect.y + frame.px(4), disc, disc};
    Rect target = theme.touch ? close.grown(frame.px(10)) : close;
    std::string name = frame.str(Str::pic_remove, {{"name", attachment.name}});
    Touched touched = frame.input.touch(key + ".remove", target);
    platform::MirrorNode node = make_node(key + ".remove", platform::Role::kButton, name, target);
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    canvas.disc(close.center(), disc / 2, touched.hovered ? kOnThumb.faded(1.3f) : kOnThumb);
    canvas.icon(gfx::Icon::kClose, close.center(), frame.px(14), Color::rgb(0xFFFFFF));
    if (touched.ring) focus_ring(frame, canvas, close, disc / 2);
    if (touched.hovered) frame.input.want_tooltip(key + ".remove", name, close, frame.now_ms);
    if (touched.activated) frame.actions.emplace_back(ForgetAttachment{attachment.key});
}

void ComposerUi::follow_draft(Frame& frame) {
    if (editing()) return;
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
    emoji_.close(fields);
    field_.clear();
    known_draft_.clear();
    conversation_ = ConversationId();
    send_wanted_ = false;
    problem_.clear();
    about_.reset();
}

void ComposerUi::begin_reply(Seq seq, ComposerBar bar, platform::TextFields& fields) {
    (void)cancel(fields);
    about_ = About{seq, false, std::move(bar), {}, {}};
}

void ComposerUi::begin_edit(Seq seq, ComposerBar bar, const std::string& text,
                            platform::TextFields& fields) {
    (void)cancel(fields);
    about_ = About{seq, true, std::move(bar), text, std::string(fields.text(field_))};
    fields.set_text(field_, text);
}

bool ComposerUi::cancel(platform::TextFields& fields) {
    if (!about_) return false;
    if (about_->edit) fields.set_text(field_, about_->before);
    about_.reset();
    return true;
}

bool ComposerUi::untouched(const platform::TextFields& fields) const {
    return !about_ && !field_.empty() && fields.text(field_).empty();
}

void ComposerUi::write(const std::string& text, platform::TextFields& fields,
                       std::vector<Action>& actions) {
    (void)cancel(fields);
    fields.set_text(field_, text);
    on_text(text, actions);
}

bool ComposerUi::draw(Frame& frame, gfx::Canvas& canvas, Rect area, const std::string& peer_name) {
    follow_draft(frame);
    const Theme& theme = frame.theme;
    float unit = theme.measure(52, 56);
    float text_h = text_height(frame);
    width_ = area.w - 2 * side(frame);
    float head_h = head_height(frame);
    float pill_h = unit + text_h - theme.body.line_px + head_h;
    float docked = emoji_.docked_height(frame);
    Rect pill = {area.x + side(frame), area.bottom() - docked - margin_bottom(frame) - pill_h,
                 width_, pill_h};
    float corner = head_h > 0 ? frame.px(radius::kBubble) : unit / 2;
    frame.mirror.open(
        make_node("composer.form", platform::Role::kForm, frame.str(Str::chat_composer), pill));
    canvas.fill(pill, theme.color.field, corner);
    if (theme.forced) canvas.outline(pill, theme.color.edge, frame.px(1), corner);
    if (about_ && draw_composer_bar(frame, canvas, pill, about_->bar)) {
        (void)cancel(frame.fields);
        frame.animating = true;
    }
    float strip_h = strip_height(frame);
    draw_strip(frame, canvas, {pill.x, pill.y + head_h - strip_h, pill.w, strip_h});

    float padding = std::floor((unit - theme.body.line_px) / 2);
    float send_size = frame.px(40);
    float send_edge = std::floor((unit - send_size) / 2);
    float attach_size = theme.measure(40, 44);
    float attach_edge = std::floor((unit - attach_size) / 2);
    Rect attach = {pill.x + attach_edge, pill.bottom() - attach_edge - attach_size, attach_size,
                   attach_size};
    Rect send_rect = {pill.right() - send_edge - send_size, pill.bottom() - send_edge - send_size,
                      send_size, send_size};
    // On a phone at the right, where the thumb is.
    bool phone = frame.layout.phone;
    Rect emoji = attach;
    emoji.x = phone ? send_rect.x - frame.px(2) - attach_size : attach.right();
    float text_x = (phone ? attach : emoji).right() + frame.px(6);
    float text_right = phone ? emoji.x - frame.px(4) : send_rect.x - frame.px(8);
    Rect text_rect = {text_x, pill.y + head_h + padding, text_right - text_x, text_h};
    client::ComposerState state =
        client::build_composer_state(frame.model, frame.fields.text(field_));
    bool pictures = has_pictures();
    bool can_send = state.can_send || (pictures && state.characters_over == 0);
    std::string hint = frame.str(Str::chat_hint, {{"name", peer_name}});
    std::string over;
    float words_top = pill.y - margin_top(frame);
    if (!problem_.empty()) {
        std::string words = canvas.cut(theme.caption, problem_, pill.w - 2 * frame.px(12));
        canvas.text({pill.x + frame.px(12), words_top}, theme.caption, theme.color.danger, words);
        frame.mirror.leaf(make_node("composer.problem", platform::Role::kStatus, problem_,
                                    {pill.x, words_top, pill.w, theme.caption.line_px}));
    }
    if (state.characters_over > 0) {
        std::string count = number_text(state.characters_over);
        over = frame.str(Str::msg_too_long, {{"n", count}});
        canvas.text({pill.right() - frame.px(12), words_top}, theme.caption, theme.color.danger,
                    over, gfx::HorizontalAlign::kRight);
    }
    if (icon_button(frame, canvas, "composer.attach", attach, gfx::Icon::kImage,
                    frame.str(Str::pic_attach), {.enabled = !editing()})) {
        frame.actions.emplace_back(PickPictures{});
    }
    if (!phone) emoji_.draw_button(frame, canvas, emoji, field_);
    FieldLook look;
    look.id = field_;
    look.kind = platform::FieldKind::kComposer;
    look.label = hint;
    look.placeholder = pictures ? frame.str(Str::pic_caption) : std::string_view(hint);
    look.description = over;
    look.invalid = !over.empty();
    bare_field(frame, canvas, text_rect, look);
    if (phone) emoji_.draw_button(frame, canvas, emoji, field_);

    std::string_view name = frame.str(editing() ? Str::edit_save : Str::chat_send);
    Rect target = theme.touch ? send_rect.grown(frame.px(2)) : send_rect;
    Touched touched = frame.input.touch("composer.send", target, can_send);
    platform::MirrorNode node = make_node("composer.send", platform::Role::kButton, name, target);
    node.focusable = true;
    node.disabled = !can_send;
    frame.mirror.leaf(std::move(node));
    if (can_send) {
        Color disc = touched.pressed   ? theme.color.accent_press
                     : touched.hovered ? theme.color.accent_hover
                                       : theme.color.accent;
        canvas.disc(send_rect.center(), send_size / 2, disc);
    }
    canvas.icon(editing() ? gfx::Icon::kCheck : gfx::Icon::kSend, send_rect.center(), frame.px(22),
                can_send ? theme.color.on_accent : theme.color.ink2);
    if (touched.ring) focus_ring(frame, canvas, send_rect, send_size / 2);
    // The panel lies outside the form, which clips what it holds.
    frame.mirror.close();
    emoji_.draw(frame, canvas, pill, area, field_);
    bool due = send_wanted_ && attachments_.all_ready(conversation_);
    return (touched.activated || due) && send(frame.model, frame.fields, frame.actions);
}

void ComposerUi::on_text(std::string_view text, std::vector<Action>& actions) {
    // What is edited was sent already: it is no draft, and nobody waits for it.
    if (editing()) return;
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
    client::ComposerState state = client::build_composer_state(model, text);
    if (editing()) return state.can_send && save_edit(std::move(text), fields, actions);
    bool pictures = has_pictures();
    Seq reply_to = about_ ? about_->seq : Seq();
    send_wanted_ = pictures && !attachments_.all_ready(conversation_);
    if (send_wanted_) return false;
    if (pictures ? state.characters_over > 0 : !state.can_send) return false;
    if (pictures) {
        client::SendPictures send;
        send.conversation = conversation_;
        send.pictures = attachments_.take(conversation_);
        if (!state.empty) send.caption = std::move(text);
        send.reply_to = reply_to;
        actions.emplace_back(client::Command(std::move(send)));
    } else {
        client::SendText send;
        send.conversation = conversation_;
        send.text = std::move(text);
        send.reply_to = reply_to;
        actions.emplace_back(client::Command(std::move(send)));
    }
    known_draft_.clear();
    problem_.clear();
    about_.reset();
    fields.set_text(field_, {});
    emoji_.on_sent();
    return true;
}

/// False: nothing was sent, so that the history stays where it is.
bool ComposerUi::save_edit(std::string text, platform::TextFields& fields,
                           std::vector<Action>& actions) {
    if (text != about_->text) {
        client::EditMessage edit;
        edit.conversation = conversation_;
        edit.seq = about_->seq;
        edit.text = std::move(text);
        actions.emplace_back(client::Command(std::move(edit)));
    }
    emoji_.on_sent();
    (void)cancel(fields);
    return false;
}

void ComposerUi::on_refused(const client::Model& model, platform::TextFields& fields) {
    const client::Conversation* conversation = model.find(conversation_);
    if (!conversation || field_.empty() || !fields.text(field_).empty()) return;
    known_draft_ = conversation->draft;
    fields.set_text(field_, known_draft_);
}

}  // namespace kumquat::ui
