// Neutral input (platform/input.h) to Dear ImGui's.
#pragma once

#include "imgui.h"

#include "platform/input.h"

namespace kumquat::gfx {

void feed_pointer(ImGuiIO& io, const platform::PointerEvent& event);
/// io.MouseWheel comes out in physical pixels, positive towards the beginning: our lists scroll
/// themselves.
void feed_wheel(ImGuiIO& io, const platform::WheelEvent& event);
void feed_key(ImGuiIO& io, const platform::KeyEvent& event);
ImGuiKey imgui_key(platform::Key key);
/// A CSS cursor keyword.
const char* css_cursor(ImGuiMouseCursor cursor);

}  // namespace kumquat::gfx
