# shellcheck shell=bash
# The kinds of tests: how each is built, run and counted. Sourced by script/test. A function kind_<name> writes what its
# runner prints to standard output and leaves its counts in kind_passed and kind_failed; whatever goes wrong before or
# beside a test case (a build that fails, a runner that crashes or runs nothing) counts as one failure more.

native_kinds='unit contract golden sim server conformance ui'

# run_kind <name>: runs it with its output in a log, prints one line about it, adds its counts up.
run_kind() {
    local log=build/test-logs/$1.log started=$SECONDS
    kind_passed=0 kind_failed=0 kind_trouble=
    "kind_$1" >"$log" 2>&1 || trouble "its script ended with code $?"
    if [ -z "$kind_trouble" ] && [ "$kind_passed" = 0 ] && [ "$kind_failed" = 0 ]; then trouble "it ran no test"; fi
    if [ -n "$kind_trouble" ]; then kind_failed=$((kind_failed + 1)); fi
    if [ "$kind_failed" != 0 ]; then
        tail -n 150 "$log"
        say "--- $1: ${kind_trouble:-tests failed}; all of its output is in $log"
    fi
    printf '%-9s ok %-5s not ok %-3s %4s s\n' "$1" "$kind_passed" "$kind_failed" $((SECONDS - started))
    # What was not run is named, with the reason.
    grep '^skip  ' "$log" || true
    passed=$((passed + kind_passed))
    failed=$((failed + kind_failed))
}

# trouble <what>: something other than a test case failed; the first is kept.
trouble() { kind_trouble=${kind_trouble:-$*}; }

# run_ctest <preset> <target...>: builds the targets, runs every case that ctest knows of with the label of a target
# kumquat_tests_<label>, and counts from ctest's own report.
run_ctest() {
    local preset=$1 report code=0 count labels
    shift
    report=$PWD/build/test-logs/$preset.xml
    rm -f "$report"
    labels=$(printf '|%s' "${@#kumquat_tests_}")
    build_for_test "$preset" "$@" || return 0
    ctest --test-dir "build/$preset" --label-regex "^(${labels#|})\$" --parallel "$(nproc)" --output-on-failure \
        --no-tests=error --output-junit "$report" || code=$?
    for count in tests failures disabled skipped; do
        local "$count=$(sed -n "s/^\t$count=\"\([0-9]*\)\".*/\1/p" "$report" 2>/dev/null | head -n 1)"
    done
    # shellcheck disable=SC2154
    {
        kind_failed=$((kind_failed + ${failures:-0}))
        kind_passed=$((kind_passed + ${tests:-0} - ${failures:-0} - ${disabled:-0} - ${skipped:-0}))
    }
    if [ "$code" != 0 ] && [ "${failures:-0}" = 0 ]; then trouble "ctest failed with code $code"; fi
}

# build_for_test <preset> <target...>: configures with the tests and builds, or notes the trouble.
build_for_test() {
    local preset=$1 tests=ON
    shift
    if [ "$preset" = fuzz ]; then tests=OFF; fi
    if ! cmake --preset "$preset" -DKUMQUAT_TESTS=$tests; then
        trouble "cmake --preset $preset failed"
        return 1
    fi
    if ! cmake --build "build/$preset" --target "$@"; then
        trouble "the build failed"
        return 1
    fi
}

# run_native <preset> <kind...>: run_ctest for these kinds, each of which must hold tests.
run_native() {
    local preset=$1 kind targets=()
    shift
    for kind; do
        targets+=("kumquat_tests_$kind")
    done
    run_ctest "$preset" "${targets[@]}"
    [ -z "$kind_trouble" ] || return 0
    for kind; do
        if ! ctest --test-dir "build/$preset" -N --label-regex "^$kind\$" | grep -q '^Total Tests: [1-9]'; then
            trouble "tests/$kind holds no test"
        fi
    done
}

# shellcheck disable=SC2086
kind_native() { run_native dev $native_kinds; }
# shellcheck disable=SC2086
kind_asan() { run_native asan $native_kinds; }
kind_unit() { run_native dev unit; }
kind_contract() { run_native dev contract; }
kind_golden() { run_native dev golden; }
kind_conformance() { run_native dev conformance; }
kind_sim() { run_native dev sim; }
kind_server() { run_native dev server; }
kind_ui() { run_native dev ui; }
kind_fuzz() { run_native fuzz fuzz; }
# shellcheck disable=SC2046,SC2086
kind_wasm() { run_ctest wasm-dev $(printf 'kumquat_tests_%s ' $native_kinds); }

kind_shaders() {
    local file
    for file in $(compgen -G 'shaders/*.vert') $(compgen -G 'shaders/*.frag'); do
        if glslangValidator "$file"; then
            kind_passed=$((kind_passed + 1))
        else
            kind_failed=$((kind_failed + 1))
        fi
    done
}

kind_e2e() {
    local code=0 line output=$PWD/build/test-logs/e2e.out
    if ! need_npm; then
        trouble "npm could not install the browser tests' packages"
        return 0
    fi
    if ! build_to_run || ! build_to_dist; then
        trouble "the server, the page or the service for the browser could not be built"
        return 0
    fi
    if ! write_dist build/dist; then
        trouble "the static site could not be put together"
        return 0
    fi
    KUMQUATD=$PWD/build/release/bin/kumquatd KUMQUAT_PAGE_DIR=$PWD/build/wasm-release/web \
        KUMQUAT_DIST=$PWD/build/dist KUMQUAT_ARTIFACTS=$PWD/build/test-artifacts node tests/e2e/run.mjs >"$output" 2>&1 </dev/null || code=$?
    cat "$output"
    line=$(tail -n 5 "$output" | grep -oE '^[0-9]+ passed, [0-9]+ failed' | tail -n 1) || true
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        kind_passed=${BASH_REMATCH[1]} kind_failed=${BASH_REMATCH[2]}
    else
        trouble "the browser tests did not close with their counts"
    fi
    if [ $code != 0 ] && [ "$kind_failed" = 0 ]; then trouble "the browser tests ended with code $code"; fi
}
