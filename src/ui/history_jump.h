// On the way to a message of the history that may have to be loaded first. Pure: rows and timeline
// come in, the next step comes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "client/view/timeline_rows.h"

namespace kumquat::ui {

class HistoryJump {
  public:
    enum class Step : std::uint8_t {
        kRest,        ///< nothing is wanted, or it is being loaded
        kLoadAround,  ///< load the page around seq()
        kLoadAt,      ///< load the page at time()
        kShow,        ///< row index() is what was wanted
        kGone,        ///< it is not there any more
    };

    void to_message(Seq seq);
    /// To the first message at `time` or later.
    void to_time(TimeMs time);
    bool wanted() const { return seq_ || time_; }
    Seq seq() const { return seq_; }
    TimeMs time() const { return time_.value_or(TimeMs()); }
    std::size_t index() const { return index_; }
    /// What to do now. After kShow and kGone nothing is wanted any more.
    Step step(const client::TimelineRows& rows, const client::Timeline& timeline);

  private:
    bool find_message(const client::TimelineRows& rows);
    bool find_time(const client::TimelineRows& rows);
    void end();

    Seq seq_;
    std::optional<TimeMs> time_;
    bool asked_ = false;
    std::size_t index_ = 0;
};

}  // namespace kumquat::ui
