# The functions with which every folder declares its library, its tests and its page.

# Flags of a target of ours. Without EXCEPTIONS neither exceptions nor RTTI: the page has none, and natively
# the same code must behave the same.
function(kumquat_target_flags target scope exceptions)
    target_compile_options(${target} ${scope} ${KUMQUAT_WARNINGS})
    if(NOT exceptions)
        target_compile_options(${target} ${scope} -fno-exceptions -fno-rtti)
    endif()
endfunction()

# kumquat_library(<target> SOURCES <file>... [PUBLIC <link>...] [PRIVATE <link>...] [EXCEPTIONS])
# One library per folder. SOURCES without any .cpp make a header-only library. The folder "src" is its include
# root. Ours among PUBLIC and PRIVATE are what the folder may include; KumquatLayers.cmake holds it to that.
function(kumquat_library target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "EXCEPTIONS" "" "SOURCES;PUBLIC;PRIVATE")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "kumquat_library(${target}): unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set(compiled ${arg_SOURCES})
    list(FILTER compiled INCLUDE REGEX "\\.cpp$")
    if(compiled)
        add_library(${target} STATIC ${arg_SOURCES})
        target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/src")
        target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
        kumquat_target_flags(${target} PRIVATE "${arg_EXCEPTIONS}")
    else()
        add_library(${target} INTERFACE)
        target_include_directories(${target} INTERFACE "${PROJECT_SOURCE_DIR}/src")
        target_link_libraries(${target} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
    endif()
    set_property(GLOBAL APPEND PROPERTY KUMQUAT_LIBRARIES ${target})
    set_property(GLOBAL PROPERTY KUMQUAT_FOLDER_${target} "${CMAKE_CURRENT_SOURCE_DIR}")
    set_property(GLOBAL PROPERTY KUMQUAT_LINKS_${target} ${arg_PUBLIC} ${arg_PRIVATE})
endfunction()

# kumquat_program(<target> SOURCES <file>... LIBS <link>... [EXCEPTIONS])
function(kumquat_program target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "EXCEPTIONS" "" "SOURCES;LIBS")
    add_executable(${target} ${arg_SOURCES})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(${target} PRIVATE ${arg_LIBS})
    kumquat_target_flags(${target} PRIVATE "${arg_EXCEPTIONS}")
endfunction()

# kumquat_test(<target> SOURCES <file>... LIBS <link>... [WASM] [EXCEPTIONS] [TIMEOUT <seconds>])
# A GoogleTest program whose cases ctest knows one by one, labelled with the kind of test (the folder under
# tests/). With WASM it is built and run under node in the wasm build as well. Tests find files of the
# repository under the macro KUMQUAT_SOURCE_DIR.
function(kumquat_test target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "WASM;EXCEPTIONS" "TIMEOUT" "SOURCES;LIBS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "kumquat_test(${target}): unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT KUMQUAT_TESTS OR (EMSCRIPTEN AND NOT arg_WASM))
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    file(RELATIVE_PATH kind "${PROJECT_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
    string(REGEX REPLACE "/.*" "" kind "${kind}")

    set(exceptions "")
    if(arg_EXCEPTIONS)
        set(exceptions EXCEPTIONS)
    endif()
    kumquat_program(${target} ${exceptions} SOURCES ${arg_SOURCES}
        LIBS ${arg_LIBS} GTest::gmock GTest::gtest GTest::gtest_main)
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${target} PRIVATE "KUMQUAT_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
    if(EMSCRIPTEN)
        # Synchronous compilation: Emscripten 3.1.6 takes node 18's fetch for a browser's.
        target_link_options(${target} PRIVATE -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1
            -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=1048576 -sWASM_ASYNC_COMPILATION=0 -sASSERTIONS=1)
    endif()
    include(GoogleTest)
    gtest_discover_tests(${target} TEST_PREFIX "${kind}/${target}." DISCOVERY_MODE PRE_TEST
        DISCOVERY_TIMEOUT 120 PROPERTIES LABELS "${kind}" TIMEOUT ${arg_TIMEOUT})
    set_property(GLOBAL APPEND PROPERTY KUMQUAT_TESTS_${kind} ${target})
endfunction()

# kumquat_fuzz(<target> SOURCES <file>... LIBS <link>... CORPUS <folder>)
# A libFuzzer program (LLVMFuzzerTestOneInput), built with KUMQUAT_FUZZ only. As a ctest test it runs over the
# whole corpus and then KUMQUAT_FUZZ_RUNS inputs of its own; what it finds stays in the build folder.
function(kumquat_fuzz target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;LIBS")
    if(NOT KUMQUAT_FUZZ)
        return()
    endif()
    kumquat_program(${target} SOURCES ${arg_SOURCES} LIBS ${arg_LIBS})
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    get_filename_component(corpus "${arg_CORPUS}" ABSOLUTE)
    set(found "${CMAKE_CURRENT_BINARY_DIR}/${target}_found")
    file(MAKE_DIRECTORY "${found}")
    set(KUMQUAT_FUZZ_RUNS 100000 CACHE STRING "Inputs that a fuzz test tries")
    add_test(NAME fuzz/${target} COMMAND ${target} -runs=${KUMQUAT_FUZZ_RUNS} -max_total_time=60 -seed=1
        -print_final_stats=1 -artifact_prefix=${found}/ ${found} ${corpus})
    set_tests_properties(fuzz/${target} PROPERTIES LABELS fuzz TIMEOUT 300)
    set_property(GLOBAL APPEND PROPERTY KUMQUAT_TESTS_fuzz ${target})
endfunction()

# kumquat_embed_text(<target> HEADER <path under the include root> NAMESPACE <ns> FILES <file>...)
# Makes a header with one std::string_view per file (a.frag becomes kAFrag) and lets <target> include it.
# Shaders are embedded, so that the page has no second thing to load before it can draw.
function(kumquat_embed_text target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;NAMESPACE" "FILES")
    set(files "")
    foreach(file IN LISTS arg_FILES)
        get_filename_component(file "${file}" ABSOLUTE)
        list(APPEND files "${file}")
    endforeach()
    set(root "${CMAKE_CURRENT_BINARY_DIR}/embedded")
    set(header "${root}/${arg_HEADER}")
    add_custom_command(OUTPUT "${header}"
        COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${header}" "-DNAMESPACE=${arg_NAMESPACE}" "-DFILES=${files}"
            -P "${PROJECT_SOURCE_DIR}/script/cmake/embed_text.cmake"
        DEPENDS ${files} "${PROJECT_SOURCE_DIR}/script/cmake/embed_text.cmake"
        COMMENT "Embedding ${arg_HEADER}" VERBATIM)
    target_sources(${target} PRIVATE "${header}")
    target_include_directories(${target} PRIVATE "${root}")
endfunction()

# Binaryen's tools, which come with Emscripten.
if(EMSCRIPTEN)
    find_program(KUMQUAT_NODE NAMES node nodejs REQUIRED)
    find_program(KUMQUAT_WASM_SPLIT wasm-split HINTS "${EMSCRIPTEN_ROOT_PATH}/../bin")
    cmake_path(GET KUMQUAT_WASM_SPLIT PARENT_PATH KUMQUAT_BINARYEN)
    set(KUMQUAT_WASM_FEATURES
        --enable-bulk-memory --enable-mutable-globals --enable-nontrapping-float-to-int --enable-sign-ext)
endif()

# kumquat_wasm_options(<target> <environment> [REHEARSAL <script>]): link options of what visitors load; <environment> is where
# it may run, of web, worker and node, with commas. In a release, where Binaryen's tools are found, the program is made easier
# to compress, and one with a rehearsal is divided into what ran in it and what comes later.
function(kumquat_wasm_options target environment)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "REHEARSAL" "")
    target_link_options(${target} PRIVATE
        -fno-exceptions
        -sENVIRONMENT=${environment}
        -sFILESYSTEM=0
        -sMALLOC=emmalloc
        -sALLOW_MEMORY_GROWTH=1
        -sTOTAL_STACK=262144           # STACK_SIZE since 3.1.25, which keeps this name
        -sDYNAMIC_EXECUTION=0          # the page's Content-Security-Policy forbids eval
        -sTEXTDECODER=2
        -sSUPPORT_LONGJMP=0
        -sEXIT_RUNTIME=0
        $<$<CONFIG:Debug>:-sASSERTIONS=1>)
    if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
        return()
    endif()
    set(step order_functions)
    set(program "$<TARGET_FILE_DIR:${target}>/$<TARGET_FILE_BASE_NAME:${target}>")
    set(arguments "${program}.wasm")
    set(passes --converge)  # for as long as it gets smaller
    if(arg_REHEARSAL AND KUMQUAT_WASM_SPLIT)
        set(step split_program)
        set(arguments "${program}.js" "${arg_REHEARSAL}")
        set(passes --one-caller-inline-max-function-size=1)  # functions stay apart until the program is divided
    endif()
    target_link_options(${target} PRIVATE -sBINARYEN_EXTRA_PASSES=${passes})
    if(KUMQUAT_WASM_SPLIT)
        add_custom_command(TARGET ${target} POST_BUILD
            COMMAND ${KUMQUAT_NODE} "${PROJECT_SOURCE_DIR}/script/cmake/${step}.mjs"
                ${arguments} "${KUMQUAT_BINARYEN}" ${KUMQUAT_WASM_FEATURES}
            COMMENT "Making ${target} small to download" VERBATIM)
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${arg_REHEARSAL}
            "${PROJECT_SOURCE_DIR}/script/cmake/order_functions.mjs" "${PROJECT_SOURCE_DIR}/script/cmake/${step}.mjs")
    endif()
endfunction()
