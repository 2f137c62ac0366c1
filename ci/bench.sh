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

# One half that fails does not keep the other from being measured. The exit code is that of the first that fails.
servers=0 pages=0
printf 'bench: 1 of 2, the servers\n' >&2
bench/run.sh "$@" || servers=$?
echo
printf 'bench: 2 of 2, the web clients\n' >&2
find_chromium || true
if reason=$(bench/pages.sh -missing); then
  bench/pages.sh || pages=$?
else
  echo "LEFT OUT: the web clients: $reason"
fi
[ "$servers" = 0 ] || echo "FAILED: the servers, with exit code $servers"
[ "$pages" = 0 ] || echo "FAILED: the web clients, with exit code $pages"
exit $((servers ? servers : pages))
