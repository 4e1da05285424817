#include "platform/css_geometry.h"

#include <algorithm>
#include <cmath>

namespace kumquat::platform {

CssRect to_css(const Rect& rect, float pixel_ratio) {
    float k = 1 / pixel_ratio;
    return {rect.x * k, rect.y * k, rect.w * k, rect.h * k};
}

Insets clip_insets_css(const Rect& rect, const Rect& clip, float pixel_ratio) {
    if (clip.empty()) return {};
    auto cut = [&](float px) { return std::max(0.0f, px) / pixel_ratio; };
    return {cut(clip.x - rect.x), cut(clip.y - rect.y), cut(rect.right() - clip.right()),
            cut(rect.bottom() - clip.bottom())};
}

int device_px(float css_px, float pixel_ratio, float browser_count) {
    float exact = css_px * pixel_ratio;
    bool believable = browser_count > 0 && std::fabs(browser_count - exact) < 2;
    return std::max(1, static_cast<int>(believable ? browser_count : std::round(exact)));
}

}  // namespace kumquat::platform
