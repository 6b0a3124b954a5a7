# What a newcomer needs: `make run`, `make test`. Each target sets up what it lacks by itself.
# Everything is built in the release profile: speech is slow without it, and one profile compiles once.

CARGO ?= cargo
PROGRAM := $(or $(CARGO_TARGET_DIR),target)/release/lectern
# More for `lectern serve`, as in: make run ARGS='--listen 127.0.0.1:9000'
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup build run test bench lint fmt clean-parts

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## Install what is missing: system packages, ONNX Runtime, the voice
	@scripts/setup.sh system parts

build: setup ## Build the program
	$(CARGO) build --release --locked
	@scripts/setup.sh espeak

run: build ## Start the service with its demo page at http://127.0.0.1:8080/ (ARGS='--listen …' for more)
	@echo 'Starting Lectern: http://127.0.0.1:8080/ unless ARGS or LECTERN_LISTEN say otherwise; Ctrl-C stops it.'
	@$(PROGRAM) serve $(ARGS)

test: setup ## Run every test, with a real browser and ffmpeg
	@scripts/setup.sh test-tools
	$(CARGO) test --release --locked --no-run
	@scripts/setup.sh espeak
	$(CARGO) test --release --locked

bench: build ## Run the benchmarks
	$(CARGO) bench --locked

lint: ## Check format, lints, docs, licences, scripts and the Dockerfile
	@scripts/setup.sh system lint-tools
	$(CARGO) fmt --check
	$(CARGO) clippy --release --all-targets --locked -- -D warnings
	@scripts/setup.sh espeak
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --release --no-deps --locked
	parts/tools/bin/cargo-deny --locked check --hide-inclusion-graph licenses bans sources
	@scripts/check-dockerfile.sh
	@if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh .ci/run && echo 'scripts: ok'; \
	else echo 'shellcheck is not installed: the scripts were not checked'; fi

fmt: ## Format the source
	$(CARGO) fmt

clean-parts: ## Remove what setup fetched and built into parts/
	rm -rf parts
