#include "ui/frame.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace kumquat::ui {

namespace {

gfx::Canvas begin_surface(Frame& frame, const char* name, Rect rect, Surface::Kind kind) {
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                             ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                             ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav;
    if (kind == Surface::Kind::kPane) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
    ImGui::SetNextWindowPos(ImVec2(rect.x, rect.y));
    ImGui::SetNextWindowSize(ImVec2(rect.w, rect.h));
    ImGui::Begin(name, nullptr, flags);
    ImGui::PopStyleVar(3);
    if (kind == Surface::Kind::kOverlay) {
        ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    }
    return frame.screen.canvas(ImGui::GetWindowDrawList());
}

}  // namespace

Surface::Surface(Frame& frame, const char* name, Rect rect, Kind kind)
    : canvas_(begin_surface(frame, name, rect, kind)) {}

Surface::~Surface() {
    ImGui::End();
}

}  // namespace kumquat::ui
