// Stands in, in the page's program, for parts of Dear ImGui and of the C library that nothing here
// needs, and that would be linked all the same because the rest names them:
//  - imgui_tables.cpp: no table is ever drawn;
//  - of imgui_widgets.cpp what imgui.cpp calls for windows with a title, a menu, tabs or scroll
//    bars, of which none is ever seen (KumquatImGui.cmake gives those functions there other names);
//  - sscanf: no settings file is ever read;
//  - the formatting of numbers with a fraction, also for the error texts of the JSON library.
// Together 50 KB of the program.
#include <cstdarg>
#include <cstddef>

#include "imgui.h"
#include "imgui_internal.h"

// Emscripten's vsnprintf that knows whole numbers, characters and text. Its headers do not tell.
extern "C" int vsniprintf(char* text, std::size_t size, const char* format, std::va_list values);

extern "C" int snprintf(char* text, std::size_t size, const char* format, ...) {
    std::va_list values;
    va_start(values, format);
    int length = vsniprintf(text, size, format, values);
    va_end(values);
    return length;
}

extern "C" int sscanf(const char*, const char*, ...) {
    IM_ASSERT(false);
    return -1;
}

int ImFormatStringV(char* text, std::size_t size, const char* format, std::va_list values) {
    int length = vsniprintf(text, size, format, values);
    if (text == nullptr) return length;
    if (length < 0 || length >= static_cast<int>(size)) length = static_cast<int>(size) - 1;
    text[length] = 0;
    return length;
}

int ImFormatString(char* text, std::size_t size, const char* format, ...) {
    std::va_list values;
    va_start(values, format);
    int length = ImFormatStringV(text, size, format, values);
    va_end(values);
    return length;
}

namespace ImGui {

// Reached while a table or columns are open, which is never.
void EndTable() {
    IM_ASSERT(false);
}
void EndColumns() {
    IM_ASSERT(false);
}
void TablePushColumnChannel(int) {
    IM_ASSERT(false);
}
void TablePopColumnChannel() {
    IM_ASSERT(false);
}

bool Selectable(const char*, bool, int, const ImVec2&) {
    IM_ASSERT(false);
    return false;
}
bool CloseButton(ImGuiID, const ImVec2&) {
    IM_ASSERT(false);
    return false;
}
// The window that Dear ImGui begins in every frame for who draws outside of any has one.
bool CollapseButton(ImGuiID, const ImVec2&) {
    return false;
}
void Scrollbar(ImGuiAxis) {
    IM_ASSERT(false);
}
void EndMenuBar() {
    IM_ASSERT(false);
}
void EndTabBar() {
    IM_ASSERT(false);
}
ImGuiMultiSelectIO* EndMultiSelect() {
    IM_ASSERT(false);
    return nullptr;
}
void TextV(const char*, va_list) {
    IM_ASSERT(false);
}

void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}

}  // namespace ImGui
