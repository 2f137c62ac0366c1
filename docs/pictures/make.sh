#!/usr/bin/env bash
# Makes the guide's pictures anew: each exhibit of examples/gallery, the demo, the controls, files that viser view opens, and
# the sheets with a file of each format; or those that are named.
# Needs what the browser tests need (client/node_modules, Chromium; CHROMIUM names another one), and client/dist as
# "make client" builds it. For the sheets (formats-…) also Python, npm and what "ci/interop.sh" installs into .venv: robots;
# what converts to the formats is put into out/. Takes ten minutes, and ends by itself.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT

pages=() sheets=()
for name in "$@"; do
  case $name in
    formats-*) sheets+=("${name#formats-}") ;;
    *) pages+=("$name") ;;
  esac
done

if [ $# = 0 ] || [ ${#pages[@]} -gt 0 ]; then
  go build -o "$bin/" ./examples/gallery ./examples/clients ./examples/gui ./examples/panels ./examples/widgets ./examples/plots ./examples/upload ./examples/table ./examples/embed ./examples/rewind ./cmd/viser
  go run ./docs/pictures/files "$bin/files"
  cp examples/urdf/arm.urdf "$bin/files/several/"
  node docs/pictures/make.mjs "$bin" "${pages[@]}"
fi
if [ $# = 0 ] || [ ${#sheets[@]} -gt 0 ]; then
  python=out/formats/bin/python
  if [ ! -e out/formats/installed ]; then
    python3 -m venv out/formats
    out/formats/bin/pip install --quiet --disable-pip-version-check -r docs/pictures/formats/requirements.txt
    # After its own packages come those of .venv.
    .venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$($python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/interop.pth"
    npm install --prefix out/formats --silent --no-audit --no-fund --no-save @playcanvas/splat-transform@2.7.1 @mkkellogg/gaussian-splats-3d@0.4.7 three@0.187.0
    touch out/formats/installed
  fi
  go build -o "$bin/viser" ./cmd/viser
  NODE_MODULES=$PWD/out/formats/node_modules $python docs/pictures/formats/make.py "$bin/viser" "$bin/formats" "${sheets[@]}"
fi
