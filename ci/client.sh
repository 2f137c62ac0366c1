#!/usr/bin/env bash
# The web client. Usage: ci/client.sh [test|build|check-build|e2e]; without an argument, build.
#   test         formatter, linter, types, unit tests
#   build        writes client/dist, which is committed and embedded
#   check-build  builds, and fails if that changed client/dist; measures the first visit
#   e2e          the pages in a real Chromium, against a Go server; what follows goes to Playwright
source "$(dirname "$0")/lib.sh"

node_ok || { left_out "the web client: no Node of 20.19 or newer"; exit; }

# install fetches the packages if the lock file is not the one that they came from.
install() {
  local stamp=client/node_modules/.viser-lock sum
  sum=$(sha256sum client/package-lock.json | cut -d' ' -f1)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return; fi
  step "npm ci"
  local quiet=(--no-audit --no-fund)
  # "ci" also refuses a lock file that lacks an optional package of another system (a mirror may not have it);
  # "install --no-save" goes by the lock file as well, and leaves that one out.
  if ! npm --prefix client ci "${quiet[@]}" && ! npm --prefix client install --no-save "${quiet[@]}"; then
    if npm ping >/dev/null 2>&1; then exit 1; fi
    left_out "the web client: the npm registry cannot be reached"
    exit 0
  fi
  echo "$sum" >"$stamp"
}

# built_sums prints a checksum of each file of the build. Of gzipped ones it is that of the contents, as not every
# version of Node packs them alike.
built_sums() {
  local file
  sums client/dist ':!client/dist/*.gz'
  git ls-files -z -c -o --exclude-standard -- 'client/dist/*.gz' | sort -zu | while IFS= read -rd '' file; do
    if [ -e "$file" ]; then echo "$(gzip -dc "$file" | sha256sum | cut -d' ' -f1)  $file"; fi
  done
}

check_build() {
  local before after
  before=$(built_sums)
  npm --prefix client run build
  after=$(built_sums)
  if [ "$before" != "$after" ]; then
    diff <(printf '%s\n' "$before") <(printf '%s\n' "$after") | sed -n 's/^[<>] [0-9a-f]*  /  /p' | sort -u
    echo "client/dist was not the build of client/src; it is now: commit it" >&2
    exit 1
  fi
  npm --prefix client run size
}

install
case "${1:-build}" in
test)
  npm --prefix client run check
  npm --prefix client test
  ;;
build) npm --prefix client run build ;;
check-build) check_build ;;
e2e)
  # The shell is the same browser without its own windows: half the time. ci/interop.sh has the whole one.
  find_chromium chromium-headless-shell || { left_out "the web client in a browser: no Chromium"; exit; }
  npm --prefix client run e2e -- "${@:2}"
  ;;
*)
  echo "ci/client.sh: unknown argument $1" >&2
  exit 2
  ;;
esac
