#!/usr/bin/env bash
# Format, vet, staticcheck, other systems, and the rules of the house. Reports all that it finds.
source "$(dirname "$0")/lib.sh"

staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
failed=0
complain() { # what, lines
  [ -z "$2" ] && return
  printf '\n%s:\n%s\n' "$1" "$2" >&2
  failed=1
}

step gofmt
complain "not formatted" "$(git ls-files -z -c -o --exclude-standard '*.go' | xargs -0 gofmt -l)"

step "go vet, here and for other systems"
go vet ./... || failed=1
go vet -tags viser_noclient ./client || failed=1
for os in darwin windows; do
  GOOS=$os go build ./... || { echo "does not build for $os" >&2; failed=1; }
done

step "go.mod"
complain "go.mod is not tidy" "$(go mod tidy -diff 2>&1 || true)"

step staticcheck
if GOBIN="$PWD/out/bin" go install "$staticcheck"; then
  out/bin/staticcheck ./... || failed=1
else
  left_out "staticcheck: it could not be fetched" || failed=1
fi

step "imports"
module=$(go list -m)
# May import, of ours by its path below the module, of others by a prefix. "*": anything.
may_import() {
  case $1 in
  .) echo "client icon internal/httpd internal/rate internal/session internal/state internal/wire formats/gltf transform uplot" ;;
  client | colornames | hdri | hdri/internal/gainmap | icon | transform | uplot | internal/rate | internal/sniff) ;;
  formats/splat) echo "formats/ply internal/sniff" ;;
  formats/*) echo "internal/sniff transform" ;;
  internal/wire) echo "github.com/klauspost/compress github.com/tinylib/msgp" ;;
  internal/wire/pagewire) echo "internal/wire" ;;
  internal/wire/gen) echo "github.com/tinylib/msgp" ;;
  internal/state) echo "internal/wire github.com/tinylib/msgp" ;;
  internal/session) echo "internal/rate internal/wire github.com/coder/websocket" ;;
  internal/httpd) echo "internal/rate" ;;
  bench | bench/* | client/* | hdri/internal/make | icon/internal/gen | cmd/* | examples | examples/* | interop | interop/*) echo "*" ;;
  *) return 1 ;;
  esac
}
check_imports() {
  local pkg imports import ok allowed
  while read -r pkg imports; do
    pkg=${pkg#"$module"} pkg=${pkg#/} pkg=${pkg:-.}
    allowed=$(may_import "$pkg") || { echo "$pkg stands in no line of may_import in ci/lint.sh"; continue; }
    [ "$allowed" = "*" ] && continue
    for import in $imports; do
      case ${import%%/*} in *.*) ;; *) continue ;; esac # the standard library
      import=${import#"$module"/}
      ok=false
      for a in $allowed; do
        case $import in "$a" | "$a"/*) ok=true ;; esac
      done
      $ok || echo "$pkg imports $import"
    done
  done < <(go list -f '{{.ImportPath}} {{join .Imports " "}}' ./...)
}
complain "imports that docs/architecture.md rules out" "$(check_imports)"

step "words"
source_files=(':!ci/lint.sh' ':!*package-lock.json' ':!client/dist' ':!*/testdata/*')
found() { git grep -nIE "$@" || true; }
complain "a TODO without an issue, as in TODO(#12)" \
  "$(found '\b(TODO|FIXME|XXX)\b' -- "${source_files[@]}" | grep -vE '\b(TODO|FIXME|XXX)\(#[0-9]+\)' || true)"
complain "paths of a machine" \
  "$(found "(/home/[a-z]+/|/Users/[A-Za-z]+/|[A-Z]:\\\\Users|$(printf '%s' "$PWD" | sed 's/[].[*^$\\(){}+?|]/\\&/g')/)" -- "${source_files[@]}")"
complain "tests that leave themselves or others out" \
  "$(found '(\b[tb]\.Skip(f|Now)?\(|\b(test|it|describe)\.(skip|only|fixme)\()' -- '*_test.go' 'client/*.ts' 'client/*.tsx')"
# On the clock of a synctest bubble a sleep takes no time. (The root package has a helper that makes one.)
complain "tests that wait for real time" \
  "$(git grep -lI 'time\.Sleep(' -- '*_test.go' | xargs -r grep -LE '"testing/synctest"|bubble\(t, ' || true)"
complain "links that Git cannot follow everywhere" "$(git ls-files -s | awk '$1 == 120000 {print $4}')"
complain "files of over a megabyte, such as a program that was built here" \
  "$(git ls-files -z -- . ':!client/dist' | xargs -0 -r sh -c 'find "$@" -size +1024k' sh)"

exit $failed
