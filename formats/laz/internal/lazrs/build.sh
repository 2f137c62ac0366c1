#!/usr/bin/env bash
# Translates the decoder of LAZ, the Rust crate "laz" behind the few functions of rust/src/lib.rs, into lazrs.go. The
# tests need none of this. It needs Debian's packages rustc-web, cargo-web, rust-web-src and lld (any cargo of 1.96 or
# later with the source of its standard library, and a wasm-ld), Go, and Node for wasm-opt.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The standard library is built for WebAssembly here, as cargo's option of that name does, which is not stable yet.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
# A panic is a trap without a message: nobody would read it. The most memory of an instance is 256 MiB.
export RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
  -Clink-arg=--max-memory=268435456 -Clink-arg=-zstack-size=262144"
"${CARGO:-cargo}" build --manifest-path rust/Cargo.toml --locked --release \
  -Z build-std=std,panic_abort --target wasm32-unknown-unknown

npm install --silent --no-save --prefix "$work" binaryen@132.0.0
"$work/node_modules/.bin/wasm-opt" -O3 --all-features -o "$work/lazrs.wasm" \
  "$work/target/wasm32-unknown-unknown/release/lazrs.wasm"
GOBIN=$work go install github.com/ncruces/wasm2go@v0.4.22
"$work/wasm2go" -pkg lazrs -o lazrs.go "$work/lazrs.wasm"
# go vet objects to a second return after the one of a block.
{ go vet . 2>&1 || true; } | sed -n 's/^.*lazrs\.go:\([0-9]*\):.*unreachable code$/\1{\/^\treturn$\/d}/p' >"$work/unreachable"
sed -i -f "$work/unreachable" lazrs.go
sed -i '1a\\n//lint:file-ignore SA4006 the translation reads the memory again after each call' lazrs.go
# With the race detector it would be many times slower, and no memory is shared with anything.
sed -i 's/^func /\/\/go:norace\n&/' lazrs.go
gofmt -w lazrs.go
go vet .
wc -c lazrs.go
