#!/usr/bin/env bash
# Puts Dear ImGui's sources into build/deps/imgui (or the folder given). Debian 12's own package is too old, so the
# *source* package of Debian's development suite is taken: with a private apt configuration, which touches nothing of
# the machine's, needs no root, and asks the archive that the machine's own apt uses. apt verifies the archive's signature.
# shellcheck source=script/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

target=${1:-$root/build/deps/imgui}

# Versions that were looked at, with the SHA-256 of their upstream archive. When the suite has moved on, the newest
# 1.92.x that apt can authenticate is taken.
accepted='
1.92.2b+ds-1 e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
'

elsewhere="Put a release of Dear ImGui (1.92.2 or newer) into $target by hand,
or configure with -DKUMQUAT_FETCH_IMGUI=ON where its authors' repository can be reached."

imgui_version() { sed -n 's/^#define IMGUI_VERSION_NUM *\([0-9]*\).*/\1/p' "$1/imgui.h" 2>/dev/null || true; }

version=$(imgui_version "$target")
if [ "${version:-0}" -ge 19222 ]; then exit 0; fi
command -v apt-get >/dev/null || die "Dear ImGui is missing. $elsewhere"
say "Fetching Dear ImGui's source package"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
: >"$work/status"

# "label|address" of every archive the machine's apt knows; Debian's main archive is the one labelled so.
# shellcheck disable=SC2016
archive=$(apt-get indextargets --format '$(LABEL)|$(REPO_URI)' 'Created-By: Packages' | awk -F'|' '
    $1 == "Debian" { print $2; found = 1; exit }
    $2 ~ /\/debian\/?$/ && !guess { guess = $2 }
    END { if (!found && guess) print guess }')
[ -n "$archive" ] || die "This machine's apt knows no Debian archive. $elsewhere"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=
[ ! -e "$keyring" ] || signed="[signed-by=$keyring]"

private_apt() {
    local tool=$1
    shift
    (cd "$work/source" && "$tool" -q -o "Dir::State=$work" -o "Dir::State::lists=$work/lists" \
        -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
        -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false \
        -o "APT::Sandbox::User=$(id -un)" "$@")
}

for suite in sid testing; do
    say "deb-src $signed $archive $suite main" >"$work/sources.list"
    private_apt apt-get update
    offered=$(private_apt apt-cache showsrc imgui | sed -n 's/^Version: //p' | sort -V)
    choice=
    for version in $offered; do
        if [[ $version == 1.92.* ]]; then choice=$version; fi
        sum=$(awk -v v="$version" '$1 == v { print $2 }' <<<"$accepted")
        if [ -n "$sum" ]; then
            choice=$version
            break
        fi
    done
    [ -z "$choice" ] || break
done
[ -n "$choice" ] || die "The archive offers no Dear ImGui 1.92.x: $offered. $elsewhere"

private_apt apt-get source --download-only --only-source "imgui=$choice"
tarball=$(compgen -G "$work/source/imgui_*.orig.tar.*")
if [ -n "$sum" ]; then
    say "$sum  $tarball" | sha256sum --check --quiet - || die "Dear ImGui $choice is not the archive that was looked at."
fi
mkdir "$work/tree"
tar -xf "$tarball" -C "$work/tree" --strip-components=1
version=$(imgui_version "$work/tree")
[ "${version:-0}" -ge 19222 ] || die "Dear ImGui $choice is too old. $elsewhere"
mkdir -p "$(dirname "$target")"
rm -rf "$target"
mv "$work/tree" "$target"
say "Dear ImGui $choice is in ${target#"$root"/}"
