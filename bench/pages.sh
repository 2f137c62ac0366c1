#!/usr/bin/env bash
# Measures what a browser has to do for a scene: our page beside viser's own, in one run. VISER_PYTHON names a Python
# with viser 1.1.1, whose wheel has that page. Needs client/node_modules and Chromium (CHROMIUM names another one).
#
#	bench/pages.sh [SECONDS [NAMES]]   how long each case is watched, default 8; parts of the names of cases,
#	                                   separated by |
#	bench/pages.sh -missing            prints what it lacks, with exit code 1
set -euo pipefail
cd "$(dirname "$0")/.."
python=${VISER_PYTHON:-.venv/bin/python}

missing() {
	command -v node >/dev/null || echo "node is not installed"
	[ -d client/node_modules/playwright-core ] || echo "client/node_modules has no playwright-core: npm --prefix client ci"
	command -v "${CHROMIUM:-/usr/bin/chromium}" >/dev/null || echo "there is no Chromium; CHROMIUM may name one"
	"$python" -c 'import viser' 2>/dev/null || echo "$python has no viser; VISER_PYTHON may name one that has"
}

lacks=$(missing | head -1)
if [ -n "$lacks" ] || [ "${1:-}" = -missing ]; then
	echo "${lacks}"
	[ -z "$lacks" ]
	exit
fi
stock=$("$python" interop/pydriver/clientdir.py)
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/" ./bench/pages ./cmd/viser
node bench/pages/run.mjs "$bin/pages" "$stock" "$python" "$@"
