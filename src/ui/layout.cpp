#include "ui/layout.h"

#include <algorithm>
#include <cmath>

namespace kumquat::ui {

namespace {

constexpr float kGutterCss = 12;

void set_two_columns(Layout& layout, float width_css) {
    float gutter = layout.px(kGutterCss);
    float friends_css = width_css >= kWideFromCss ? 332.0f : 300.0f;
    const Rect& safe = layout.safe;
    layout.friends = {safe.x, safe.y, layout.px(friends_css), safe.h};
    layout.friends_left = gutter;
    layout.friends_right = 0;
    float island_x = layout.friends.right() + gutter;
    layout.chat = {island_x, safe.y + gutter, safe.right() - gutter - island_x,
                   safe.h - 2 * gutter};
}

void set_one_column(Layout& layout) {
    layout.friends = layout.safe;
    layout.friends_left = layout.friends_right = layout.px(layout.phone ? 8 : 12);
    layout.chat = layout.safe;
}

}  // namespace

float Layout::px(float css) const {
    float rounded = std::floor(css * pixel_ratio + 0.5f);
    return css > 0 && rounded < 1 ? 1 : rounded;
}

Layout make_layout(const platform::EnvironmentState& environment) {
    Layout layout;
    layout.pixel_ratio = environment.pixel_ratio > 0 ? environment.pixel_ratio : 1;
    float width = static_cast<float>(environment.width_px);
    float height = static_cast<float>(environment.height_px);
    const platform::Insets& insets = environment.safe_area_px;
    layout.window = {0, 0, width, height};
    layout.safe = {insets.left, insets.top, std::max(1.0f, width - insets.left - insets.right),
                   std::max(1.0f, height - insets.top - insets.bottom)};
    float width_css = width / layout.pixel_ratio;
    layout.phone = width_css < kPhoneBelowCss;
    layout.touch = layout.phone || environment.coarse_pointer;
    layout.two_columns = width_css >= kTwoColumnsFromCss;
    layout.header_height = layout.px(layout.phone ? 60 : 64);
    layout.row_height = layout.px(68);
    layout.column_padding = layout.px(layout.phone ? 12 : 24);
    if (layout.two_columns) {
        set_two_columns(layout, width_css);
    } else {
        set_one_column(layout);
    }
    return layout;
}

Rect message_column(const Layout& layout) {
    float width = std::min(layout.chat.w, layout.px(760));
    float x = layout.chat.x + std::floor((layout.chat.w - width) / 2);
    return {x, layout.chat.y, width, layout.chat.h};
}

LoginLayout make_login_layout(const Layout& layout) {
    LoginLayout login;
    const Rect& safe = layout.safe;
    login.wide = layout.two_columns;
    if (login.wide) {
        float gutter = layout.px(kGutterCss);
        float island_width = layout.px(508);
        login.island = {safe.right() - gutter - island_width, safe.y + gutter, island_width,
                        safe.h - 2 * gutter};
        login.art_area = {safe.x, safe.y, login.island.x - gutter - safe.x, safe.h};
        login.art = layout.window.h >= layout.px(560);
    } else {
        login.island = layout.window;
    }
    login.form_width =
        std::min(layout.px(360), (login.wide ? login.island.w : safe.w) - layout.px(48));
    Rect around = login.wide ? login.island : safe;
    login.form_x = around.x + std::floor((around.w - login.form_width) / 2);
    return login;
}

Rect card_rect(const Layout& layout, float width_css, float height) {
    const Rect& area = layout.two_columns ? layout.chat : layout.safe;
    float width = std::min(layout.px(width_css), layout.safe.w - layout.px(24));
    float h = std::min(height, layout.safe.h - layout.px(24));
    float x = area.x + std::floor((area.w - width) / 2);
    x = std::max(layout.safe.x + layout.px(12),
                 std::min(x, layout.safe.right() - layout.px(12) - width));
    float y = area.y + std::floor((area.h - h) / 2);
    return {x, std::max(layout.safe.y + layout.px(12), y), width, h};
}

Rect dialog_rect(const Layout& layout, float width_css, float height) {
    return layout.phone ? layout.safe : card_rect(layout, width_css, height);
}

}  // namespace kumquat::ui
