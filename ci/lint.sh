#!/usr/bin/env bash
# Format, vet, staticcheck, other systems, and the words that files may not contain. Reports all that it finds. The
# rules on imports, log messages and locks are Go tests, in internal/layout.
source "$(dirname "$0")/lib.sh"

staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
failed=0
report() { # what, lines
  [ -z "$2" ] && return
  printf '\n%s:\n%s\n' "$1" "$2" >&2
  failed=1
}

step gofmt
report "not formatted" "$(git ls-files -z -c -o --exclude-standard '*.go' | xargs -0 gofmt -l)"

step "go vet, here and for other systems"
go vet ./... || failed=1
go vet -tags soak . || failed=1
go vet -tags viser_noclient ./client || failed=1
# Two stand for the rest: one of them has 32 bits.
for system in darwin/arm64 windows/386; do
  GOOS=${system%/*} GOARCH=${system#*/} go build ./... || { echo "does not build for $system" >&2; failed=1; }
done

step "go.mod"
report "go.mod is not tidy" "$(go mod tidy -diff 2>&1 | grep -v '^go: downloading ' || true)"

step staticcheck
if GOBIN="$PWD/out/bin" go install "$staticcheck"; then
  out/bin/staticcheck ./... || failed=1
else
  left_out "staticcheck: it could not be fetched" || failed=1
fi

step "forbidden words and files"
source_files=(':!ci/lint.sh' ':!*package-lock.json' ':!client/dist' ':!*/testdata/*')
found() { git grep -nIE "$@" || true; }
report "a TODO without an issue, as in TODO(#12)" \
  "$(found '\b(TODO|FIXME|XXX)\b' -- "${source_files[@]}" | grep -vE '\b(TODO|FIXME|XXX)\(#[0-9]+\)' || true)"
report "paths of a machine" \
  "$(found "(/home/[a-z]+/|/Users/[A-Za-z]+/|[A-Z]:\\\\Users|$(printf '%s' "$PWD" | sed 's/[].[*^$\\(){}+?|]/\\&/g')/)" -- "${source_files[@]}")"
report "skipped tests, and tests that exclude others" \
  "$(found '(\b[tb]\.Skip(f|Now)?\(|\b(test|it|describe)\.(skip|only|fixme)\()' -- '*_test.go' 'client/*.ts' 'client/*.tsx')"
# In a synctest bubble a sleep takes no real time. (The root package has a helper, bubble, that makes one.)
report "tests that wait for real time" \
  "$(git grep -lI 'time\.Sleep(' -- '*_test.go' | xargs -r grep -LE '"testing/synctest"|bubble\(t, ' || true)"
report "symbolic links, which not every system has" "$(git ls-files -s | awk '$1 == 120000 {print $4}')"
report "files of over a megabyte, such as a program that was built here" \
  "$(git ls-files -z -- . ':!client/dist' | xargs -0 -r sh -c 'find "$@" -size +1024k' sh)"

exit $failed
