# shellcheck shell=bash
# Shared by the scripts; sourced, never run. Sets `root`, the top folder of the checkout, and goes there.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

say() { printf '%s\n' "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# can_be_root: whether as_root will work: being root, or having sudo, which may ask for a password only at a terminal.
can_be_root() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# configure_once <preset> [cmake option...]: configures build/<preset> unless it is; from then on ninja configures
# anew by itself when a CMakeLists.txt changes.
configure_once() {
    local preset=$1
    shift
    if [ ! -e "build/$preset/build.ninja" ]; then quietly cmake --preset "$preset" "$@"; fi
}

# build <preset> <target...>
build() {
    local preset=$1
    shift
    quietly cmake --build "build/$preset" --target "$@"
}

# quietly <command...>: shows what it prints only at a terminal, or when it fails.
quietly() {
    if [ -t 1 ]; then
        "$@"
        return
    fi
    local log code=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || code=$?
    [ $code = 0 ] || cat "$log"
    rm -f "$log"
    return $code
}
