# Each target is a script in ci/; CI runs the same ones.

.PHONY: test lint generate client interop bench fuzz soak demo

test: ## everything: lint, generated files, client, Go, browser, the real viser
	@ci/test.sh

lint: ## format, vet, staticcheck, source rules
	@ci/lint.sh

generate: ## write the generated files anew
	@ci/generate.sh

client: ## build the web client into client/dist
	@ci/client.sh build

interop: ## tests against the real viser 1.1.1
	@ci/interop.sh

bench: ## side by side with viser 1.1.1, servers and web clients; BENCH=regexp for Go benchmarks
	@ci/bench.sh

fuzz: ## every fuzz target for FUZZTIME each, default 10s
	@ci/fuzz.sh

soak: ## ten minutes of load and attacks; SOAK=1h for longer
	@ci/soak.sh

demo: ## the bunny, on 127.0.0.1:8080
	@go run ./cmd/viser demo --open
