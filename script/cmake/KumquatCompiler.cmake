# Compiler flags that hold for all of our own code, and the ccache launcher.

set(KUMQUAT_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    -Wold-style-cast -Wcast-qual -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # "{.a = 1}" leaves the rest at its defaults on purpose; clang's -Wextra does not complain.
    list(APPEND KUMQUAT_WARNINGS -Wno-missing-field-initializers)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    list(APPEND KUMQUAT_WARNINGS -Wno-missing-field-initializers)
else()
    set(KUMQUAT_WARNINGS "")
endif()
if(KUMQUAT_WERROR)
    list(APPEND KUMQUAT_WARNINGS -Werror)
endif()

# Tracebacks stay useful in a released server, and the size of the page counts more than its speed.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
if(EMSCRIPTEN)
    set(CMAKE_CXX_FLAGS_DEBUG "-O1")
    # What every browser with the rest of what the page needs has had since 2021: shorter code for copies and conversions.
    set(CMAKE_CXX_FLAGS_RELEASE "-Oz -flto -mbulk-memory -mnontrapping-fptoint -msign-ext -DNDEBUG")
else()
    set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
endif()

if(KUMQUAT_SANITIZE)
    # vptr needs RTTI, which our own code is built without.
    add_compile_options(-fsanitize=${KUMQUAT_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${KUMQUAT_SANITIZE})
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(KUMQUAT_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "KUMQUAT_FUZZ needs clang; use the preset \"fuzz\".")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Debian's emcc looks for acorn in node's default folders, where Debian does not put it.
if(EMSCRIPTEN AND EXISTS /usr/share/nodejs/acorn AND EMSCRIPTEN_ROOT_PATH STREQUAL "/usr/share/emscripten")
    set(kumquat_emcc_env ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs)
    set(CMAKE_CXX_LINKER_LAUNCHER ${kumquat_emcc_env})
endif()

find_program(KUMQUAT_CCACHE ccache)
if(KUMQUAT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Build folders and clones may share what was compiled: paths below the source folder count as relative ones. And
    # ccache cannot tell from the name em++ that its options are clang's.
    if(EMSCRIPTEN)
        set(kumquat_compiler_type CCACHE_COMPILERTYPE=clang)
    endif()
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${kumquat_compiler_type} ${KUMQUAT_CCACHE})
endif()
