// Physical pixels to the browser's CSS pixels.
#pragma once

#include "platform/geometry.h"

namespace kumquat::platform {

/// In CSS pixels.
struct CssRect {
    float left = 0;
    float top = 0;
    float width = 0;
    float height = 0;
};

CssRect to_css(const Rect& rect, float pixel_ratio);

/// How much of `rect` is cut off at each side by `clip`, in CSS pixels, for clip-path: inset(). All
/// zero if `clip` is empty or holds `rect` whole.
Insets clip_insets_css(const Rect& rect, const Rect& clip, float pixel_ratio);

/// The size of the drawing buffer: the browser's own count of device pixels if it gives one (0: it
/// does not), else rounded; at least 1. A count that the ratio cannot explain is not believed:
/// under an emulated ratio browsers go on counting the real pixels.
int device_px(float css_px, float pixel_ratio, float browser_count);

}  // namespace kumquat::platform
