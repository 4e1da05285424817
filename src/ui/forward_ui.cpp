#include "ui/forward_ui.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/overlay.h"
#include "ui/pieces.h"
#include "ui/selection.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 440;
constexpr float kRowCss = 56;
/// Of the list, where the window is high enough.
constexpr float kRowsShown = 6;

float search_height(const Frame& frame) {
    return frame.theme.measure(40, 44);
}

}  // namespace

void ForwardUi::open(const ConversationId& from, std::vector<Seq> seqs,
                     platform::TextFields& fields, double now_ms) {
    close(fields);
    open_ = true;
    since_ms_ = now_ms;
    from_ = from;
    seqs_ = std::move(seqs);
}

void ForwardUi::close(platform::TextFields& fields) {
    if (open_) fields.forget(kSearchField);
    *this = ForwardUi();
}

void ForwardUi::refresh_rows(Frame& frame, const client::OffsetMinutes& offset) {
    std::string_view search = trim(frame.fields.text(kSearchField));
    if (built_revision_ == frame.model.list_revision && searched_ == search) return;
    built_revision_ = frame.model.list_revision;
    if (searched_ != search) scroll_.to_top();
    searched_ = search;
    client::FriendList list = client::build_friend_list(
        frame.model, searched_, frame.wall, offset,
        [&frame](std::string_view name) { return frame.pinyin.spell(name); });
    rows_ = std::move(list.rows);
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(),
                               [](const client::FriendRow& row) { return row.blocked; }),
                rows_.end());
}

bool ForwardUi::draw(Frame& frame, const client::OffsetMinutes& offset) {
    if (!open_) return false;
    refresh_rows(frame, offset);
    float around = search_height(frame) + frame.px(12 + 16 + 44);
    float list_h = frame.px(kRowCss * kRowsShown);
    Dialog dialog(frame, "forward", frame.str(Str::forward_title), kWidthCss, around + list_h,
                  since_ms_);
    Rect place = dialog.content();
    FieldLook look;
    look.id = kSearchField;
    look.kind = platform::FieldKind::kSearch;
    look.label = frame.str(Str::forward_search);
    look.placeholder = look.label;
    if (search_field(frame, dialog.canvas(), {place.x, place.y, place.w, search_height(frame)},
                     look)) {
        frame.fields.set_text(kSearchField, {});
        frame.fields.focus(kSearchField);
    }
    if (frame.now_ms == since_ms_ && !frame.theme.touch) frame.fields.focus(kSearchField);
    float top = place.y + search_height(frame) + frame.px(12);
    Rect buttons = {place.x, place.bottom() - frame.px(44), place.w, frame.px(44)};
    draw_people(frame, dialog,
                {place.x, top, place.w, std::max(1.0f, buttons.y - frame.px(16) - top)});
    bool sent = draw_buttons(frame, dialog, buttons);
    if (sent || dialog.closed()) close(frame.fields);
    return sent;
}

void ForwardUi::draw_people(Frame& frame, Dialog& dialog, Rect view) {
    gfx::Canvas& canvas = dialog.canvas();
    if (rows_.empty()) {
        std::string words = searched_.empty() ? std::string(frame.str(Str::forward_none))
                                              : frame.str(Str::search_none, {{"q", searched_}});
        frame.mirror.leaf(make_node("forward.none", platform::Role::kStatus, words, view));
        canvas.text({std::floor(view.center().x), view.y + frame.px(32)}, frame.theme.small,
                    frame.theme.color.ink2, canvas.cut(frame.theme.small, words, view.w),
                    gfx::HorizontalAlign::kCenter);
        return;
    }
    float height = frame.px(kRowCss);
    scroll_.update(frame, view, height * static_cast<float>(rows_.size()));
    MirrorScope list(frame.mirror, make_node("forward.list", platform::Role::kList,
                                             frame.str(Str::forward_list), view));
    canvas.push_clip(view);
    float y = view.y - scroll_.offset();
    for (const client::FriendRow& row : rows_) {
        Rect rect = {view.x, y, view.w, height};
        // Of a long list only what is near is drawn and can be reached.
        if (rect.bottom() > view.y - view.h && rect.y < view.bottom() + view.h) {
            draw_person(frame, canvas, rect, view, row);
        }
        y += height;
    }
    canvas.pop_clip();
    scroll_.draw_bar(frame, canvas);
}

void ForwardUi::draw_person(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view,
                            const client::FriendRow& row) {
    const Theme& theme = frame.theme;
    bool on = chosen_.count(row.id) > 0;
    std::string key = "forward:" + row.id.text();
    MirrorScope item(frame.mirror, make_node(key + ".item", platform::Role::kListItem, {}, rect));
    platform::MirrorNode node = make_node(key, platform::Role::kCheckbox, row.name, rect);
    node.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    float top = std::max(rect.y, view.y);
    float bottom = std::min(rect.bottom(), view.bottom());
    Touched touched = frame.input.touch(key, {rect.x, top, rect.w, std::max(0.0f, bottom - top)});
    if (touched.ring)
        scroll_.reveal(rect.y - view.y + scroll_.offset(),
                       rect.bottom() - view.y + scroll_.offset());
    if (touched.activated) {
        if (on) {
            chosen_.erase(row.id);
        } else {
            chosen_.insert(row.id);
        }
        frame.animating = true;
    }
    if (touched.hovered) canvas.fill(rect, theme.color.field, frame.px(radius::kRow));
    float middle = rect.center().y;
    draw_check_mark(frame, canvas, {rect.x + frame.px(8 + 11), middle}, on);
    avatar(frame, canvas, {rect.x + frame.px(8 + 22 + 12), std::floor(middle - frame.px(20))}, 40,
           row.initials, row.color, row.avatar);
    float x = rect.x + frame.px(8 + 22 + 12 + 40 + 12);
    canvas.text_cut({x, std::floor(middle - theme.body.line_px / 2)}, theme.body, theme.color.ink,
                    row.name, rect.right() - frame.px(8) - x);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kRow), true);
}

/// True when it goes.
bool ForwardUi::draw_buttons(Frame& frame, Dialog& dialog, Rect line) {
    gfx::Canvas& canvas = dialog.canvas();
    std::string count = number_text(static_cast<std::int64_t>(chosen_.size()));
    std::string label = chosen_.empty() ? std::string(frame.str(Str::forward_go))
                                        : frame.str(Str::forward_go_n, {{"n", count}});
    float width = button_width(frame, canvas, label);
    Rect go = {line.right() - width, line.y, width, line.h};
    std::string_view cancel = frame.str(Str::cancel);
    float cancel_w = button_width(frame, canvas, cancel);
    if (button(frame, canvas, "forward.cancel",
               {go.x - frame.px(12) - cancel_w, line.y, cancel_w, line.h}, ButtonKind::kQuiet,
               cancel)) {
        close(frame.fields);
        return false;
    }
    if (!button(frame, canvas, "forward.go", go, ButtonKind::kPrimary, label,
                {.enabled = !chosen_.empty()})) {
        return false;
    }
    client::ForwardMessages forward;
    forward.conversation = from_;
    forward.seqs = seqs_;
    forward.to.assign(chosen_.begin(), chosen_.end());
    frame.command(std::move(forward));
    return true;
}

}  // namespace kumquat::ui
