// The dialog that leads to a day of the open chat.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/view/local_time.h"
#include "ui/frame.h"

namespace kumquat::ui {

class DateJumpUi {
  public:
    static constexpr std::string_view kField = "date.field";

    void open(platform::TextFields& fields, double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    /// Enter in its field.
    void submit() { submitted_ = true; }
    /// The day that was chosen; the dialog has closed then.
    std::optional<TimeMs> draw(Frame& frame, const client::OffsetMinutes& offset);

  private:
    bool open_ = false;
    bool submitted_ = false;
    /// The text that was refused; an other one is not wrong yet.
    std::optional<std::string> refused_;
    double since_ms_ = 0;
};

}  // namespace kumquat::ui
