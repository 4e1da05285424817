# Dear ImGui (>= 1.92.2: glyphs on demand), compiled here with our settings.
#
#   kumquat_imgui          the core, for everything that includes imgui.h. It has no font rasteriser: whoever
#                          links an executable defines ImGuiFreeType::GetFontLoader() (src/gfx, or a test's own).
#
# Never part of the repository: script/lib/imgui.sh puts the sources into KUMQUAT_IMGUI_DIR, or set
# KUMQUAT_FETCH_IMGUI where the authors' repository can be reached.

if(KUMQUAT_FETCH_IMGUI AND NOT EXISTS "${KUMQUAT_IMGUI_DIR}/imgui.h")
    include(FetchContent)
    FetchContent_Declare(imgui
        GIT_REPOSITORY https://github.com/ocornut/imgui.git
        GIT_TAG v1.92.2b
        GIT_SHALLOW ON)
    FetchContent_MakeAvailable(imgui)
    set(KUMQUAT_IMGUI_DIR "${imgui_SOURCE_DIR}")
endif()

if(NOT EXISTS "${KUMQUAT_IMGUI_DIR}/imgui.h")
    message(FATAL_ERROR "Kumquat needs Dear ImGui >= 1.92.2, and ${KUMQUAT_IMGUI_DIR} does not hold it.\n"
        "On Debian run script/run or script/lib/imgui.sh (Debian's source package \"imgui\" of sid); elsewhere "
        "unpack a release there, or configure with -DKUMQUAT_FETCH_IMGUI=ON or -DKUMQUAT_IMGUI_DIR=<folder>.")
endif()
file(STRINGS "${KUMQUAT_IMGUI_DIR}/imgui.h" imgui_version_num REGEX "^#define IMGUI_VERSION_NUM ")
string(REGEX MATCH "[0-9]+$" imgui_version_num "${imgui_version_num}")
if(imgui_version_num LESS 19222)
    message(FATAL_ERROR "Dear ImGui in ${KUMQUAT_IMGUI_DIR} is ${imgui_version_num}; 19222 (1.92.2) is the oldest that will do.")
endif()

# The page's program is linked as a whole, and so it is known what is left that calls tables. Of the versions that were tried,
# that is: any other brings along what it has.
set(imgui_tables "${KUMQUAT_IMGUI_DIR}/imgui_tables.cpp")
if(EMSCRIPTEN AND CMAKE_BUILD_TYPE STREQUAL "Release" AND imgui_version_num EQUAL 19222)
    set(imgui_tables "${PROJECT_SOURCE_DIR}/src/gfx/imgui_stand_ins.cpp")
    set(imgui_definitions IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS)
    foreach(function Selectable CloseButton CollapseButton Scrollbar EndMenuBar EndTabBar EndMultiSelect TextV)
        set_property(SOURCE "${KUMQUAT_IMGUI_DIR}/imgui_widgets.cpp" APPEND PROPERTY COMPILE_DEFINITIONS
            ${function}=Unused${function})
    endforeach()
endif()

add_library(kumquat_imgui STATIC
    "${KUMQUAT_IMGUI_DIR}/imgui.cpp"
    "${KUMQUAT_IMGUI_DIR}/imgui_draw.cpp"
    "${imgui_tables}"
    "${KUMQUAT_IMGUI_DIR}/imgui_widgets.cpp")
target_include_directories(kumquat_imgui SYSTEM PUBLIC "${KUMQUAT_IMGUI_DIR}")
target_compile_options(kumquat_imgui PRIVATE -w -fno-exceptions -fno-rtti)
target_compile_definitions(kumquat_imgui PUBLIC
    IMGUI_USE_WCHAR32                        # names beyond the BMP are drawn, not replaced
    IMGUI_DISABLE_OBSOLETE_FUNCTIONS
    IMGUI_DISABLE_DEFAULT_FONT               # no font travels with the page
    IMGUI_ENABLE_FREETYPE                    # only to leave stb_truetype out; the loader is ours
    IMGUI_DISABLE_FILE_FUNCTIONS
    IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
    IMGUI_DISABLE_DEMO_WINDOWS
    IMGUI_DISABLE_DEBUG_TOOLS
    ${imgui_definitions}
    "ImDrawIdx=unsigned int")                # WebGL 2 has no base vertex: 16 bits end at 16,000 glyphs
