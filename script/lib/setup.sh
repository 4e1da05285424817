# shellcheck shell=bash
# What script/run and script/test share: everything installed, the server and the page built. Sourced, after common.sh.
# shellcheck source=script/lib/packages.sh
. script/lib/packages.sh

# set_up_to_run: what a visitor needs, build/release/bin/kumquatd and build/wasm-release/web.
set_up_to_run() {
    need_packages build page
    need_imgui
    # The tests' own packages are not asked for; script/test switches them on.
    configure_once release -DKUMQUAT_TESTS=OFF
    configure_once wasm-release
    say "Building the server and the page (the first time takes some minutes)"
    build release kumquatd
    build wasm-release kumquat_web
}

# set_up_to_test: what building and running any of the tests needs.
set_up_to_test() {
    need_packages build page test
    need_imgui
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
