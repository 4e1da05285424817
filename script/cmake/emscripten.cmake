# Finds the Emscripten toolchain file, wherever emcc was installed from: emsdk (EMSDK), any other
# place (EMSCRIPTEN_ROOT), or the emcc on the PATH (Debian's among them).
set(candidates "")
if(DEFINED ENV{EMSCRIPTEN_ROOT})
    list(APPEND candidates "$ENV{EMSCRIPTEN_ROOT}")
endif()
if(DEFINED ENV{EMSDK})
    list(APPEND candidates "$ENV{EMSDK}/upstream/emscripten")
endif()
find_program(KUMQUAT_EMCC emcc)
if(KUMQUAT_EMCC)
    get_filename_component(emcc "${KUMQUAT_EMCC}" REALPATH)
    get_filename_component(emcc "${emcc}" DIRECTORY)
    list(APPEND candidates "${emcc}")
endif()
list(APPEND candidates /usr/share/emscripten)

foreach(root IN LISTS candidates)
    if(EXISTS "${root}/cmake/Modules/Platform/Emscripten.cmake")
        set(EMSCRIPTEN_ROOT_PATH "${root}")
        include("${root}/cmake/Modules/Platform/Emscripten.cmake")
        return()
    endif()
endforeach()
message(FATAL_ERROR "Kumquat's page needs Emscripten (3.1.6 or newer), which was not found.\n"
    "On Debian: apt-get install emscripten (script/run does it). "
    "Elsewhere: activate emsdk, or set EMSCRIPTEN_ROOT to the folder that holds emcc.")
