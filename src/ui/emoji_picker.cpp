#include "ui/emoji_picker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "ui/controls.h"
#include "ui/field_control.h"
#include "ui/pieces.h"
#include "ui/user_id.h"

namespace kumquat::ui {

namespace {

constexpr float kWidthCss = 344;
constexpr float kHeightCss = 360;
constexpr float kPaddingCss = 12;
constexpr float kGapCss = 8;
constexpr float kGlyphCss = 24;
constexpr float kSignCss = 20;
constexpr float kBarCss = 44;
constexpr float kHeadingCss = 28;
/// Until a keyboard has shown how high it is.
constexpr float kKeyboardCss = 300;
/// Less than this is an address bar that went or came.
constexpr float kKeyboardMinCss = 120;
constexpr std::size_t kRecentMax = 16;
/// Before anybody has chosen one.
constexpr std::string_view kFirst =
    "😀 😂 🥰 😊 😭 😘 👍 🙏 🎉 ❤️ 🔥 👏 🤔 😅 😎 💪";
constexpr std::string_view kCell = "emoji:";
constexpr std::string_view kRecentCell = "emoji.recent:";

std::vector<std::string> recent_of(std::string_view kept) {
    std::vector<std::string> all;
    for (std::string_view rest : {kept, kFirst}) {
        while (!rest.empty() && all.size() < kRecentMax) {
            std::size_t end = std::min(rest.find(' '), rest.size());
            std::string one(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end())
                all.push_back(std::move(one));
        }
    }
    return all;
}

void draw_glyph(gfx::Canvas& canvas, Rect cell, float size, std::string_view emoji) {
    float width = canvas.emoji_width(size, emoji);
    canvas.emoji({std::floor(cell.center().x - width / 2), std::floor(cell.center().y - size / 2)},
                 size, emoji);
}

}  // namespace

// --- Open and closed ---

void EmojiPicker::draw_button(Frame& frame, gfx::Canvas& canvas, Rect rect,
                              const std::string& text_field) {
    bool used =
        icon_button(frame, canvas, kButton, rect, gfx::Icon::kSmile, frame.str(Str::chat_emoji),
                    {.expanded = open_ ? platform::Tri::kTrue : platform::Tri::kFalse});
    if (!used) return;
    frame.animating = true;
    if (!open_) return open(frame, text_field);
    close(frame.fields);
    if (!frame.environment.coarse_pointer) frame.fields.focus(text_field);
}

void EmojiPicker::open(Frame& frame, const std::string& text_field) {
    open_ = true;
    sent_ = first_wanted_ = false;
    field_ = text_field;
    recent_ = recent_of(frame.preferences.recent_emoji);
    words_.clear();
    cursor_ = 0;
    area_.to_top();
    want_list(frame);
    text_focused_ = frame.fields.focused() == text_field;
    if (!frame.environment.coarse_pointer) {
        frame.fields.focus(kSearch);
    } else if (text_focused_) {
        // The keyboard goes: its place is taken.
        frame.actions.emplace_back(FocusNode{std::string(kButton)});
    }
}

void EmojiPicker::close(platform::TextFields& fields) {
    if (!open_) return;
    open_ = false;
    menu_.close();
    fields.forget(kSearch);
}

void EmojiPicker::want_list(Frame& frame) {
    if (data_ == Data::kReady || data_ == Data::kLoading) return;
    data_ = Data::kLoading;
    frame.actions.emplace_back(LoadEmoji{});
}

void EmojiPicker::on_loaded(const std::optional<std::string>& file) {
    data_ = Data::kFailed;
    if (!file) return;
    Result<client::EmojiList> list = client::EmojiList::parse(*file);
    if (!list) return;
    list_ = *std::move(list);
    data_ = Data::kReady;
    // What was typed meanwhile is looked for now.
    words_.clear();
}

void EmojiPicker::follow_window(const Frame& frame) {
    const Rect& window = frame.layout.window;
    if (window.w != std::exchange(width_, window.w)) tallest_ = keyboard_ = 0;
    tallest_ = std::max(tallest_, window.h);
    if (tallest_ - window.h > frame.px(kKeyboardMinCss)) keyboard_ = tallest_ - window.h;
}

float EmojiPicker::docked_height(const Frame& frame) const {
    const Rect& window = frame.layout.window;
    if (!open_ || !frame.layout.phone) return 0;
    float wanted = keyboard_ > 0 ? keyboard_ : frame.px(kKeyboardCss);
    return std::floor(std::min(wanted, window.h * 0.55f));
}

// --- What is shown ---

void EmojiPicker::follow_search(Frame& frame) {
    std::string_view words = trim(frame.fields.text(kSearch));
    if (words == words_) return;
    words_ = words;
    found_ = list_.search(words_, frame.lang == Lang::kChinese);
    cursor_ = 0;
    area_.to_top();
}

void EmojiPicker::add_section(Frame& frame, Section section) {
    if (section.count == 0) return;
    section.first = cells();
    section.top = content_;
    section.rows_top = content_ + (section.title.empty() ? 0 : frame.px(kHeadingCss));
    std::size_t rows = (section.count + columns_ - 1) / columns_;
    content_ = section.rows_top + static_cast<float>(rows) * cell_.y;
    sections_.push_back(section);
}

/// In cells of equal width, as many as there is room for.
void EmojiPicker::lay_out(Frame& frame, float width) {
    float least = frame.theme.measure(40, 44);
    columns_ = static_cast<std::size_t>(std::max(1.0f, width / least));
    cell_ = {std::floor(width / static_cast<float>(columns_)), least};
    left_ = std::floor((width - cell_.x * static_cast<float>(columns_)) / 2);
    sections_.clear();
    content_ = 0;
    bool chinese = frame.lang == Lang::kChinese;
    if (!words_.empty() && data_ == Data::kReady) {
        Section found;
        found.count = found_.size();
        add_section(frame, found);
    } else {
        Section recent;
        recent.title = frame.str(Str::emoji_recent);
        recent.count = recent_.size();
        recent.recent = true;
        add_section(frame, recent);
        for (const client::EmojiGroup& group : list_.groups()) {
            Section section;
            section.title = group.name.in(chinese);
            section.begin = group.begin;
            section.count = group.end - group.begin;
            add_section(frame, section);
        }
    }
    if (cells() > 0) cursor_ = std::min(cursor_, cells() - 1);
}

std::size_t EmojiPicker::cells() const {
    return sections_.empty() ? 0 : sections_.back().first + sections_.back().count;
}

const EmojiPicker::Section& EmojiPicker::section_of(std::size_t cell) const {
    std::size_t i = sections_.size() - 1;
    while (sections_[i].first > cell)
        --i;
    return sections_[i];
}

/// Null: the list is not there, or does not have it.
const client::Emoji* EmojiPicker::known_at(std::size_t cell) const {
    const Section& section = section_of(cell);
    std::size_t i = cell - section.first;
    if (section.recent) return list_.find(recent_[i]);
    return &list_.all()[section.title.empty() ? found_[i] : section.begin + i];
}

std::string_view EmojiPicker::emoji_at(std::size_t cell) const {
    const Section& section = section_of(cell);
    return section.recent ? recent_[cell - section.first] : known_at(cell)->text;
}

std::string EmojiPicker::key_at(std::size_t cell) const {
    return std::string(section_of(cell).recent ? kRecentCell : kCell) + std::string(emoji_at(cell));
}

/// In the scrolled content.
Rect EmojiPicker::rect_at(std::size_t cell) const {
    const Section& section = section_of(cell);
    std::size_t i = cell - section.first;
    return {left_ + static_cast<float>(i % columns_) * cell_.x,
            section.rows_top + static_cast<float>(i / columns_) * cell_.y, cell_.x, cell_.y};
}

std::size_t EmojiPicker::beside(std::size_t cell, bool down) const {
    const Section& section = section_of(cell);
    std::size_t i = cell - section.first;
    std::size_t column = i % columns_;
    if (down) {
        std::size_t row = i - column + columns_;
        if (row < section.count) return section.first + std::min(row + column, section.count - 1);
        std::size_t next = section.first + section.count;
        if (next == cells()) return cell;
        return next + std::min(column, section_of(next).count - 1);
    }
    if (i >= columns_) return cell - columns_;
    if (section.first == 0) return cell;
    const Section& above = section_of(section.first - 1);
    std::size_t row = (above.count - 1) / columns_ * columns_;
    return above.first + std::min(row + column, above.count - 1);
}

// --- Keys ---

bool EmojiPicker::on_key(std::string_view key, const platform::KeyEvent& event,
                         std::string* focus) {
    if (menu_.on_key(key, event, focus)) return true;
    bool in_grid =
        key.substr(0, kCell.size()) == kCell || key.substr(0, kRecentCell.size()) == kRecentCell;
    bool search = key == kSearch;
    if (!open_ || cells() == 0 || (!in_grid && !search)) return false;
    std::size_t page = static_cast<std::size_t>(std::max(1.0f, view_.h / cell_.y - 1));
    std::size_t to = cursor_;
    switch (event.key) {
        case platform::Key::kDown:
            to = search ? 0 : beside(cursor_, true);
            break;
        case platform::Key::kUp:
            to = beside(cursor_, false);
            // Above the first row is the search.
            if (to == cursor_) *focus = kSearch;
            break;
        case platform::Key::kLeft:
            to -= to > 0 ? 1 : 0;
            break;
        case platform::Key::kRight:
            ++to;
            break;
        case platform::Key::kHome:
            to = 0;
            break;
        case platform::Key::kEnd:
            to = cells() - 1;
            break;
        case platform::Key::kPageUp:
        case platform::Key::kPageDown:
            for (std::size_t i = 0; i < page; ++i)
                to = beside(to, event.key == platform::Key::kPageDown);
            break;
        default:
            return false;
    }
    if (search && event.key != platform::Key::kDown) return false;
    cursor_ = std::min(to, cells() - 1);
    reveal_ = true;
    if (focus->empty()) *focus = key_at(cursor_);
    return true;
}

// --- Drawing ---

void EmojiPicker::choose(Frame& frame, std::string_view emoji) {
    frame.actions.emplace_back(InsertText{field_, std::string(emoji)});
    Preferences next = frame.preferences;
    std::string all(emoji);
    for (const std::string& one : recent_of(all + " " + next.recent_emoji)) {
        if (one != emoji) all += " " + one;
    }
    next.recent_emoji = std::move(all);
    frame.actions.emplace_back(SetPreferences{std::move(next)});
    frame.animating = true;
}

void EmojiPicker::draw(Frame& frame, gfx::Canvas& outside, Rect pill, Rect area,
                       const std::string& text_field) {
    if (!open_) return;
    bool text_focused = frame.fields.focused() == text_field;
    bool was_focused = std::exchange(text_focused_, text_focused);
    bool wants_keyboard = text_focused && !was_focused;
    bool coarse = frame.environment.coarse_pointer;
    bool docked = frame.layout.phone;
    float gap = frame.px(kGapCss);
    const Layout& layout = frame.layout;
    Rect panel = {pill.x, 0, frame.px(kWidthCss), frame.px(kHeightCss)};
    if (docked) {
        panel = {layout.safe.x, 0, layout.safe.w, docked_height(frame)};
        panel.y = area.bottom() - panel.h;
        // It was opened in this frame: the composer makes room in the next.
        if (pill.bottom() > panel.y) return;
    } else {
        // Over a header rather than without room for a single row.
        panel.h = std::clamp(pill.y - 2 * gap - layout.chat.y, frame.px(200), panel.h);
        panel.y = pill.y - gap - panel.h;
    }
    const ImGuiIO& io = ImGui::GetIO();
    Point pressed = {io.MousePos.x, io.MousePos.y};
    bool left = !docked && io.MouseClicked[0] && !menu_.is_open() && !panel.contains(pressed) &&
                !pill.contains(pressed);
    bool hidden = frame.covered && !menu_.is_open();
    if (left || hidden || field_ != text_field || (coarse ? wants_keyboard : sent_)) {
        close(frame.fields);
        frame.animating = true;
        return;
    }
    sent_ = false;
    const Theme& theme = frame.theme;
    float corner = docked ? 0 : frame.px(radius::kBubble);
    // The shadow is the pane's to draw: the panel's own window ends at its edge.
    if (!docked) draw_elevation(outside, theme, panel, corner, Elevation::kE3);
    Surface surface(frame, "emoji", panel, Surface::Kind::kOverlay);
    gfx::Canvas& canvas = surface.canvas();
    canvas.fill(panel, theme.dark && !docked ? theme.color.raised : theme.color.pane, corner);
    if (theme.forced) canvas.outline(panel, theme.color.edge, frame.px(1), corner);
    if (docked) canvas.fill({panel.x, panel.y, panel.w, frame.px(1)}, theme.color.line);
    MirrorScope group(frame.mirror, make_node("emoji", platform::Role::kGroup,
                                              frame.str(Str::chat_emoji), panel));
    float padding = frame.px(docked ? 8 : kPaddingCss);
    FieldLook look;
    look.id = kSearch;
    look.kind = platform::FieldKind::kSearch;
    look.label = look.placeholder = frame.str(Str::emoji_search);
    Rect search = {panel.x + padding, panel.y + padding, panel.w - 2 * padding,
                   theme.measure(40, 44)};
    if (search_field(frame, canvas, search, look)) {
        frame.fields.set_text(kSearch, {});
        frame.fields.focus(kSearch);
    }
    follow_search(frame);
    Rect bar = {docked ? panel.x : search.x, panel.bottom() - frame.px(kBarCss),
                docked ? panel.w : search.w, frame.px(kBarCss)};
    left_ = 0;
    lay_out(frame, search.w);
    view_ = {panel.x, search.bottom() + gap, panel.w, bar.y - search.bottom() - gap};
    left_ += search.x;
    draw_grid(frame, canvas, view_);
    draw_bar(frame, canvas, bar);
    if (std::exchange(first_wanted_, false) && !words_.empty() && cells() > 0) {
        choose(frame, emoji_at(0));
    }
}

void EmojiPicker::draw_grid(Frame& frame, gfx::Canvas& canvas, Rect view) {
    // Something is said below what is there already.
    float state = data_ == Data::kReady ? 0 : frame.px(120);
    area_.update(frame, view, content_ + state);
    if (std::exchange(reveal_, false)) {
        Rect cell = rect_at(cursor_);
        bool first = cell.y == section_of(cursor_).rows_top;
        area_.reveal(first ? section_of(cursor_).top : cell.y, cell.bottom());
    }
    // Dear ImGui's own clip, so that what is out of sight is out of reach, too.
    ImGui::PushClipRect({view.x, view.y}, {view.right(), view.bottom()}, true);
    for (const Section& section : sections_)
        draw_section(frame, canvas, section);
    draw_state(frame, canvas, view);
    ImGui::PopClipRect();
    area_.draw_bar(frame, canvas);
}

void EmojiPicker::draw_section(Frame& frame, gfx::Canvas& canvas, const Section& section) {
    float up = area_.offset() - view_.y;
    float seen = area_.offset() + view_.h;
    std::size_t end = section.first + section.count;
    bool holds_cursor = cursor_ >= section.first && cursor_ < end;
    bool near_by = section.top < seen && rect_at(end - 1).bottom() > area_.offset();
    // Tab reaches the cursor's cell wherever it is.
    if (!near_by && !holds_cursor) return;
    const Theme& theme = frame.theme;
    std::string key = "emoji.group:" + number_text(static_cast<std::int64_t>(section.begin)) +
                      (section.recent ? "r" : "");
    MirrorScope scope(frame.mirror, make_node(key, platform::Role::kGroup, section.title));
    if (!section.title.empty() && section.rows_top > area_.offset()) {
        canvas.text({left_ + frame.px(4), std::floor(section.top - up + frame.px(kHeadingCss) / 2 -
                                                     theme.caption.line_px / 2)},
                    theme.caption_bold, theme.color.ink2, section.title);
    }
    // Whole rows, from the first that is seen in part to the last.
    float above = std::max(0.0f, std::floor((area_.offset() - section.rows_top) / cell_.y));
    float below = std::max(0.0f, std::ceil((seen - section.rows_top) / cell_.y));
    std::size_t from = section.first + static_cast<std::size_t>(above) * columns_;
    std::size_t to = std::min(end, section.first + static_cast<std::size_t>(below) * columns_);
    if (holds_cursor && cursor_ < from) draw_cell(frame, canvas, cursor_);
    for (std::size_t cell = from; cell < to; ++cell)
        draw_cell(frame, canvas, cell);
    if (holds_cursor && cursor_ >= std::max(from, to)) draw_cell(frame, canvas, cursor_);
}

void EmojiPicker::draw_cell(Frame& frame, gfx::Canvas& canvas, std::size_t cell) {
    const Theme& theme = frame.theme;
    Rect rect = rect_at(cell);
    rect.y += view_.y - area_.offset();
    bool seen = rect.bottom() > view_.y && rect.y < view_.bottom();
    std::string_view emoji = emoji_at(cell);
    std::string key = key_at(cell);
    const client::Emoji* known = known_at(cell);
    bool chinese = frame.lang == Lang::kChinese;
    std::string name =
        known != nullptr ? std::string(known->name.in(chinese)) : list_.name_of(emoji, chinese);
    bool tones = known != nullptr && !known->light.empty();
    platform::MirrorNode node = make_node(key, platform::Role::kButton, name);
    if (seen) {
        float top = std::max(rect.y, view_.y);
        node.rect = {rect.x, top, rect.w, std::min(rect.bottom(), view_.bottom()) - top};
    }
    node.focusable = cell == cursor_;
    node.focusable_by_code = true;
    node.has_popup = tones;
    frame.mirror.leaf(std::move(node));
    Touched touched = frame.input.touch_row(key, rect, frame.now_ms);
    if (touched.focused) cursor_ = cell;
    if (touched.activated) choose(frame, emoji);
    if (touched.menu && tones) {
        menu_for_ = emoji;
        menu_.open(key, rect, frame.now_ms);
    }
    if (!seen) return;
    // After a tap the finger is elsewhere.
    bool hovered = touched.hovered && (!theme.touch || touched.pressed);
    if (hovered || touched.ring) {
        canvas.fill(rect, touched.pressed ? theme.color.field_press : theme.color.field,
                    frame.px(radius::kField));
    }
    draw_glyph(canvas, rect, frame.px(kGlyphCss), emoji);
    if (touched.ring) focus_ring(frame, canvas, rect, frame.px(radius::kField), true);
    if (touched.hovered && name != emoji) {
        frame.input.want_tooltip(key, name, rect, frame.now_ms);
    }
}

/// What is not as it should be: the list is on its way, or did not come; or nothing was found.
void EmojiPicker::draw_state(Frame& frame, gfx::Canvas& canvas, Rect view) {
    bool none = data_ == Data::kReady && cells() == 0;
    if (data_ == Data::kReady && !none) return;
    const Theme& theme = frame.theme;
    std::string_view words = frame.str(none                     ? Str::emoji_none
                                       : data_ == Data::kFailed ? Str::emoji_failed
                                                                : Str::emoji_loading);
    Rect line = {view.x, view.y + content_ - area_.offset() + frame.px(16), view.w,
                 theme.small.line_px};
    canvas.text_in(line, theme.small, theme.color.ink2, words);
    platform::MirrorNode node = make_node("emoji.state", platform::Role::kStatus, words, line);
    node.busy = data_ == Data::kLoading;
    frame.mirror.leaf(std::move(node));
    Point below = {line.center().x, line.bottom() + frame.px(28)};
    if (data_ == Data::kLoading) {
        busy_ring(frame, canvas, below, 20, theme.color.ink2);
    } else if (data_ == Data::kFailed) {
        std::string_view retry = frame.str(Str::msg_retry);
        float width = button_width(frame, canvas, retry, true);
        float height = theme.measure(36, 44);
        if (button(frame, canvas, "emoji.retry",
                   {std::floor(below.x - width / 2), line.bottom() + frame.px(10), width, height},
                   ButtonKind::kCard, retry, {.small = true})) {
            want_list(frame);
            frame.animating = true;
        }
    }
}

void EmojiPicker::draw_bar(Frame& frame, gfx::Canvas& canvas, Rect bar) {
    const Theme& theme = frame.theme;
    if (list_.empty()) return;
    canvas.fill({bar.x, bar.y, bar.w, frame.px(1)}, theme.color.line);
    std::size_t count = list_.groups().size() + 1;
    bool searching = !words_.empty();
    std::size_t shown = 0;
    while (!searching && shown + 1 < sections_.size() &&
           sections_[shown + 1].top <= area_.offset() + frame.px(1))
        ++shown;
    float width = bar.w / static_cast<float>(count);
    float least = theme.measure(0, 44);
    if (width < least) {
        // Half a tab at the edge says that there are more.
        width = bar.w / (std::floor(bar.w / least - 0.5f) + 0.5f);
        tabs_offset_ += tabs_drag_.step(frame, bar, true);
    }
    auto reveal = [&](std::size_t tab) {
        float left = static_cast<float>(tab) * width;
        tabs_offset_ = std::clamp(tabs_offset_, left + width - bar.w, left);
    };
    if (std::exchange(tab_shown_, shown) != shown) reveal(shown);
    tabs_offset_ =
        std::clamp(tabs_offset_, 0.0f, std::max(0.0f, static_cast<float>(count) * width - bar.w));
    ImGui::PushClipRect({bar.x, bar.y}, {bar.right(), bar.bottom()}, true);
    std::size_t wanted = count;
    for (std::size_t i = 0; i < count; ++i) {
        Rect target = {std::floor(bar.x + static_cast<float>(i) * width - tabs_offset_), bar.y,
                       std::floor(width), bar.h};
        Rect rect = {target.x, target.y + frame.px(4), target.w, target.h - frame.px(8)};
        std::string key = "emoji.go:" + number_text(static_cast<std::int64_t>(i));
        std::string_view name = i == 0
                                    ? frame.str(Str::emoji_recent)
                                    : list_.groups()[i - 1].name.in(frame.lang == Lang::kChinese);
        Touched touched = frame.input.touch(key, target);
        bool on = !searching && i == shown;
        platform::MirrorNode node = make_node(key, platform::Role::kButton, name, target);
        node.focusable = true;
        node.current = on;
        frame.mirror.leaf(std::move(node));
        float corner = frame.px(radius::kField - 2);
        if (on || (touched.hovered && !theme.touch)) {
            canvas.fill(rect, on ? theme.color.accent_soft : theme.color.field, corner);
        }
        if (i == 0) {
            canvas.icon(gfx::Icon::kSending, rect.center(), frame.px(36),
                        on ? theme.color.accent_text : theme.color.ink2);
        } else {
            draw_glyph(canvas, rect, frame.px(kSignCss), list_.groups()[i - 1].sign);
        }
        if (on) {
            float inset = frame.px(8);
            canvas.fill(
                {rect.x + inset, bar.bottom() - frame.px(3), rect.w - 2 * inset, frame.px(2)},
                theme.color.accent_text, frame.px(1));
        }
        if (touched.ring) focus_ring(frame, canvas, rect, corner, true);
        if (touched.hovered) frame.input.want_tooltip(key, name, rect, frame.now_ms);
        if (touched.activated) wanted = i;
        bool cut = target.x < bar.x || target.right() > bar.right();
        if (touched.ring && cut) {
            reveal(i);
            frame.animating = true;
        }
    }
    ImGui::PopClipRect();
    if (wanted == count) return;
    if (searching) {
        frame.fields.set_text(kSearch, {});
        follow_search(frame);
        lay_out(frame, bar.w);
    }
    cursor_ = sections_[wanted].first;
    area_.to_top();
    area_.update(frame, view_, content_);
    area_.reveal(sections_[wanted].top, sections_[wanted].top + view_.h);
    frame.animating = true;
}

void EmojiPicker::draw_menu(Frame& frame) {
    const client::Emoji* emoji = list_.find(menu_for_);
    if (!menu_.is_open() || emoji == nullptr) return menu_.close();
    bool chinese = frame.lang == Lang::kChinese;
    std::vector<std::string> all{std::string(emoji->text)};
    for (std::size_t tone = 0; tone < list_.tones().size(); ++tone)
        all.push_back(client::toned_emoji(*emoji, tone));
    std::vector<std::string> names;
    for (const std::string& one : all)
        names.push_back(list_.name_of(one, chinese));
    std::vector<MenuItem> items(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        items[i].emoji = all[i];
        items[i].label = names[i];
    }
    int used = menu_.draw(frame, frame.str(Str::emoji_tones), items.data(),
                          static_cast<int>(items.size()));
    if (used >= 0) choose(frame, all[static_cast<std::size_t>(used)]);
}

}  // namespace kumquat::ui
