// Several messages of the open chat, chosen to do one thing with all of them, and the bar that
// stands in the composer's place meanwhile.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "client/view/timeline_rows.h"
#include "gfx/canvas.h"
#include "ui/frame.h"

namespace kumquat::ui {

class Selection {
  public:
    /// Messages are being chosen; there may be none yet.
    bool active() const { return active_; }
    void begin(const client::TimelineRow& row);
    void toggle(const client::TimelineRow& row);
    void end();
    bool has(Seq seq) const { return rows_.count(seq) > 0; }
    std::size_t size() const { return rows_.size(); }
    /// Oldest first.
    std::vector<Seq> seqs() const;
    /// A line for each: when, who and what.
    std::string text(const Frame& frame, const std::string& peer_name) const;

  private:
    bool active_ = false;
    /// As they were when they were chosen: what is scrolled far away is not loaded any more.
    std::map<Seq, client::TimelineRow> rows_;
};

/// The mark of a row that can be chosen, its node included; `band` is the row from edge to edge.
/// True when it was used.
bool draw_check(Frame& frame, gfx::Canvas& canvas, Rect band, std::string_view key,
                std::string_view name, bool on);
/// A disc with a check, or an empty ring.
void draw_check_mark(Frame& frame, gfx::Canvas& canvas, Point middle, bool on);

enum class SelectionUse : std::uint8_t { kNone, kForward, kCopy, kDelete, kCancel };
/// `pill` has the composer's place and shape.
SelectionUse draw_selection_bar(Frame& frame, gfx::Canvas& canvas, Rect pill, std::size_t count);

}  // namespace kumquat::ui
