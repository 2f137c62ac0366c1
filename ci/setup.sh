#!/usr/bin/env bash
# Installs what the tests need, as root on a Debian-like system. Elsewhere it lists what is missing; the stages that
# need it are then left out.
source "$(dirname "$0")/lib.sh"

missing=()
want() { # command, Debian package
  have "$1" || missing+=("$2")
}

have go || { echo "Go is missing: see https://go.dev/doc/install" >&2; exit 1; }
want git git
want node nodejs
want npm npm
want python3 python3
want gcc gcc # for the race detector
have gcc && { echo '#include <stdlib.h>' | gcc -E - >/dev/null 2>&1 || missing+=(libc6-dev); }
have python3 && { python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv); }
find_chromium || missing+=(chromium)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && have apt-get; then
    step "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -q -y --no-install-recommends "${missing[@]}"
  else
    echo "missing here: ${missing[*]} (names of Debian packages)"
  fi
fi

# The browser itself does as well, in twice the time: not every system has this package.
if ! have chromium-headless-shell && [ "$(id -u)" = 0 ] && have apt-get; then
  step "installing chromium-headless-shell, if there is one"
  { apt-get update -q && apt-get install -q -y --no-install-recommends chromium-headless-shell; } || true
fi

# Debian 12 has Node 18. The registry of npm has Node itself.
if have npm && ! node_ok; then
  step "the system's Node is too old: fetching one into out/node"
  mkdir -p out/node
  npm install --prefix out/node --no-audit --no-fund --no-save node@20 || true
  PATH="$PWD/out/node/node_modules/node/bin:$PATH"
fi

go version
if node_ok; then echo "node $(node --version)"; else left_out "the web client's tests: they need Node 20.19 or newer"; fi
if find_chromium; then "$CHROMIUM" --version 2>/dev/null; else left_out "everything in a browser: no Chromium was found; set CHROMIUM to one"; fi
if have python3; then python3 --version; else left_out "the tests against the real viser: there is no python3"; fi
