# Sourced by the scripts beside it. They all run from the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# setup.sh puts a Node here where the system's is too old.
[ -d out/node/node_modules/node/bin ] && PATH="$PWD/out/node/node_modules/node/bin:$PATH"

have() { command -v "$1" >/dev/null 2>&1; }

in_ci() { [ "${CI:-}" = true ]; }

step() { printf '\n== %s\n' "$*"; }

# left_out reports what this machine cannot check: a warning for a person, a failure in CI, where nothing may be
# left out.
left_out() {
  printf '\n!!! LEFT OUT: %s\n' "$*" >&2
  if [ -n "${VISER_LEFT_OUT:-}" ]; then printf '%s\n' "$*" >>"$VISER_LEFT_OUT"; fi
  if in_ci; then
    printf '!!! In CI nothing may be left out.\n' >&2
    return 1
  fi
}

# node_ok holds for a Node that the client's tools run on (the engines field of client/package.json).
node_ok() {
  have node && have npm && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

# find_chromium exports CHROMIUM, which the browser tests read. Arguments are names that have precedence.
find_chromium() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} "$@" chromium chromium-browser google-chrome; do
    if have "$name"; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      return
    fi
  done
  return 1
}

# sums prints a checksum of each file that matches the given git patterns, tracked or not.
sums() { git ls-files -z -c -o --exclude-standard -- "$@" | sort -zu | xargs -0 -r sha256sum 2>/dev/null || true; }
