#!/usr/bin/env bash
# Measures what a browser has to do for a scene: our page beside viser's own, in one run. VISER_PYTHON names a Python
# with viser 1.1.1, whose wheel has that page. Needs client/node_modules and Chromium (CHROMIUM names another one).
#
#	bench/pages.sh [SECONDS]   how long each case is watched; default 8
set -euo pipefail
cd "$(dirname "$0")/.."
python=${VISER_PYTHON:-.venv/bin/python}
stock=$("$python" interop/pydriver/clientdir.py)
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/pages" ./bench/pages
node bench/pages/run.mjs "$bin/pages" "$stock" "$@"
