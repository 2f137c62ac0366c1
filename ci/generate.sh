#!/usr/bin/env bash
# Writes the generated files anew. With --check it fails if that changed any.
source "$(dirname "$0")/lib.sh"

generated=('*_gen.go' '*.gen.ts')
before=$(sums "${generated[@]}")
go generate ./...
after=$(sums "${generated[@]}")

if [ "$before" != "$after" ]; then
  diff <(printf '%s\n' "$before") <(printf '%s\n' "$after") | sed -n 's/^[<>] [0-9a-f]*  /  /p' | sort -u
  if [ "${1:-}" = --check ]; then
    echo "these generated files did not fit their sources; they are written now: commit them" >&2
    exit 1
  fi
fi
