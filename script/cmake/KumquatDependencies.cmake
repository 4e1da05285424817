# Finds what Kumquat stands on. Everything that is missing is told in one go, with the names of
# script/lib/packages.txt, and stops the configure step.

set(KUMQUAT_PACKAGES_FILE "${PROJECT_SOURCE_DIR}/script/lib/packages.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${KUMQUAT_PACKAGES_FILE}")
set(kumquat_missing "")
set(kumquat_missing_packages "")

# kumquat_need(<key> <what> <found>): notes the dependency <key> of packages.txt as missing unless <found>.
function(kumquat_need key what found)
    if(found)
        return()
    endif()
    file(STRINGS "${KUMQUAT_PACKAGES_FILE}" row REGEX "^${key} ")
    if(NOT row MATCHES "^${key} +[a-z]+ +([^, ]+)")
        message(FATAL_ERROR "script/lib/packages.txt has no row for \"${key}\"")
    endif()
    set(package "${CMAKE_MATCH_1}")
    set(kumquat_missing "${kumquat_missing}  ${what}: Debian package ${package}\n" PARENT_SCOPE)
    set(kumquat_missing_packages "${kumquat_missing_packages} ${package}" PARENT_SCOPE)
endfunction()

# --- Dear ImGui: sources, compiled by us with our own settings -------------------------------
if(KUMQUAT_UI)
    include(KumquatImGui)
endif()

# --- nlohmann/json ---------------------------------------------------------------------------
find_path(KUMQUAT_JSON_INCLUDE nlohmann/json.hpp PATHS /usr/include /usr/local/include
    NO_CMAKE_FIND_ROOT_PATH)
kumquat_need(json "nlohmann/json" "${KUMQUAT_JSON_INCLUDE}")
if(KUMQUAT_JSON_INCLUDE)
    add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
    set(json_include "${KUMQUAT_JSON_INCLUDE}")
    if(EMSCRIPTEN)
        # A folder of its own: all of /usr/include would hide Emscripten's system headers.
        set(json_include "${PROJECT_BINARY_DIR}/include/json")
        file(MAKE_DIRECTORY "${json_include}")
        file(CREATE_LINK "${KUMQUAT_JSON_INCLUDE}/nlohmann" "${json_include}/nlohmann" SYMBOLIC)
    endif()
    target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE "${json_include}")
endif()

# --- the server's libraries ------------------------------------------------------------------
if(KUMQUAT_SERVER)
    find_package(Threads REQUIRED)
    find_package(Boost 1.81 QUIET)
    kumquat_need(boost "Boost >= 1.81 (Asio, Beast)" "${Boost_FOUND}")
    find_package(SQLite3 3.34 QUIET)
    kumquat_need(sqlite "SQLite 3" "${SQLite3_FOUND}")
    find_package(OpenSSL 3.0 QUIET)
    kumquat_need(openssl "OpenSSL 3" "${OPENSSL_FOUND}")
    find_package(ZLIB QUIET)
    kumquat_need(zlib "zlib" "${ZLIB_FOUND}")
    find_package(spdlog QUIET)
    kumquat_need(spdlog "spdlog" "${spdlog_FOUND}")
    find_package(CLI11 QUIET)
    kumquat_need(cli11 "CLI11" "${CLI11_FOUND}")
    find_path(KUMQUAT_SODIUM_INCLUDE sodium.h)
    find_library(KUMQUAT_SODIUM_LIBRARY sodium)
    if(KUMQUAT_SODIUM_INCLUDE AND KUMQUAT_SODIUM_LIBRARY)
        add_library(Sodium::Sodium UNKNOWN IMPORTED)
        set_target_properties(Sodium::Sodium PROPERTIES
            IMPORTED_LOCATION "${KUMQUAT_SODIUM_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${KUMQUAT_SODIUM_INCLUDE}")
    endif()
    kumquat_need(sodium "libsodium" "${KUMQUAT_SODIUM_LIBRARY}")
endif()

# --- GoogleTest ------------------------------------------------------------------------------
if(KUMQUAT_TESTS)
    if(EMSCRIPTEN)
        set(KUMQUAT_GTEST_SOURCE /usr/src/googletest CACHE PATH "GoogleTest's sources, for wasm tests")
        if(EXISTS "${KUMQUAT_GTEST_SOURCE}/CMakeLists.txt")
            set(found_gtest TRUE)
            set(gtest_disable_pthreads ON)
            set(INSTALL_GTEST OFF)
            add_subdirectory("${KUMQUAT_GTEST_SOURCE}" "${PROJECT_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL)
            foreach(name gtest gmock gtest_main gmock_main)
                target_compile_options(${name} PRIVATE -w)
                if(NOT TARGET GTest::${name})
                    add_library(GTest::${name} ALIAS ${name})
                endif()
            endforeach()
        endif()
        kumquat_need(gtestsrc "GoogleTest's sources" "${found_gtest}")
    else()
        find_package(GTest 1.11 QUIET)
        kumquat_need(gtest "GoogleTest" "${GTest_FOUND}")
        if(GTest_FOUND AND NOT TARGET GTest::gmock)
            kumquat_need(gmock "GoogleMock" FALSE)
        endif()
    endif()
endif()

if(kumquat_missing)
    message(FATAL_ERROR "Kumquat cannot be built yet. Missing:\n${kumquat_missing}"
        "On Debian 12: apt-get install${kumquat_missing_packages}\n"
        "(script/run and script/test install what they need.)")
endif()
