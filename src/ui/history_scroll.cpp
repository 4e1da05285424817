#include "ui/history_scroll.h"

#include <algorithm>

namespace kumquat::ui {

const std::vector<PlacedRow>& HistoryScroll::place(std::size_t count, float view_height,
                                                   RowHeights& heights) {
    placed_.clear();
    view_height_ = view_height;
    at_start_ = false;
    if (count == 0) {
        stuck_ = true;
        return placed_;
    }
    anchor_ = std::min(anchor_, count - 1);
    if (stuck_) {
        place_from_end(count, heights);
    } else {
        place_from_anchor(count, heights);
    }
    choose_anchor();
    return placed_;
}

void HistoryScroll::place_from_end(std::size_t count, RowHeights& heights) {
    float y = view_height_;
    std::size_t first = count;
    while (first > 0 && y > 0)
        y -= heights.height(--first);
    at_start_ = first == 0 && y >= 0;
    fill_down(first, y, count, heights);
}

void HistoryScroll::place_from_anchor(std::size_t count, RowHeights& heights) {
    std::size_t first = anchor_;
    float y = anchor_y_;
    while (first > 0 && y > 0)
        y -= heights.height(--first);
    if (first == 0 && y > 0) y = 0;  // above the start there is nothing
    at_start_ = first == 0 && y >= 0;
    fill_down(first, y, count, heights);
    const PlacedRow& last = placed_.back();
    if (last.index + 1 == count && last.y + last.height < view_height_) {
        placed_.clear();
        stuck_ = true;
        place_from_end(count, heights);
    }
}

void HistoryScroll::fill_down(std::size_t first, float y, std::size_t count, RowHeights& heights) {
    for (std::size_t i = first; i < count && (y < view_height_ || placed_.empty()); ++i) {
        float height = heights.height(i);
        placed_.push_back({i, y, height});
        y += height;
    }
}

void HistoryScroll::choose_anchor() {
    const PlacedRow* chosen = &placed_.front();
    for (const PlacedRow& row : placed_) {
        if (row.y + row.height <= 0) continue;
        chosen = &row;
        if (row.y >= 0) break;
    }
    anchor_ = chosen->index;
    anchor_y_ = chosen->y;
}

void HistoryScroll::scroll(float delta) {
    if (delta == 0 || (stuck_ && delta > 0)) return;
    stuck_ = false;
    anchor_y_ -= delta;
}

void HistoryScroll::set_anchor_index(std::size_t index) {
    for (PlacedRow& row : placed_)
        row.index = row.index + index < anchor_ ? 0 : row.index + index - anchor_;
    anchor_ = index;
}

double HistoryScroll::rows_above() const {
    for (const PlacedRow& row : placed_) {
        if (row.y + row.height <= 0) continue;
        float hidden = row.height > 0 ? std::max(0.0f, -row.y) / row.height : 0;
        return static_cast<double>(row.index) + static_cast<double>(hidden);
    }
    return 0;
}

double HistoryScroll::rows_below(std::size_t count) const {
    for (auto row = placed_.rbegin(); row != placed_.rend(); ++row) {
        if (row->y >= view_height_) continue;
        float over = row->y + row->height - view_height_;
        float hidden = row->height > 0 ? std::max(0.0f, over) / row->height : 0;
        std::size_t below = count - std::min(count, row->index + 1);
        return static_cast<double>(below) + static_cast<double>(hidden);
    }
    return 0;
}

float HistoryScroll::part_above(std::size_t count) const {
    double above = rows_above();
    double way = above + rows_below(count);
    return way > 0 ? static_cast<float>(above / way) : 1;
}

void HistoryScroll::scroll_by_part(float part, std::size_t count, RowHeights& heights) {
    if (part == 0 || placed_.empty() || count == 0) return;
    double above = rows_above();
    double way = above + rows_below(count);
    double target = above + static_cast<double>(part) * way;
    if (target >= way) {
        stick();
        return;
    }
    target = std::max(0.0, target);
    // Rows may have gone since they were placed.
    std::size_t row = std::min(static_cast<std::size_t>(target), count - 1);
    auto into = static_cast<float>(target - static_cast<double>(row));
    anchor_at(row, -into * heights.height(row));
}

void HistoryScroll::anchor_at(std::size_t index, float y) {
    stuck_ = false;
    anchor_ = index;
    anchor_y_ = y;
}

void HistoryScroll::stick() {
    stuck_ = true;
}

float HistoryScroll::distance_to_end(float limit, std::size_t count, RowHeights& heights) const {
    if (placed_.empty()) return 0;
    const PlacedRow& last = placed_.back();
    float distance = last.y + last.height - view_height_;
    for (std::size_t i = last.index + 1; i < count && distance < limit; ++i) {
        distance += heights.height(i);
    }
    return std::max(0.0f, distance);
}

}  // namespace kumquat::ui
