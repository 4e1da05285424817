# Run with cmake -P: copies the page to OUTPUT under names that hold a hash of the content.
#   WEB   the folder with index.html, style.css and logo.svg
#   PAGE  what Emscripten made, without its ending: PAGE.js, PAGE.wasm

# hashed_copy(<source> <stem> <ending> <out>): copies it as stem.<16 hex digits>.ending; <out> is the new name.
function(hashed_copy source stem ending out)
    file(SHA256 "${source}" hash)
    string(SUBSTRING "${hash}" 0 16 hash)
    set(name "${stem}.${hash}.${ending}")
    configure_file("${source}" "${OUTPUT}/${name}" COPYONLY)
    set(${out} "${name}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${OUTPUT}")
file(MAKE_DIRECTORY "${OUTPUT}")
hashed_copy("${PAGE}.wasm" kumquat wasm wasm)
hashed_copy("${WEB}/style.css" style css style)
hashed_copy("${WEB}/logo.svg" logo svg logo)

# Only whole names are replaced, byte for byte: file(READ) would spoil brackets and semicolons.
find_program(SED sed REQUIRED)
set(script "${OUTPUT}/kumquat.js")
execute_process(COMMAND ${SED} "s/kumquat\\.wasm/${wasm}/g" "${PAGE}.js" OUTPUT_FILE "${script}"
    COMMAND_ERROR_IS_FATAL ANY)
hashed_copy("${script}" kumquat js script_name)
file(REMOVE "${script}")
execute_process(COMMAND ${SED} -e "s/style\\.css/${style}/g" -e "s/logo\\.svg/${logo}/g"
    -e "s/kumquat\\.js/${script_name}/g"
    -e "s|</head>|<link rel=\"preload\" href=\"${wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\\n</head>|"
    "${WEB}/index.html" OUTPUT_FILE "${OUTPUT}/index.html" COMMAND_ERROR_IS_FATAL ANY)
