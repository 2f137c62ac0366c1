#!/usr/bin/env bash
# Fuzzes all targets of the repository, two at a time, for FUZZTIME each (default 10s), beyond their committed seeds.
# Arguments are packages, as ./internal/wire/pagewire; default all that have a target. Inputs that fail are written to
# testdata/fuzz of the package: commit them with the fix.
source "$(dirname "$0")/lib.sh"

packages=("$@")
if [ ${#packages[@]} = 0 ]; then
  mapfile -t packages < <(git grep -lE '^func Fuzz[A-Z]' -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|')
fi

root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export root work FUZZTIME=${FUZZTIME:-10s}

# Each package is built once, with the instrumentation that guides the fuzzer, and tells its targets itself, in its folder:
# a test may read its files when it begins.
for package in "${packages[@]}"; do
  binary=$work/${package//[.\/]/_}
  go test -c -fuzz '^Fuzz' -o "$binary" "$package"
  targets=$(cd "$package" && "$binary" -test.list '^Fuzz')
  [ -n "$targets" ] || { echo "$package has no fuzz target" >&2; exit 1; }
  for target in $targets; do echo "$package $target $binary"; done
done >"$work/targets"

# only_late tells of a log whether its one failure is that the time for fuzzing was over. Until Go 1.27 the coordinator
# at times reports this regular end as an error (golang/go issue 75804). An input that fails, a crash and an input that
# takes too long are reported otherwise, with where the input was written.
only_late() {
  [ "$(grep -vE '^fuzz: elapsed: ' "$1" | sed -E 's/ \([0-9.]+s\)$//')" = "--- FAIL: $2
    context deadline exceeded
FAIL" ]
}

fuzz() { # package, target, binary
  local log=$3.$2
  if (cd "$root/$1" && "$3" -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "$FUZZTIME" -test.parallel 1 -test.fuzzminimizetime 10x \
    -test.fuzzcachedir "$work/corpus/$1") >"$log" 2>&1 || only_late "$log" "$2"; then
    printf '%-26s %-20s %s\n' "$1" "$2" "$(grep -oE 'execs: [0-9]+' "$log" | tail -n 1)"
  else
    printf -- '--- FAIL: %s %s\n' "$1" "$2"
    cat "$log"
    return 1
  fi
}
export -f fuzz only_late
xargs -P 2 -L 1 bash -c 'fuzz "$1" "$2" "$3"' fuzz <"$work/targets"
