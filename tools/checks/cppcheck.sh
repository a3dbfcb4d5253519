#!/usr/bin/env bash
# tools/checks/cppcheck.sh - what cppcheck sees across a whole file. What it
# has seen before and did not change it does not look at again.
# readdir is left in peace: on one folder stream of its own it is safe, and readdir_r is withdrawn.
set -euo pipefail
source tools/checks/lib.sh

build_generated gcc
mkdir -p build/cppcheck
cppcheck --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --quiet -j 2 \
    --std=c11 --language=c --library=posix,gnu --cppcheck-build-dir=build/cppcheck \
    --suppress=missingIncludeSystem --suppress=readdirCalled --suppress='*:build/*' -D_GNU_SOURCE -D__GNUC__ \
    -I src -I build/check-gcc/src \
    --template='{file}:{line}: {severity}: {message} [{id}]' --template-location='' src
