# shellcheck shell=bash
# Installs what lib/packages.txt lists and the machine lacks; sourced, after common.sh.

# package_seen <seen-by>: whether a dependency is there (the forms are explained in packages.txt).
package_seen() {
    local form=${1%%:*} what=${1#*:} value
    case $form in
    cmd) command -v "$what" >/dev/null ;;
    file) compgen -G "$what" >/dev/null ;;
    macro)
        local file=${what%%:*} name
        name=${what#*:}
        value=$(sed -n "s/^#define ${name%%:*} \([0-9]*\).*/\1/p" "$file" 2>/dev/null || true)
        [ "${value:-0}" -ge "${name#*:}" ]
        ;;
    *) die "script/lib/packages.txt: unknown form \"$1\"" ;;
    esac
}

# packages_missing <group...>: prints "key packages" for each row of the groups that is not there.
packages_missing() {
    local key group names seen
    while read -r key group names seen; do
        case $key in '' | '#'*) continue ;; esac
        case " $* " in *" $group "*) ;; *) continue ;; esac
        # A page can also be built with an emsdk that is not on the PATH.
        if [ "$key" = emscripten ] && [ -n "${EMSDK:-}${EMSCRIPTEN_ROOT:-}" ]; then continue; fi
        package_seen "$seen" || printf '%s %s\n' "$key" "$names"
    done <script/lib/packages.txt
}

# package_choice <a,b,...>: the first that apt offers.
package_choice() {
    local name
    for name in ${1//,/ }; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    die "None of these packages is offered by this machine's apt: ${1//,/ }"
}

# need_packages <group...>: makes every row of the groups be there, or says what to do and stops.
need_packages() {
    local missing names=() key choice
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        die "Kumquat needs these, and only knows how to install them on Debian (Debian's package names):
$missing"
    fi
    say "Missing: $(cut -d' ' -f1 <<<"$missing" | paste -sd' ')"
    can_be_root || die "Installing needs root, and sudo is not to be had without a prompt here. As root:
  apt-get update && apt-get install --no-install-recommends $(cut -d' ' -f2 <<<"$missing" | cut -d, -f1 | paste -sd' ')"
    as_root apt-get update -q
    while read -r key choice; do
        choice=$(package_choice "$choice")
        names+=("$choice")
    done <<<"$missing"
    say "Installing: ${names[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${names[@]}" </dev/null
    missing=$(packages_missing "$@")
    [ -z "$missing" ] || die "Still missing after the installation:
$missing"
}
