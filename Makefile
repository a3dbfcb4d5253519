# sward's verbs. Each one first makes sure that what it needs is installed.

.DEFAULT_GOAL := help
.PHONY: help setup build demo run test check sanitize fuzz bench lighthouse shots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing to build, run, test, check and measure
	@tools/setup check
	@tools/setup bench

build: ## build the server, its tests and its tools into build/
	@tools/setup run
	@test -f build/build.ninja || CC=gcc meson setup build
	@ninja -C build

demo: build ## a place full of notes and goods on http://127.0.0.1:8080
	@tools/setup demo
	@tools/demo.sh

run: build ## the server on the data of data/, on http://127.0.0.1:8080
	@build/src/app/sward serve

test: ## build and run every test; the last line says how many passed
	@tools/test

check: ## layers, sizes, words, format, translations, warnings, headers, cppcheck, clang-tidy
	@tools/check

sanitize: ## the C tests under AddressSanitizer + UBSan, then under ThreadSanitizer
	@tools/sanitize

fuzz: ## every fuzz target for FUZZ_SECONDS (60) each
	@tools/fuzz

bench: ## measure against nginx and the bare loop; writes build/bench.tsv
	@tools/setup bench
	@tools/bench.sh

lighthouse: build ## how good the demo's pages are on a phone; writes build/lighthouse.tsv
	@tools/setup test
	@DEMO_FILL=1 tools/demo.sh
	@node tools/lighthouse.mjs

shots: ## pictures of the pages that `make demo` serves, into build/shots/
	@tools/setup test
	@node tools/shots.mjs

clean: ## remove everything that was built
	@rm -rf build
