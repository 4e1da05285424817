#include "ui/picture_bubble.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "gfx/picture_cache.h"
#include "ui/controls.h"

namespace kumquat::ui {

namespace {

// The same in both themes: they lie on pictures.
constexpr Color kChip = {20, 14, 8, 158};
constexpr Color kVeil = {20, 14, 8, 110};
constexpr Color kTrack = {255, 255, 255, 71};
constexpr Color kArc = Color::rgb(0xFF9F40);
constexpr Color kOnPicture = Color::rgb(0xFFFFFF);
constexpr Color kReadOnPicture = Color::rgb(0x8FD497);
constexpr float kRingCss = 56;

bool is_uploading(const client::TimelineRow& row) {
    bool unsent =
        row.state == client::MessageState::kQueued || row.state == client::MessageState::kUploading;
    return unsent && row.picture.has_value();
}

Rect ring_rect(const Frame& frame, Rect bubble) {
    float size = frame.px(kRingCss);
    return {std::floor(bubble.center().x - size / 2), std::floor(bubble.center().y - size / 2),
            size, size};
}

/// "1.8 / 2.7 MB", "34 / 120 KB".
std::string bytes_words(std::int64_t sent, std::int64_t total) {
    constexpr std::int64_t kKilo = 1000;
    constexpr std::int64_t kMega = 1000 * 1000;
    if (total < kMega) {
        return number_text(sent / kKilo) + " / " +
               number_text(std::max<std::int64_t>(1, total / kKilo)) + " KB";
    }
    auto tenths = [](std::int64_t bytes) {
        std::int64_t count = bytes / (kMega / 10);
        return number_text(count / 10) + "." + number_text(count % 10);
    };
    return tenths(sent) + " / " + tenths(total) + " MB";
}

/// A dark pill on the picture; `left`, `top` is its corner. Returns where words begin.
Rect chip_rect(const Frame& frame, float left, float top, float width) {
    return {left, top, width, frame.px(22)};
}

void draw_words_chip(Frame& frame, gfx::Canvas& canvas, Rect chip, std::string_view words) {
    canvas.fill(chip, kChip, chip.h / 2);
    canvas.text_in(chip, frame.theme.caption_digits, kOnPicture, words);
}

float words_chip_width(Frame& frame, gfx::Canvas& canvas, std::string_view words) {
    return std::ceil(canvas.text_width(frame.theme.caption_digits, words)) + 2 * frame.px(8);
}

/// Time and state at the lower right.
void draw_time_chip(Frame& frame, gfx::Canvas& canvas, const MessageShape& shape,
                    const client::TimelineRow& row, Rect bubble) {
    float width = shape.meta_width + 2 * frame.px(8);
    Rect chip = chip_rect(frame, bubble.right() - frame.px(8) - width,
                          bubble.bottom() - frame.px(8) - frame.px(22), width);
    canvas.fill(chip, kChip, chip.h / 2);
    float line_top = std::floor(chip.center().y - frame.theme.caption.line_px / 2);
    draw_meta(frame, canvas,
              {chip.x + frame.px(8), gfx::Canvas::baseline_of(line_top, frame.theme.caption)},
              shape, row, {kOnPicture, kReadOnPicture});
}

void draw_ring(Frame& frame, gfx::Canvas& canvas, const client::TimelineRow& row, Rect ring,
               const Touched& touched) {
    Point middle = ring.center();
    float unit = frame.theme.pixel_ratio;
    canvas.disc(middle, ring.w / 2, touched.hovered ? kChip.faded(1.2f) : kChip);
    bool failed = row.state == client::MessageState::kFailed;
    if (failed) {
        canvas.icon(gfx::Icon::kRetry, middle, frame.px(24), kOnPicture);
    } else {
        canvas.arc(middle, 22 * unit, 3 * unit, 0, 1, kTrack);
        float done = row.upload_total > 0
                         ? static_cast<float>(row.uploaded) / static_cast<float>(row.upload_total)
                         : 0;
        if (done > 0) canvas.arc(middle, 22 * unit, 3 * unit, 0, done, kArc);
        float half = 5.5f * unit;
        canvas.line({middle.x - half, middle.y - half}, {middle.x + half, middle.y + half},
                    2 * unit, kOnPicture);
        canvas.line({middle.x + half, middle.y - half}, {middle.x - half, middle.y + half},
                    2 * unit, kOnPicture);
    }
    if (touched.ring) focus_ring(frame, canvas, ring, ring.w / 2);
}

/// What stands in the box while the picture itself does not. `busy`: something else is in the
/// middle.
void draw_absent(Frame& frame, gfx::Canvas& canvas, Rect bubble, bool broken, bool busy) {
    Color ink = frame.theme.color.ink2;
    Point middle = {std::floor(bubble.center().x), std::floor(bubble.center().y)};
    if (!broken) {
        if (!busy) canvas.icon(gfx::Icon::kImage, middle, frame.px(24), ink);
        return;
    }
    float line = frame.theme.caption.line_px;
    canvas.icon(gfx::Icon::kImage, {middle.x, middle.y - std::floor(line / 2)}, frame.px(24), ink);
    std::string words =
        canvas.cut(frame.theme.caption, frame.str(Str::pic_broken), bubble.w - 2 * frame.px(8));
    canvas.text({middle.x, middle.y + frame.px(8)}, frame.theme.caption, ink, words,
                gfx::HorizontalAlign::kCenter);
}

void mirror_upload(Frame& frame, const client::TimelineRow& row, std::string_view key, Rect ring) {
    int percent =
        row.upload_total > 0 ? static_cast<int>(row.uploaded * 100 / row.upload_total) : 0;
    std::string number = number_text(percent);
    platform::MirrorNode progress =
        make_node(std::string(key) + ".progress", platform::Role::kProgress,
                  frame.str(Str::pic_progress, {{"p", number}}), ring);
    progress.value_percent = percent;
    frame.mirror.leaf(std::move(progress));
    platform::MirrorNode cancel = make_node(std::string(key) + ".ring", platform::Role::kButton,
                                            frame.str(Str::pic_cancel), ring);
    cancel.focusable = true;
    frame.mirror.leaf(std::move(cancel));
}

}  // namespace

ShownPicture picture_of(const client::TimelineRow& row, const UserId& me) {
    if (row.picture) return shown_picture(*row.picture, me);
    return row.body->image ? shown_picture(*row.body->image) : ShownPicture();
}

PictureTouch touch_picture(Frame& frame, std::string_view key, const client::TimelineRow& row,
                           Rect bubble) {
    PictureTouch touch;
    bool ring = is_uploading(row) || row.state == client::MessageState::kFailed;
    if (ring) touch.ring = frame.input.touch(std::string(key) + ".ring", ring_rect(frame, bubble));
    // Pointers go to the bubble; this one has no place of its own.
    else
        touch.node = frame.input.touch(std::string(key) + ".picture", Rect());
    return touch;
}

PictureUse draw_picture(Frame& frame, gfx::Canvas& canvas, const MessageShape& shape,
                        const client::TimelineRow& row, std::string_view key,
                        const std::string& name, Rect bubble, gfx::Corners corners,
                        const PictureTouch& touch, const Touched& bubble_touch) {
    PictureUse use;
    bool uploading = is_uploading(row);
    bool failed = row.state == client::MessageState::kFailed;
    const ShownRendition& shown = shape.picture.for_box({bubble.w, bubble.h});
    gfx::PictureLook look;
    look.state = gfx::PictureState::kBroken;
    if (!shown.name.empty() && canvas.shows(bubble)) {
        look = frame.screen.pictures().show(shown.name, shown.width, bubble.w);
    } else if (!shown.name.empty() && !frame.screen.pictures().is_broken(shown.name)) {
        look.state = gfx::PictureState::kLoading;
    }
    if (look.retry_at_ms > 0) frame.change_at(look.retry_at_ms);
    bool broken = look.state == gfx::PictureState::kBroken;

    canvas.fill(bubble, frame.theme.color.in, corners);
    if (look.state == gfx::PictureState::kReady) {
        canvas.picture(bubble, gfx::cover(look, bubble), corners);
    } else {
        draw_absent(frame, canvas, bubble, broken, uploading || failed);
    }
    if (frame.theme.forced) canvas.outline(bubble, frame.theme.color.edge, frame.px(1), corners);
    if (failed) canvas.fill(bubble, kVeil, corners);
    if (shape.picture.is_animation() && !broken) {
        Rect chip = chip_rect(frame, bubble.x + frame.px(8), bubble.y + frame.px(8),
                              words_chip_width(frame, canvas, "GIF"));
        draw_words_chip(frame, canvas, chip, "GIF");
    }
    if (uploading && row.upload_total > 0) {
        std::string words = bytes_words(row.uploaded, row.upload_total);
        float width = words_chip_width(frame, canvas, words);
        Rect chip = chip_rect(frame, bubble.right() - frame.px(8) - width,
                              bubble.bottom() - frame.px(8) - frame.px(22), width);
        draw_words_chip(frame, canvas, chip, words);
    } else if (row.shows_time && !failed) {
        draw_time_chip(frame, canvas, shape, row, bubble);
    }

    bool can_open = !uploading && !failed && !broken;
    platform::Role role = can_open ? platform::Role::kButton : platform::Role::kImage;
    platform::MirrorNode node = make_node(std::string(key) + ".picture", role, name, bubble);
    node.focusable = can_open;
    node.copied = name;
    if (broken) node.description = frame.str(Str::pic_broken);
    frame.mirror.leaf(std::move(node));
    if (uploading || failed) {
        Rect ring = ring_rect(frame, bubble);
        draw_ring(frame, canvas, row, ring, touch.ring);
        if (uploading) mirror_upload(frame, row, key, ring);
        use.cancel = uploading && touch.ring.activated;
        use.retry = failed && touch.ring.activated;
        return use;
    }
    if (can_open && bubble_touch.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (touch.node.ring) focus_ring(frame, canvas, bubble, frame.px(radius::kBubble), true);
    use.open = can_open && (bubble_touch.activated || touch.node.activated);
    // A click on what could not be loaded asks for it again.
    if (broken && !shown.name.empty() && bubble_touch.activated) {
        frame.screen.pictures().retry(shown.name);
        frame.animating = true;
    }
    return use;
}

}  // namespace kumquat::ui
