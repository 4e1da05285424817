// The dialog in which the first and the last day are chosen that a search looks at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/frame.h"
#include "ui/search_filters.h"

namespace kumquat::ui {

class Dialog;

class DaysUi {
  public:
    static constexpr std::string_view kFirstField = "days.first";
    static constexpr std::string_view kLastField = "days.last";

    void open(const DaySpan& days, platform::TextFields& fields, double now_ms);
    void close(platform::TextFields& fields);
    bool is_open() const { return open_; }
    /// Enter in one of its fields.
    void submit() { submitted_ = true; }
    /// What was chosen; the dialog has closed then.
    std::optional<DaySpan> draw(Frame& frame);

  private:
    /// What is wrong with a field, if anything is.
    enum class Fault { kNone, kNoDate, kBeforeFirst };
    struct Answer {
        DaySpan days;
        Fault first = Fault::kNone;
        Fault last = Fault::kNone;
    };
    static Answer read(std::string_view first, std::string_view last);
    float draw_field(Frame& frame, Dialog& dialog, float top, std::string_view id, Str label,
                     Fault fault);

    bool open_ = false;
    bool submitted_ = false;
    /// The texts that were refused; others are not wrong yet.
    std::optional<std::string> refused_;
    double since_ms_ = 0;
};

}  // namespace kumquat::ui
