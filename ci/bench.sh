#!/usr/bin/env bash
# Benchmarks of the Go side. BENCH chooses (a regular expression), BENCHTIME says how long each runs.
source "$(dirname "$0")/lib.sh"

go test -run '^$' -bench "${BENCH:-.}" -benchtime "${BENCHTIME:-1s}" -benchmem $(go list ./... | grep -v /interop) |
  grep -v -e '^PASS$' -e 'no test files' -e '^ok '
