#include "ui/history_jump.h"

namespace kumquat::ui {

void HistoryJump::to_message(Seq seq) {
    *this = HistoryJump();
    seq_ = seq;
}

void HistoryJump::to_time(TimeMs time) {
    *this = HistoryJump();
    time_ = time;
}

void HistoryJump::end() {
    std::size_t index = index_;
    *this = HistoryJump();
    index_ = index;
}

bool HistoryJump::find_message(const client::TimelineRows& rows) {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        if (rows.rows[i].seq != seq_) continue;
        index_ = i;
        return true;
    }
    return false;
}

/// The first message of that time or, where all are older, the last one.
bool HistoryJump::find_time(const client::TimelineRows& rows) {
    bool any = false;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const client::TimelineRow& row = rows.rows[i];
        if (!row.seq || !row.time) continue;
        index_ = i;
        any = true;
        if (*row.time >= *time_) break;
    }
    return any;
}

HistoryJump::Step HistoryJump::step(const client::TimelineRows& rows,
                                    const client::Timeline& timeline) {
    if (!wanted()) return Step::kRest;
    if (seq_ && find_message(rows)) {
        end();
        return Step::kShow;
    }
    if (!asked_) {
        asked_ = true;
        return seq_ ? Step::kLoadAround : Step::kLoadAt;
    }
    if (timeline.loading()) return Step::kRest;
    bool found = time_ && find_time(rows);
    end();
    return found ? Step::kShow : Step::kGone;
}

}  // namespace kumquat::ui
