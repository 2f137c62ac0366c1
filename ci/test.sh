#!/usr/bin/env bash
# Runs all tests in stages; the later stages run even if one fails. Exits non-zero if any failed, and lists what this
# machine could not check.
source "$(dirname "$0")/lib.sh"

logs=$(mktemp -d)
export VISER_LEFT_OUT=$logs/left_out
touch "$VISER_LEFT_OUT"
trap 'rm -rf "$logs"' EXIT

passed=0 failed=0 report="" why=""
browser_report=client/test-results/report.json # of Playwright; client/e2e/playwright.config.ts names it

# stage runs a command with a time limit, so that one that hangs does not use up the time of the others.
stage() {
  local name=$1 began=$SECONDS result=ok before
  shift
  rm -f "$browser_report"
  printf '\n######## %s\n' "$name"
  before=$(wc -l <"$VISER_LEFT_OUT")
  if limited "$@" 2>&1 | tee "$logs/stage"; then passed=$((passed + 1)); else
    result=FAILED failed=$((failed + 1))
    why+="$name:"$'\n'$(culprits "$logs/stage")$'\n'
  fi
  if [ "$result" = ok ] && [ "$(wc -l <"$VISER_LEFT_OUT")" -gt "$before" ]; then result="ok, in part"; fi
  report+=$(printf '%-28s %-12s %4d s' "$name" "$result" $((SECONDS - began)))$'\n'
}

limited() {
  if ! have timeout; then "$@"; return; fi
  # In a terminal the stage must stay in the foreground, or Ctrl-C would not reach it.
  local foreground=()
  if [ -t 0 ]; then foreground=(--foreground); fi
  timeout "${foreground[@]}" -k 10 1200 "$@"
}

# culprits names what failed in a stage, for readers who see the end of the output only: failed browser tests with
# their errors, or the first failures of Go, or else the last lines.
culprits() {
  local found=""
  if [ -f "$browser_report" ]; then found=$(node client/scripts/failures.mjs "$browser_report" || true); fi
  if [ -z "$found" ]; then
    found=$(
      grep -E -m 6 '^ *(✘|--- FAIL|panic:|FAIL.*\[)|WARNING: DATA RACE' "$1" || true # ✘: a browser test, of a run that was cut off
      grep -E -m 4 -A 3 '^ *(Error|AssertionError|TypeError):' "$1" | grep -vE '^(--| *)$' || true
    )
  fi
  if [ -z "$found" ]; then found=$(tail -n 4 "$1"); fi
  printf '%s\n' "$found" | sed 's/^/  /' | cut -c1-160 | sed -n 1,20p
}

go_tests() {
  # The race detector needs a C compiler.
  local race=-race
  if [ "$(go env CGO_ENABLED)" != 1 ] || ! have "$(go env CC)"; then
    race=
    left_out "the race detector: there is no C compiler" || exit 1
  fi
  go test $race -shuffle=on -timeout 12m $(go list ./... | grep -v '/interop$') || return 1
  # Go's race detector crashes after some hundred bubbles of testing/synctest (golang/go issue 78156).
  go test -run '^TestEveryClientConverges$' -timeout 12m . || return 1
  # What is left out with the race detector, which makes it ten times slower.
  go test -shuffle=on -timeout 12m ./internal/recording ./internal/standalone
}

# Modules of their own, so that what they import is no dependency of the library.
nested_tests() {
  local mod
  for mod in $(git ls-files -c -o --exclude-standard '*/go.mod'); do
    mod=$(dirname "$mod")
    go -C "$mod" mod download || { left_out "the tests in $mod: what they import could not be fetched" || exit 1; continue; }
    go -C "$mod" vet ./...
    go -C "$mod" test -shuffle=on -timeout 12m ./...
  done
}

case ${1:-} in # stages of their own, so that their time is limited like the others'
go) go_tests; exit ;;
nested) nested_tests; exit ;;
esac

stage "setup" ci/setup.sh
stage "lint" ci/lint.sh
stage "generated files" ci/generate.sh --check
stage "client: check, unit tests" ci/client.sh test
stage "client: build" ci/client.sh check-build
stage "go test" ci/test.sh go
stage "go test, nested modules" ci/test.sh nested
# Shorter than "make fuzz": there are some sixty targets, and each run has another seed.
FUZZTIME=${FUZZTIME:-3s} stage "fuzzing" ci/fuzz.sh
for part in 1 2 3 4; do stage "client in a browser, $part of 4" ci/client.sh e2e --shard=$part/4; done
stage "against viser 1.1.1" ci/interop.sh

printf '\n######## summary\n%s' "$report"
if [ -s "$VISER_LEFT_OUT" ]; then
  printf '\nLEFT OUT on this machine:\n'
  sort -u "$VISER_LEFT_OUT" | sed 's/^/  - /'
fi
if [ -n "$why" ]; then printf '\nFAILED:\n%s' "$why"; fi
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
