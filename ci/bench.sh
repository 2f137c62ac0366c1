#!/usr/bin/env bash
# The tables of bench/README.md: the servers, with this script's arguments, and the web clients in Chromium, which takes
# no arguments. With BENCH set, the Go benchmarks of all packages that match this regular expression instead; BENCHTIME
# says how long each runs.
source "$(dirname "$0")/lib.sh"

if [ -n "${BENCH:-}" ]; then
  go test -run '^$' -bench "$BENCH" -benchtime "${BENCHTIME:-1s}" -benchmem $(go list ./... | grep -v /interop) |
    grep -v -e '^PASS$' -e 'no test files' -e '^ok '
  exit
fi
bench/run.sh "$@"
echo
find_chromium || true
if reason=$(bench/pages.sh -missing); then bench/pages.sh; else echo "LEFT OUT: the web clients: $reason"; fi
