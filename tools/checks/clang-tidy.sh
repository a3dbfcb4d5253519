#!/usr/bin/env bash
# tools/checks/clang-tidy.sh - makes what clang-tidy needs (compile_commands.json
# and the generated headers), then looks at every file.
set -euo pipefail
source tools/checks/lib.sh

build_generated clang
node tools/checks/clang-tidy.mjs "$@"
