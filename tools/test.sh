# The verb `test` of ./quantum (sourced by it): one `dotnet test` per test assembly. Two lanes run side by side, for tests
# that start processes mostly wait for them; each takes the next project that the other has not taken, those that say
# <TakesLong> first. Projects that say <WaitsForNothing> only compute: a third lane runs them at the lowest priority,
# on what is left of the processor.
# The result files give the counts.

# Folders of the solution's test projects, one per line.
test_projects() {
    sed -n 's/^Project(.*, "\([^"]*\.Tests\.csproj\)".*/\1/p' "$root/Quantum.sln" | tr '\\' '/' | while read -r project; do
        dirname "$project"
    done
}

count_of() { # <result file> <counter>: empty when the file does not tell
    sed -n 's/.*<Counters[^>]* '"$2"'="\([0-9]*\)".*/\1/p' "$1"
}

passed=0 failed=0 skipped=0
with_signals=()
if env --default-signal=INT true 2>/dev/null; then with_signals=(env --default-signal=INT); fi

# A host that died, or left no results, is a failure of its own: its tests are unknown, not passed.
judge() { # <name> <exit code> <log> <result file> <seconds>
    local total=0 executed=0 good=0 bad=0 broken=
    if [ -f "$4" ] && [ -n "$(count_of "$4" total)" ]; then
        total=$(count_of "$4" total) executed=$(count_of "$4" executed) good=$(count_of "$4" passed)
        bad=$((executed - good))
        [ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || broken="ended with exit code $2 though no test failed"
        # "Test Run Aborted" and "host process crashed" are the runner's words for a host that died on the way.
        ! grep -qE 'Test Run Aborted|host process crashed|Test host process exited' "$3" || broken='was cut off'
    elif [ "$2" -ne 0 ] || ! grep -q 'No test matches' "$3"; then
        broken='left no results'
    fi
    if [ -n "$broken" ]; then
        bad=$((bad + 1))
        printf '%s %s:\n' "$1" "$broken"
    fi
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
    [ "$bad" -eq 0 ] || cat "$3"
    [ "$total" -eq 0 ] && [ "$bad" -eq 0 ] ||
        printf '%-36s %5d passed %3d failed %3d skipped  %4d s\n' "$1" "$good" "$bad" "$((total - executed))" "$5"
}

# Leaves its exit code and seconds beside the results.
run_project() { # <folder> <folder for results> [arguments of dotnet test]
    local dir=$1 results=$2 name code=0 started=$SECONDS
    shift 2
    name=$(basename "$root/$dir"/*.csproj .csproj)
    # In the background and awaited, so that a signal to this script ends the test run too. A shell without job control
    # lets what it starts there ignore SIGINT, and tests of Ctrl+C would wait for ever: env gives it back.
    ${with_signals[@]+"${with_signals[@]}"} dotnet test "$(built "$dir")" --logger 'console;verbosity=minimal' --logger "trx;LogFileName=$name.trx" \
        --results-directory "$results" --blame-hang-timeout 10m --blame-hang-dump-type none "$@" \
        >"$results/$name.log" 2>&1 </dev/null &
    child=$!
    wait "$child" || code=$?
    child=
    echo "$code $((SECONDS - started))" >"$results/$name.end"
}

# A run that left no end was itself cut off.
judge_project() { # <folder> <folder for results>
    local name code=1 seconds=0
    name=$(basename "$root/$1"/*.csproj .csproj)
    [ ! -f "$2/$name.end" ] || read -r code seconds <"$2/$name.end"
    judge "$name" "$code" "$2/$name.log" "$2/$name.trx" "$seconds"
}

take() { # <folder> <folder for results>: true for the one lane that comes first; a folder is made by one alone
    mkdir "$2/$(basename "$1").taken" 2>/dev/null
}

run_lane() { # <nice value> <folder for results> <count of projects> <project folders> [arguments of dotnet test]
    local results=$2 dirs=("${@:4:$3}") dir
    [ "$1" -eq 0 ] || with_signals=(nice -n "$1" ${with_signals[@]+"${with_signals[@]}"})
    shift $((3 + $3))
    trap - EXIT
    trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 143' TERM
    for dir in "${dirs[@]}"; do
        ! take "$dir" "$results" || run_project "$dir" "$results" "$@"
    done
}

# ./quantum test [part of a project's name …] [arguments of dotnet test]
run_tests() {
    local wanted=() projects=() dir part
    if [ "${1-}" = --mutations ]; then shift; run_mutations "$@"; return; fi
    while [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; do wanted+=("$1"); shift; done
    while read -r dir; do
        if [ ${#wanted[@]} -eq 0 ]; then projects+=("$dir"); fi
        for part in ${wanted[@]+"${wanted[@]}"}; do
            case $dir in *"$part"*) projects+=("$dir"); break ;; esac
        done
    done < <(test_projects)
    [ ${#projects[@]} -gt 0 ] || fail "no test project matches '${wanted[*]-}'; there are: $(test_projects | xargs -n 1 basename | tr '\n' ' ')"
    need_redis
    want_postgres "${projects[@]/#/$root/}"
    want_node "${projects[@]/#/$root/}"
    want_python "${projects[@]/#/$root/}"
    want_browser "${projects[@]/#/$root/}"
    build "${projects[0]}"
    local waiting=() computing=() others=()
    for dir in "${projects[@]}"; do
        if grep -qs '<WaitsForNothing>true' "$root/$dir"/*.csproj; then computing+=("$dir")
        elif grep -qs '<TakesLong>true' "$root/$dir"/*.csproj; then waiting=("$dir" ${waiting[@]+"${waiting[@]}"})
        else waiting+=("$dir"); fi
    done
    results=$(mktemp -d) child= lanes=
    trap 'for one in $child $lanes; do kill "$one" 2>/dev/null; done; rm -rf "$results"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    if [ ${#computing[@]} -gt 0 ]; then
        run_lane 19 "$results" ${#computing[@]} "${computing[@]}" "$@" &
        lanes=$!
    fi
    if [ ${#waiting[@]} -gt 1 ]; then
        run_lane 0 "$results" ${#waiting[@]} "${waiting[@]}" "$@" &
        lanes="$lanes $!"
    fi
    for dir in ${waiting[@]+"${waiting[@]}"}; do
        if ! take "$dir" "$results"; then others+=("$dir"); continue; fi
        run_project "$dir" "$results" "$@"
        judge_project "$dir" "$results"
    done
    for one in $lanes; do wait "$one" || true; done
    lanes=
    for dir in ${others[@]+"${others[@]}"} ${computing[@]+"${computing[@]}"}; do judge_project "$dir" "$results"; done
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    if [ $((passed + failed)) -eq 0 ]; then say "quantum: no test ran"; exit 1; fi
    [ "$failed" -eq 0 ] || exit 1
}
