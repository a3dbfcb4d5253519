#!/usr/bin/env bash
# tools/checks/format.sh - C stands as .clang-format says.
set -euo pipefail
source tools/checks/lib.sh

mapfile -t files < <(c_files '^(src|tests|tools)/')
if ! clang-format --dry-run -Werror --ferror-limit=3 "${files[@]}"; then
    echo 'format: repair with: clang-format -i FILE'
    exit 1
fi
