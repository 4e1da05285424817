#include "gfx/shader.h"

#include "imgui.h"

namespace kumquat::gfx {
namespace {

// Only its address says something: devices ask shader_of() and never call it.
void is_shader(const ImDrawList*, const ImDrawCmd*) {}

}  // namespace

void use_shader(ImDrawList* list, Shader shader) {
    list->AddCallback(is_shader, &shader, sizeof shader);
}

std::optional<Shader> shader_of(const ImDrawCmd& command) {
    if (command.UserCallback != is_shader) return std::nullopt;
    return *static_cast<const Shader*>(command.UserCallbackData);
}

}  // namespace kumquat::gfx
