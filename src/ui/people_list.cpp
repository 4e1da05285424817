#include "ui/people_list.h"

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

constexpr float kRowCss = 56;
constexpr float kRowsShown = 6;

float search_height(const Frame& frame) {
    return frame.theme.measure(40, 44);
}

}  // namespace

PeopleList::PeopleList(std::string_view key, Choice choice, Str none)
    : key_(key), field_(key_ + ".search"), choice_(choice), none_(none) {}

void PeopleList::forget(platform::TextFields& fields) const {
    fields.forget(field_);
}

float PeopleList::height(const Frame& frame) {
    return search_height(frame) + frame.px(12) + frame.px(kRowCss * kRowsShown);
}

void PeopleList::refresh_rows(Frame& frame, const client::OffsetMinutes& offset,
                              const Test& left_out) {
    std::string_view search = trim(frame.fields.text(field_));
    if (built_revision_ == frame.model.list_revision && searched_ == search) return;
    built_revision_ = frame.model.list_revision;
    if (searched_ != search) scroll_.to_top();
    searched_ = search;
    client::FriendList list = client::build_friend_list(
        frame.model, searched_, frame.wall, offset,
        [&frame](std::string_view name) { return frame.pinyin.spell(name); });
    rows_ = std::move(list.rows);
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(), left_out), rows_.end());
}

ConversationId PeopleList::draw(Frame& frame, Dialog& dialog, Rect place, bool opened,
                                const client::OffsetMinutes& offset, const Test& left_out,
                                const Test& chosen) {
    refresh_rows(frame, offset, left_out);
    gfx::Canvas& canvas = dialog.canvas();
    FieldLook look;
    look.id = field_;
    look.kind = platform::FieldKind::kSearch;
    look.label = frame.str(Str::people_search);
    look.placeholder = look.label;
    if (search_field(frame, canvas, {place.x, place.y, place.w, search_height(frame)}, look)) {
        frame.fields.set_text(field_, {});
        frame.fields.focus(field_);
    }
    if (opened && !frame.theme.touch) frame.fields.focus(field_);
    float top = place.y + search_height(frame) + frame.px(12);
    Rect view = {place.x, top, place.w, std::max(1.0f, place.bottom() - top)};
    if (rows_.empty()) {
        std::string words = searched_.empty() ? std::string(frame.str(none_))
                                              : frame.str(Str::search_none, {{"q", searched_}});
        frame.mirror.leaf(make_node(key_ + ".none", platform::Role::kStatus, words, view));
        canvas.text({std::floor(view.center().x), view.y + frame.px(32)}, frame.theme.small,
                    frame.theme.color.ink2, canvas.cut(frame.theme.small, words, view.w),
                    gfx::HorizontalAlign::kCenter);
        return {};
    }
    float height = frame.px(kRowCss);
    scroll_.update(frame, view, height * static_cast<float>(rows_.size()));
    MirrorScope list(frame.mirror, make_node(key_ + ".list", platform::Role::kList,
                                             frame.str(Str::people_list), view));
    ConversationId used;
    canvas.push_clip(view);
    float y = view.y - scroll_.offset();
    for (const client::FriendRow& row : rows_) {
        Rect rect = {view.x, y, view.w, height};
        // Of a long list only what is near is drawn and can be reached.
        if (rect.bottom() > view.y - view.h && rect.y < view.bottom() + view.h &&
            draw_person(frame, canvas, rect, view, row, chosen(row))) {
            used = row.id;
        }
        y += height;
    }
    canvas.pop_clip();
    scroll_.draw_bar(frame, canvas);
    return used;
}

bool PeopleList::draw_person(Frame& frame, gfx::Canvas& canvas, Rect rect, Rect view,
                             const client::FriendRow& row, bool on) {
    const Theme& theme = frame.theme;
    bool many = choice_ == Choice::kMany;
    std::string key = key_ + ":" + row.id.text();
    MirrorScope item(frame.mirror, make_node(key + ".item", platform::Role::kListItem, {}, rect));
    platform::MirrorNode node =
        make_node(key, many ? platform::Role::kCheckbox : platform::Role::kButton, row.name, rect);
    platform::Tri state = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    (many ? node.checked : node.pressed) = state;
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    float top = std::max(rect.y, view.y);
    float bottom = std::min(rect.bottom(), view.bottom());
    Touched touched = frame.input.touch(key, {rect.x, top, rect.w, std::max(0.0f, bottom - top)});
    if (touched.ring)
        scroll_.reveal(rect.y - view.y + scroll_.offset(),
                       rect.bottom() - view.y + scroll_.offset());
    if (touched.activated) frame.animating = true;
    if (touched.hovered || (on && !many))
        canvas.fill(rect, theme.color.field, frame.px(radius::kRow));
    float middle = rect.center().y;
    float x = rect.x + frame.px(8);
    if (many) {
        draw_check_mark(frame, canvas, {x + frame.px(11), middle}, on);
        x += frame.px(22 + 12);
    }
    avatar(frame, canvas, {x, std::floor(middle - frame.px(20))}, 40, row.initials, row.color,
           row.avatar);
    x += frame.px(40 + 12);
    canvas.text_cut({x, std::floor(middle - theme.body.line_px / 2)}, theme.body, theme.color.ink,
                    row.name, rect.right() - frame.px(8) - x);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kRow), true);
    return touched.activated;
}

}  // namespace kumquat::ui
