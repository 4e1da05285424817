// Which shader draws what follows in a draw list. Shadows, glows and arcs cost many steps per pixel
// and are few: the shader of everything else runs faster without them, by a quarter where there is
// no GPU.
#pragma once

#include <optional>

struct ImDrawCmd;
struct ImDrawList;

namespace kumquat::gfx {

/// A list begins with kPage.
enum class Shader { kPage, kSoft };

/// Adds the change to the list.
void use_shader(ImDrawList* list, Shader shader);
/// The change that a command of a list is; nothing if it is another command.
std::optional<Shader> shader_of(const ImDrawCmd& command);

}  // namespace kumquat::gfx
