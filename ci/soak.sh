#!/usr/bin/env bash
# The soak: a server under load and attacks for SOAK (default 10m), with checks of memory, goroutines, descriptors and
# temporary files at the end. SOAK_CLIENTS clients are connected at a time. After it, the attacks of connected clients
# at ten times CI's size.
source "$(dirname "$0")/lib.sh"

go test -tags soak -count=1 -timeout 0 -v -run '^TestSoak$' . \
  -soak.duration="${SOAK:-10m}" -soak.clients="${SOAK_CLIENTS:-24}"
go test -race -count=1 -timeout 0 -run '^(TestConnectAndLeave|TestRandomOperations)$' . -attacks.scale=10
