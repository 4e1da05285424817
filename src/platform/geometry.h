// Points and rectangles in physical pixels: the one unit on the C++ side of the page.
//
// The browser's CSS pixels end at platform/web: what goes out is divided by the device pixel ratio
// there, what comes in is multiplied. Whole physical pixels keep glyphs and edges sharp at ratios
// like 1.25 and 1.5.
#pragma once

namespace kumquat::platform {

struct Point {
    float x = 0;
    float y = 0;
    friend bool operator==(const Point& a, const Point& b) { return a.x == b.x && a.y == b.y; }
    friend bool operator!=(const Point& a, const Point& b) { return !(a == b); }
};

/// Left, top, width, height. Empty if a side is not positive.
struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    Point center() const { return {x + w * 0.5f, y + h * 0.5f}; }
    bool empty() const { return w <= 0 || h <= 0; }
    bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
    /// The rectangle with every side moved outwards by `d` (inwards if negative).
    Rect grown(float d) const { return {x - d, y - d, w + 2 * d, h + 2 * d}; }
    friend bool operator==(const Rect& a, const Rect& b) {
        return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
    }
    friend bool operator!=(const Rect& a, const Rect& b) { return !(a == b); }
};

/// Widths taken from the four sides of the window.
struct Insets {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
    friend bool operator==(const Insets& a, const Insets& b) {
        return a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom;
    }
    friend bool operator!=(const Insets& a, const Insets& b) { return !(a == b); }
};

}  // namespace kumquat::platform
