# `./quantum test --mutations [FOLDER…]` (sourced by it): changes the roles of a folder in a thousand small ways, one at
# a time, and counts the changes that no test notices. A folder of core/Quantum.Roles is proved by the tests of its own
# name in tests/Quantum.Roles.Tests, without the long walks (Kind=Walk): they reach most lines and prove few of them.

mutation_folders=(Sizing Executor ExitBrain Governance Portfolio TradingBot Venue)
mutation_bar=90
mutation_tests=tests/Quantum.Roles.Tests

mutants() { # <report> <status>: how many
    { grep -oE '"status": *"'"$2"'"' "$1" || true; } | grep -c . || true
}

# Every half a minute how far it is: the log has one character for each mutant that was tried.
watch_mutants() { # <folder> <log>
    local total tried
    # What sleeps on when this is ended must not keep the launcher's output open.
    while sleep 30 >/dev/null 2>&1; do
        total=$(sed -n 's/.* \([0-9][0-9]*\) *total mutants will be tested.*/\1/p' "$2" | tail -n 1)
        tried=$(awk '/^[.ST]+$/ { tried += length } END { print tried + 0 }' "$2")
        say "  $1: ${total:+$tried of $total mutants tried, }$((SECONDS - started)) s"
    done
}

mutate_folder() { # <folder>: runs it and leaves its report
    local out=$state/mutations/$1 log=$state/mutations/$1.log started=$SECONDS code=0
    rm -rf "$out"
    (cd "$root/$mutation_tests" && RunAnalyzers=false exec ${with_signals[@]+"${with_signals[@]}"} \
        dotnet tool run dotnet-stryker -- --skip-version-check --config-file stryker-config.yaml \
        --mutate "**/Quantum.Roles/$1/**/*.cs" \
        --test-case-filter "Kind!=Walk&FullyQualifiedName~.Tests.$1." --output "$out") >"$log" 2>&1 </dev/null &
    child=$!
    watch_mutants "$1" "$log" &
    lane=$!
    wait "$child" || code=$?
    kill "$lane" 2>/dev/null || true
    child= lane=
    [ -f "$out/reports/mutation-report.json" ] && return
    tail -n 15 "$log" >&2
    fail "$1 was not measured (exit code $code); the whole log: .quantum/mutations/$1.log"
}

judge_folder() { # <folder>: its row; 1 when below the bar
    local report=$state/mutations/$1/reports/mutation-report.json killed survived timeout uncovered all score
    killed=$(mutants "$report" Killed) survived=$(mutants "$report" Survived)
    timeout=$(mutants "$report" Timeout) uncovered=$(mutants "$report" NoCoverage)
    all=$((killed + survived + timeout + uncovered))
    [ "$all" -gt 0 ] || fail "$1 has no mutant; the whole log: .quantum/mutations/$1.log"
    score=$(((killed + timeout) * 1000 / all))
    printf '%-12s %7d %7d %9d %8d %12d %5d.%d %%\n' \
        "$1" "$all" "$killed" "$survived" "$timeout" "$uncovered" $((score / 10)) $((score % 10))
    [ "$score" -ge $((mutation_bar * 10)) ]
}

# ./quantum test --mutations [folder of core/Quantum.Roles …]
run_mutations() {
    local folders=("$@") folder below=()
    [ $# -gt 0 ] || folders=("${mutation_folders[@]}")
    for folder in "${folders[@]}"; do
        [ -d "$root/core/Quantum.Roles/$folder" ] && [ -d "$root/$mutation_tests/$folder" ] ||
            fail "'$folder' is no folder of core/Quantum.Roles with tests of its name; try one of: ${mutation_folders[*]}"
    done
    check_sdk
    mkdir -p "$state/mutations"
    (cd "$root" && dotnet tool restore) >"$state/mutations/restore.log" 2>&1 </dev/null || {
        tail -n 15 "$state/mutations/restore.log" >&2
        fail "the tool of .config/dotnet-tools.json was not restored; the whole log: .quantum/mutations/restore.log"
    }
    child= lane=
    trap 'for one in $child $lane; do kill "$one" 2>/dev/null; done' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    local at=0
    for folder in "${folders[@]}"; do
        at=$((at + 1))
        say "mutating $folder ($at of ${#folders[@]}) …"
        mutate_folder "$folder"
    done
    printf '%-12s %7s %7s %9s %8s %12s %9s\n' folder mutants killed survived timeout 'no coverage' score
    for folder in "${folders[@]}"; do judge_folder "$folder" || below+=("$folder"); done
    say "what survived, line by line: .quantum/mutations/FOLDER/reports/mutation-report.html"
    [ ${#below[@]} -eq 0 ] || { say "quantum: below $mutation_bar %: ${below[*]}"; exit 1; }
}
