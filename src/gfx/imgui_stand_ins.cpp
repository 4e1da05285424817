// Stands in, in the page's program, for parts of Dear ImGui and of the C library that nothing here
// needs, and that would be linked all the same because Dear ImGui names them: imgui_tables.cpp (no
// table is ever drawn; 25 KB), sscanf (no settings file is ever read; 4 KB) and the formatting of
// numbers with a fraction (5 KB).
#include <cstdarg>
#include <cstddef>

#include "imgui.h"
#include "imgui_internal.h"

// Emscripten's vsnprintf that knows whole numbers, characters and text. Its headers do not tell.
extern "C" int vsniprintf(char* text, std::size_t size, const char* format, std::va_list values);

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

void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}

}  // namespace ImGui
