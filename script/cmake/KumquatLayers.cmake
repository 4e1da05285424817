# Every folder includes only what its library links: the link list is the rule, and this is what holds it, for our own
# folders and for third-party headers (which the compiler would find in /usr/include anyway). Runs at the end of
# configure; script/test configures anew, so no violation lands.

# "pattern of an include = what a library must link, at first or second hand, to use it"
set(kumquat_third_party
    "<nlohmann/=nlohmann_json::nlohmann_json"
    "<boost/=Boost::headers"
    "<sqlite3\\.h>=SQLite::SQLite3"
    "<openssl/=OpenSSL::"
    "<sodium=Sodium::Sodium"
    "<zlib\\.h>=ZLIB::ZLIB"
    "<spdlog/=spdlog::spdlog"
    "<CLI/=CLI11::CLI11"
    "[<\"]imgui=kumquat_imgui")
# Emscripten's headers need no library: these folders are the ones that know the browser.
set(kumquat_browser_folders "^src/(platform/web|gfx/gl|worker|app)(/|$)")

# All libraries that <target> reaches through the lists given to kumquat_library.
function(kumquat_reachable target out)
    set(open ${target})
    set(seen "")
    while(open)
        list(POP_FRONT open next)
        if(next IN_LIST seen)
            continue()
        endif()
        list(APPEND seen ${next})
        get_property(links GLOBAL PROPERTY KUMQUAT_LINKS_${next})
        list(APPEND open ${links})
    endwhile()
    set(${out} "${seen}" PARENT_SCOPE)
endfunction()

# Why the library in <folder> that reaches <reachable> must not have the line <include>; empty if it may.
function(kumquat_include_fault folder reachable include out)
    set(${out} "" PARENT_SCOPE)
    if(include MATCHES "^#include \"([a-z_0-9/]+)/[^/\"]*\"")
        string(REPLACE "/" "_" library "kumquat_${CMAKE_MATCH_1}")
        if(library IN_LIST kumquat_libraries AND NOT library IN_LIST reachable)
            set(${out} "does not link ${library}" PARENT_SCOPE)
        endif()
        return()
    endif()
    if(include MATCHES "[<\"]emscripten" AND NOT folder MATCHES "${kumquat_browser_folders}")
        set(${out} "must not know the browser" PARENT_SCOPE)
        return()
    endif()
    foreach(rule IN LISTS kumquat_third_party)
        string(REGEX MATCH "^(.*)=([^=]*)$" rule "${rule}")
        set(pattern "${CMAKE_MATCH_1}")
        set(library "${CMAKE_MATCH_2}")
        if(include MATCHES "^#include ${pattern}" AND NOT reachable MATCHES "${library}")
            set(${out} "does not link ${library}" PARENT_SCOPE)
            return()
        endif()
    endforeach()
endfunction()

get_property(kumquat_libraries GLOBAL PROPERTY KUMQUAT_LIBRARIES)
set(kumquat_faults "")
foreach(target IN LISTS kumquat_libraries)
    get_property(path GLOBAL PROPERTY KUMQUAT_FOLDER_${target})
    file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${path}")
    kumquat_reachable(${target} reachable)
    file(GLOB files "${path}/*.h" "${path}/*.cpp")
    foreach(file IN LISTS files)
        file(STRINGS "${file}" includes REGEX "^#include ")
        foreach(include IN LISTS includes)
            kumquat_include_fault("${folder}" "${reachable}" "${include}" fault)
            if(fault)
                file(RELATIVE_PATH shown "${PROJECT_SOURCE_DIR}" "${file}")
                string(APPEND kumquat_faults "  ${shown}: ${include}, but ${target} ${fault}\n")
            endif()
        endforeach()
    endforeach()
endforeach()
if(kumquat_faults)
    message(SEND_ERROR "A folder includes what its library does not link:\n${kumquat_faults}")
endif()
