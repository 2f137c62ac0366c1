#!/usr/bin/env bash
# Makes the guide's pictures anew: each exhibit of examples/gallery, the demo, the controls, files that viser view opens;
# or those that are named.
# Needs what the browser tests need (client/node_modules, Chromium; CHROMIUM names another one), and client/dist as
# "make client" builds it. Takes five minutes, and ends by itself.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/" ./examples/gallery ./examples/clients ./examples/gui ./examples/panels ./examples/widgets ./examples/plots ./examples/upload ./examples/table ./examples/embed ./examples/rewind ./cmd/viser
go run ./docs/pictures/files "$bin/files"
cp examples/urdf/arm.urdf "$bin/files/several/"
node docs/pictures/make.mjs "$bin" "$@"
