# shellcheck shell=bash
# What script/run and script/test share: everything installed, the server and the page built. Sourced, after common.sh.
# shellcheck source=script/lib/packages.sh
. script/lib/packages.sh

# set_up_to_run: what building and running Kumquat needs.
set_up_to_run() {
    need_packages build page
    need_imgui
}

# set_up_to_test: what building and running any of the tests needs. Without the fonts it goes on: what needs them is skipped.
set_up_to_test() {
    need_packages build page test
    (need_packages font) || say "Going on without; the scripts that are skipped are named below."
    need_imgui
}

# set_up_to_dist: what building the static site needs.
set_up_to_dist() {
    need_packages build page
    need_imgui
}

# build_to_run: makes build/release/bin/kumquatd and build/wasm-release/web.
build_to_run() {
    # The tests' own packages are not asked for; script/bench switches them on.
    configure_once release -DKUMQUAT_TESTS=OFF &&
        configure_once wasm-release &&
        build release kumquatd &&
        build wasm-release kumquat_web
}

# build_to_dist: makes build/wasm-release/site.
build_to_dist() {
    configure_once wasm-release &&
        build wasm-release kumquat_site_web
}

# write_dist <folder>: puts the static site together from what build_to_dist made.
write_dist() {
    node script/lib/dist.mjs build/wasm-release "$1" "${KUMQUAT_BUILD:-$(date +%s)}"
}

need_imgui() {
    if command -v apt-get >/dev/null; then
        script/lib/imgui.sh
    fi
}

# need_npm: the packages of the browser tests, once for each state of their lock file.
need_npm() {
    local stamp=tests/e2e/node_modules/.kumquat-lock
    if cmp -s tests/e2e/package-lock.json "$stamp"; then return; fi
    say "Installing the browser tests' packages"
    npm ci --prefix tests/e2e --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null || return 1
    cp tests/e2e/package-lock.json "$stamp"
}
