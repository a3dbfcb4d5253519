#!/usr/bin/env bash
# tools/bench.sh - measures sward and writes build/bench.tsv.
#
#   tools/bench.sh                       what `make build` builds
#   SWARD_BUILD=DIR tools/bench.sh       another build directory
#   BENCH_SECONDS=5 tools/bench.sh       how long each of the rounds takes
#
# node tools/bench/pages.mjs tells which B-trees the WAL pages of a write are of.
#
# Each figure stands beside a reference that is measured in the same run, in
# turns with it: nginx, and a bare loop of the same statements. Machines
# differ and are noisy, so only the ratios have bars. Exits 1 when one is missed.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -z ${SWARD_BUILD:-} ]]; then
    make --no-print-directory build
    export SWARD_BUILD=$PWD/build
fi
ninja -C "$SWARD_BUILD" src/app/sward tools/bench/bench-fill tools/bench/bench-load tools/bench/bench-bare
mkdir -p build
exec node tools/bench/bench.mjs
