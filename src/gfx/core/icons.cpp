#include "gfx/core/icons.h"

namespace kumquat::gfx {

// A table. NOLINTNEXTLINE(readability-function-size)
IconShape icon_shape(Icon icon) {
    switch (icon) {
        case Icon::kBack:
            return {"M14.5 5.5 8 12l6.5 6.5"};
        case Icon::kSearch:
            return {"M16 16l4 4M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z"};
        case Icon::kAddUser:
            return {
                "M14 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM3.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M19 "
                "8.5v5M16.5 11h5"};
        case Icon::kUser:
            return {"M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM5 20c.5-4 3.2-6 7-6s6.5 2 7 6"};
        case Icon::kImage:
            return {
                "M4 7.5A2.5 2.5 0 0 1 6.5 5h11A2.5 2.5 0 0 1 20 7.5v9a2.5 2.5 0 0 1-2.5 "
                "2.5h-11A2.5 2.5 0 0 1 4 "
                "16.5ZM4.5 17l4.5-4.5 3 3 3.5-4 4 4.5M10 9.3a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 "
                "0Z"};
        case Icon::kSmile:
            return {
                "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM8.3 14.2c.8 1.4 2.1 2.1 3.7 "
                "2.1s2.9-.7 "
                "3.7-2.1M9 9.6v.6M15 9.6v.6"};
        case Icon::kSend:
            return {"M12 19V5.5M6 11.3l6-6 6 6", 2.0f};
        case Icon::kMore:
            return {"M5.5 12h.01M12 12h.01M18.5 12h.01", 2.6f};
        case Icon::kDown:
            return {"M12 5v13.5M6 12.7l6 6 6-6", 2.0f};
        case Icon::kChevron:
            return {"M9.5 6.5 15 12l-5.5 5.5"};
        case Icon::kChevronDown:
            return {"M6.5 9.5 12 15l5.5-5.5"};
        case Icon::kMoon:
            return {"M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"};
        case Icon::kSun:
            return {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 "
                "5.6l1.1 1.1M17.3 "
                "17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"};
        case Icon::kGlobe:
            return {
                "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM3.8 12h16.4M12 3.5c2.3 2.3 3.5 "
                "5.2 3.5 8.5s-1.2 "
                "6.2-3.5 8.5c-2.3-2.3-3.5-5.2-3.5-8.5s1.2-6.2 3.5-8.5Z"};
        case Icon::kEye:
            return {
                "M2.8 12C4.8 8.2 8 6 12 6s7.2 2.2 9.2 6c-2 3.8-5.2 6-9.2 6s-7.2-2.2-9.2-6ZM15 12a3 "
                "3 0 1 1-6 0 3 3 "
                "0 0 1 6 0Z"};
        case Icon::kEyeOff:
            return {
                "M2.8 12C4.8 8.2 8 6 12 6s7.2 2.2 9.2 6c-2 3.8-5.2 6-9.2 6s-7.2-2.2-9.2-6ZM15 12a3 "
                "3 0 1 1-6 0 3 3 "
                "0 0 1 6 0ZM4.5 19.5l15-15"};
        case Icon::kLaptop:
            return {"M5.5 15.5v-8A1.5 1.5 0 0 1 7 6h10a1.5 1.5 0 0 1 1.5 1.5v8M3 18.5h18"};
        case Icon::kClose:
            return {"M7 7l10 10M17 7 7 17"};
        case Icon::kPlus:
            return {"M12 5.5v13M5.5 12h13"};
        case Icon::kRetry:
            return {"M19 12a7 7 0 1 1-2-4.9M17.5 3.5v4h-4"};
        case Icon::kAuto:
            return {"M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0ZM12 4v16M14.8 6.2v11.6M17.5 8.6v6.8"};
        case Icon::kPin:
            return {"M8.5 4.5h7M9.8 4.5v5.2L7 13.5h10l-2.8-3.8V4.5M12 13.5v6.5"};
        case Icon::kMuted:
            return {
                "M6.2 16.8h11.6c-1.2-1.3-1.8-2.6-1.8-5.3A4 4 0 0 0 12 7.5a4 4 0 0 0-4 4c0 "
                "2.7-.6 4-1.8 5.3ZM12 5.5v2M10.4 19.5h3.2M5 5l14 14"};
        case Icon::kReply:
            return {"M9.5 6 4.5 11l5 5M4.5 11h9a6 6 0 0 1 6 6v1.5"};
        case Icon::kForward:
            return {"M14.5 6l5 5-5 5M19.5 11h-9a6 6 0 0 0-6 6v1.5"};
        case Icon::kCopy:
            return {
                "M9 10.5A1.5 1.5 0 0 1 10.5 9h8A1.5 1.5 0 0 1 20 10.5v8A1.5 1.5 0 0 1 18.5 "
                "20h-8A1.5 1.5 0 0 1 9 18.5ZM15 9V5.5A1.5 1.5 0 0 0 13.5 4h-8A1.5 1.5 0 0 0 4 "
                "5.5v8A1.5 1.5 0 0 0 5.5 15H9"};
        case Icon::kTrash:
            return {
                "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12a1.5 1.5 0 0 0 1.5 "
                "1.4h6.4a1.5 1.5 0 0 0 1.5-1.4l.8-12M10.2 11v5.5M13.8 11v5.5"};
        case Icon::kCheck:
            return {"M5.5 12.5l4.5 4.5 8.5-10", 2.0f};
        case Icon::kUp:
            return {"M12 19V5.5M6 11.3l6-6 6 6", 2.0f};
        case Icon::kEdit:
            return {"M5 19l.8-3.8L15.4 5.6a1.9 1.9 0 0 1 2.7 2.7l-9.4 9.8ZM13.6 7.5l2.7 2.7"};
        case Icon::kUndo:
            return {"M8.5 5 4.5 9l4 4M4.5 9h9.5a5 5 0 0 1 0 10H8"};
        case Icon::kSelect:
            return {"M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM8.3 12.3l2.6 2.6 4.9-5.4"};
        case Icon::kBlock:
            return {"M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM6 6l12 12"};
        case Icon::kCalendar:
            return {
                "M4.5 8A2.5 2.5 0 0 1 7 5.5h10A2.5 2.5 0 0 1 19.5 8v9.5A2.5 2.5 0 0 1 17 "
                "20H7a2.5 2.5 0 0 1-2.5-2.5ZM4.5 10h15M8.5 3.5v4M15.5 3.5v4"};
        case Icon::kExport:
            return {"M12 4v10.5M7 10l5 5 5-5M5 19.5h14"};
        case Icon::kText:
            return {"M5.5 8V5.5h13V8M12 5.5v13M9.5 18.5h5"};
        case Icon::kFilter:
            return {"M4.5 7h15M7.5 12h9M10.5 17h3"};
        case Icon::kSending:
            return {"M10.8 6a4.8 4.8 0 1 1-9.6 0 4.8 4.8 0 0 1 9.6 0ZM6 3.5V6l1.7 1.2", 1.4f};
        case Icon::kSent:
            return {"M2.5 6.5l3 3 6-6.7", 1.6f};
        case Icon::kRead:
            return {"M1.5 6.5l3 3 6-6.7M7.4 8.6l.9.9 6.6-6.7", 1.6f};
        case Icon::kFailed:
            return {"M10 5.5v5.3M10 14h.01", 2.2f};
    }
    return {};
}

IconSize icon_grid(Icon icon) {
    switch (icon) {
        case Icon::kSending:
            return {12, 12};
        case Icon::kSent:
            return {14, 12};
        case Icon::kRead:
            return {18, 12};
        case Icon::kFailed:
            return {20, 20};
        default:
            return {24, 24};
    }
}

}  // namespace kumquat::gfx
