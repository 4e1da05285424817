# Run with cmake -P: copies the page to OUTPUT under names that hold a hash of the content.
#   WEB      the folder with index.html, style.css and logo.svg
#   PROGRAM  what Emscripten made, without its ending: PROGRAM.js, PROGRAM.wasm and, if it was split, PROGRAM.rest.wasm
#   SCRIPTS  the page's scripts, one behind the other
#   EMOJI    the list of the emoji picker
#   REST     scripts that are loaded when a chat is there; may be empty
#   ESBUILD  minifies scripts; empty or not found: they stay as they are
#   BROTLI   the command that writes a folder's .br forms; empty: none are made

# hashed_copy(<source> <stem> <ending> <out>): copies it as stem.<16 hex digits>.ending; <out> is the new name.
function(hashed_copy source stem ending out)
    file(SHA256 "${source}" hash)
    string(SUBSTRING "${hash}" 0 16 hash)
    set(name "${stem}.${hash}.${ending}")
    configure_file("${source}" "${OUTPUT}/${name}" COPYONLY)
    set(${out} "${name}" PARENT_SCOPE)
endfunction()

# hashed_script(<source> <stem> <out>): the same for a script, which is made small; the source is removed.
function(hashed_script source stem out)
    if(ESBUILD)
        execute_process(COMMAND ${ESBUILD} --minify --charset=utf8 --legal-comments=none --log-level=warning
            "${source}" "--outfile=${source}.min" COMMAND_ERROR_IS_FATAL ANY)
        file(RENAME "${source}.min" "${source}")
    endif()
    hashed_copy("${source}" "${stem}" js name)
    file(REMOVE "${source}")
    set(${out} "${name}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${OUTPUT}")
file(MAKE_DIRECTORY "${OUTPUT}")
hashed_copy("${PROGRAM}.wasm" kumquat wasm wasm)
hashed_copy("${WEB}/style.css" style css style)
hashed_copy("${WEB}/logo.svg" logo svg logo)
hashed_copy("${EMOJI}" emoji txt emoji)

# Only whole names are replaced, byte for byte: file(READ) would spoil brackets and semicolons.
find_program(SED sed REQUIRED)
get_filename_component(plain "${PROGRAM}" NAME)
set(script "${OUTPUT}/kumquat.js")
execute_process(COMMAND ${SED} "s/${plain}\\.wasm/${wasm}/g" "${PROGRAM}.js" OUTPUT_FILE "${script}"
    COMMAND_ERROR_IS_FATAL ANY)
hashed_script("${script}" kumquat program_name)
set(rest_program "")
if(EXISTS "${PROGRAM}.rest.wasm")
    hashed_copy("${PROGRAM}.rest.wasm" rest wasm rest_program)
endif()
set(rest_script "")
if(REST)
    set(script "${OUTPUT}/rest.js")
    execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${REST} OUTPUT_FILE "${script}" COMMAND_ERROR_IS_FATAL ANY)
    hashed_script("${script}" rest rest_script)
endif()
set(script "${OUTPUT}/page.js")
execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${SCRIPTS}
    COMMAND ${SED} -e "s/emoji\\.txt/${emoji}/g" -e "s|/[*]PROGRAM[*]/|${wasm}|" -e "s|/[*]REST_PROGRAM[*]/|${rest_program}|"
        -e "s|/[*]REST_SCRIPT[*]/|${rest_script}|"
    OUTPUT_FILE "${script}" COMMAND_ERROR_IS_FATAL ANY)
hashed_script("${script}" page page_name)
execute_process(COMMAND ${SED} -e "s/style\\.css/${style}/g" -e "s/logo\\.svg/${logo}/g"
    -e "s/kumquat\\.js/${program_name}/g" -e "s/page\\.js/${page_name}/g"
    -e "s|</head>|<link rel=\"preload\" href=\"${wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\\n</head>|"
    "${WEB}/index.html" OUTPUT_FILE "${OUTPUT}/index.html" COMMAND_ERROR_IS_FATAL ANY)
if(BROTLI)
    execute_process(COMMAND ${BROTLI} "${OUTPUT}" COMMAND_ERROR_IS_FATAL ANY)
endif()
