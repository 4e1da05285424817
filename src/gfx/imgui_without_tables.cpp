// Stands in for Dear ImGui's imgui_tables.cpp: nothing here is drawn as a table, and the little
// that the rest of Dear ImGui calls of it would bring all of it along, 25 KB of the page's program.
#include "imgui.h"
#include "imgui_internal.h"

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
