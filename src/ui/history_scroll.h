// Where rows of unequal, lazily measured height lie in a view, with an anchor instead of an
// absolute offset: what is loaded above or measured late can never move what a person reads.
//
// State: one row and where its top is, or "stuck to the end". Pure: heights come from a function.
#pragma once

#include <cstddef>
#include <vector>

namespace kumquat::ui {

/// Measures the row with that index, physical pixels; must be cheap when asked again.
class RowHeights {
  public:
    virtual ~RowHeights() = default;
    virtual float height(std::size_t index) = 0;
};

struct PlacedRow {
    std::size_t index = 0;
    /// Of its top, from the view's top.
    float y = 0;
    float height = 0;
};

class HistoryScroll {
  public:
    /// Lays out what is visible in `view_height`. Keeps to the content's ends; content that is
    /// shorter lies at the bottom.
    const std::vector<PlacedRow>& place(std::size_t count, float view_height, RowHeights& heights);

    /// Moves the content up by `delta` with the next place(). Leaves the end, if there is room.
    void scroll(float delta);
    /// With the next place() that row's top lies at `y`.
    void anchor_at(std::size_t index, float y);
    /// With the next place() the last row's bottom lies at the view's bottom, and stays there.
    void stick();

    /// Moves on by `part` of the way from the first row to the last, for a bar that is dragged.
    void scroll_by_part(float part, std::size_t count, RowHeights& heights);
    /// Which part of that way lies above the view, 0 to 1. Every row counts as much as any other.
    float part_above(std::size_t count) const;

    bool stuck() const { return stuck_; }
    /// The row that holds the view in place; after an insertion above, tell its new index.
    std::size_t anchor() const { return anchor_; }
    void set_anchor_index(std::size_t index);
    float anchor_y() const { return anchor_y_; }
    const std::vector<PlacedRow>& placed() const { return placed_; }
    /// The first row is seen from its top on.
    bool at_start() const { return at_start_; }
    /// From the view's bottom to the content's end, measured up to `limit`.
    float distance_to_end(float limit, std::size_t count, RowHeights& heights) const;

  private:
    void place_from_end(std::size_t count, RowHeights& heights);
    void place_from_anchor(std::size_t count, RowHeights& heights);
    void fill_down(std::size_t first, float y, std::size_t count, RowHeights& heights);
    void choose_anchor();
    /// How many rows lie above the view, and below it, with the parts of those that reach into it.
    double rows_above() const;
    double rows_below(std::size_t count) const;

    std::vector<PlacedRow> placed_;
    std::size_t anchor_ = 0;
    float anchor_y_ = 0;
    float view_height_ = 0;
    bool stuck_ = true;
    bool at_start_ = false;
};

}  // namespace kumquat::ui
