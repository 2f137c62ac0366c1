#!/usr/bin/env bash
# Writes names_gen.go, icons.zlib and LICENSE-tabler from Tabler's packages. The icons of viser 1.1 are those of
# 2.24.0, drawing by drawing; what Tabler has drawn since comes from the newer package.
set -euo pipefail
cd "$(dirname "$0")"
old=2.24.0 new=3.51.0
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for version in "$old" "$new"; do
  mkdir "$work/$version"
  npm pack --silent --pack-destination "$work" "@tabler/icons@$version" >/dev/null
  tar -xzf "$work/tabler-icons-$version.tgz" -C "$work/$version"
done
go run ./internal/gen "$work/$old/package/icons" "$work/$new/package/icons"
cp "$work/$new/package/LICENSE" LICENSE-tabler
