#!/usr/bin/env bash
# Measures the readers of files beside libraries of Python, in one run; then "viser view" and a robot with a page in
# Chromium (CHROMIUM names another one; needs client/node_modules). The libraries are installed from PyPI into a virtual
# environment of its own; VISER_FILES_PYTHON names a Python that has them (files/requirements.txt).
#
#	bench/files.sh                     five minutes on a quiet machine, 1 GB of disk
#	bench/files.sh readers [ROUNDS]    only the readers, each so many times; default 3
#	bench/files.sh pages               only what needs Chromium
#
# VISER_BENCH_FILES is a folder for the files that are read, which are kept there; default a temporary one.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-all}
python=${VISER_FILES_PYTHON:-out/files-venv/bin/python}
if [ -z "${VISER_FILES_PYTHON:-}" ] && ! cmp -s bench/files/requirements.txt out/files-venv/requirements.txt; then
	echo "installing the libraries of bench/files/requirements.txt" >&2
	rm -rf out/files-venv
	python3 -m venv out/files-venv
	"$python" -m pip install --quiet --disable-pip-version-check -r bench/files/requirements.txt
	cp bench/files/requirements.txt out/files-venv/
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/" ./bench/files ./cmd/viser
files=${VISER_BENCH_FILES:-$work}
mkdir -p "$files"
[ -f "$files/chain.urdf" ] || "$python" bench/files/make.py "$files"
node -p '`machine: ${os.cpus().length} processors, load ${os.loadavg()[0].toFixed(1)}`'
[ "$what" = pages ] || "$work/files" compare "$python" "$files" "${2:-3}"
[ "$what" = readers ] || node bench/files/page.mjs "$work" "$python" "$files"
node -p '`load at the end ${os.loadavg()[0].toFixed(1)}`'
