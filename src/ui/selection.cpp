#include "ui/selection.h"

#include <cmath>

#include "ui/controls.h"

namespace kumquat::ui {

namespace {

constexpr float kMarkCss = 22;

struct BarButton {
    SelectionUse use = SelectionUse::kNone;
    gfx::Icon icon = gfx::Icon::kClose;
    Str name = Str::cancel;
    const char* key = "";
};

// From the right edge on.
constexpr BarButton kButtons[] = {
    {SelectionUse::kCancel, gfx::Icon::kClose, Str::select_cancel, "select.cancel"},
    {SelectionUse::kDelete, gfx::Icon::kTrash, Str::msg_delete, "select.delete"},
    {SelectionUse::kCopy, gfx::Icon::kCopy, Str::msg_copy, "select.copy"},
    {SelectionUse::kForward, gfx::Icon::kForward, Str::msg_forward, "select.forward"},
};

std::string words_of(const Frame& frame, const client::TimelineRow& row) {
    switch (row.body_kind) {
        case client::BodyKind::kText:
            return row.body->content;
        case client::BodyKind::kPicture:
            return std::string(frame.str(Str::preview_image));
        case client::BodyKind::kUnsupported:
            break;
    }
    return std::string(frame.str(Str::preview_other));
}

}  // namespace

void Selection::begin(const client::TimelineRow& row) {
    rows_.clear();
    active_ = true;
    toggle(row);
}

void Selection::toggle(const client::TimelineRow& row) {
    if (!row.seq) return;
    if (rows_.erase(row.seq) == 0) rows_.emplace(row.seq, row);
}

void Selection::end() {
    active_ = false;
    rows_.clear();
}

std::vector<Seq> Selection::seqs() const {
    std::vector<Seq> all;
    all.reserve(rows_.size());
    for (const auto& row : rows_)
        all.push_back(row.first);
    return all;
}

std::string Selection::text(const Frame& frame, const std::string& peer_name) const {
    std::string_view tag = language_tag(frame.lang);
    const proto::Profile& me = frame.model.me;
    const std::string& my_name = me.nick.empty() ? me.user_id.text() : me.nick;
    std::string all;
    for (const auto& chosen : rows_) {
        const client::TimelineRow& row = chosen.second;
        TimeMs time = row.time.value_or(TimeMs());
        if (!all.empty()) all += '\n';
        all += frame.dates.format(time, platform::DateForm::kFullDate, tag) + " " +
               frame.dates.format(time, platform::DateForm::kTime, tag) + "  ";
        all += frame.str(Str::msg_new_a11y,
                         {{"name", row.own ? my_name : peer_name}, {"text", words_of(frame, row)}});
    }
    return all;
}

void draw_check_mark(Frame& frame, gfx::Canvas& canvas, Point middle, bool on) {
    const Palette& color = frame.theme.color;
    float size = frame.px(kMarkCss);
    Rect rect = {std::floor(middle.x - size / 2), std::floor(middle.y - size / 2), size, size};
    if (on) {
        canvas.disc(rect.center(), size / 2, color.accent);
        canvas.icon(gfx::Icon::kCheck, rect.center(), frame.px(16), color.on_accent);
    } else {
        canvas.outline(rect, color.edge, frame.px(2), size / 2);
    }
}

bool draw_check(Frame& frame, gfx::Canvas& canvas, Rect band, std::string_view key,
                std::string_view name, bool on) {
    Touched touched = frame.input.touch(key, band);
    platform::MirrorNode node = make_node(key, platform::Role::kCheckbox, name, band);
    node.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
    node.focusable = true;
    frame.mirror.leaf(std::move(node));
    if (touched.hovered || on) {
        canvas.fill(band, touched.hovered ? frame.theme.color.field : frame.theme.color.accent_soft,
                    frame.px(radius::kRow));
    }
    draw_check_mark(frame, canvas, {band.x + frame.px(kMarkCss / 2 + 4), band.center().y}, on);
    if (touched.ring) focus_ring(frame, canvas, band, frame.px(radius::kRow), true);
    return touched.activated;
}

SelectionUse draw_selection_bar(Frame& frame, gfx::Canvas& canvas, Rect pill, std::size_t count) {
    const Theme& theme = frame.theme;
    MirrorScope scope(frame.mirror, make_node("select", platform::Role::kGroup,
                                              frame.str(Str::select_bar), pill));
    canvas.fill(pill, theme.color.field, pill.h / 2);
    if (theme.forced) canvas.outline(pill, theme.color.edge, frame.px(1), pill.h / 2);
    std::string number = number_text(static_cast<std::int64_t>(count));
    std::string words = frame.str(Str::select_count, {{"n", number}});
    Rect line = {pill.x + frame.px(20), std::floor(pill.center().y - theme.body.line_px / 2), 0,
                 theme.body.line_px};
    float size = theme.measure(40, 44);
    float x = pill.right() - std::floor((pill.h - size) / 2) - size;
    SelectionUse used = SelectionUse::kNone;
    for (const BarButton& button : kButtons) {
        Rect rect = {x, std::floor(pill.center().y - size / 2), size, size};
        x -= size;
        IconButtonOptions options;
        options.enabled = count > 0 || button.use == SelectionUse::kCancel;
        if (icon_button(frame, canvas, button.key, rect, button.icon, frame.str(button.name),
                        options)) {
            used = button.use;
        }
    }
    line.w = x + size - frame.px(8) - line.x;
    canvas.text_cut({line.x, line.y}, theme.body_bold, theme.color.ink, words, line.w);
    frame.mirror.leaf(make_node("select.count", platform::Role::kStatus, words, line));
    return used;
}

}  // namespace kumquat::ui
