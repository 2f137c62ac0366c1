#!/bin/sh
# Measures this server and, if VISER_PYTHON names a Python with viser 1.1.1, the
# real one beside it. Arguments go to the harness: see README.md.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${VISER_PYTHON:-}" ] && [ -x .venv/bin/python ]; then
	VISER_PYTHON=.venv/bin/python
	export VISER_PYTHON
fi
exec go run ./bench -json out/bench.jsonl "$@"
