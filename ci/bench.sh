#!/usr/bin/env bash
# The benchmark of bench/README.md, with its arguments. With BENCH set, the Go benchmarks of all packages that
# match this regular expression instead; BENCHTIME says how long each runs.
source "$(dirname "$0")/lib.sh"

if [ -z "${BENCH:-}" ]; then exec bench/run.sh "$@"; fi
go test -run '^$' -bench "$BENCH" -benchtime "${BENCHTIME:-1s}" -benchmem $(go list ./... | grep -v /interop) |
  grep -v -e '^PASS$' -e 'no test files' -e '^ok '
