#!/usr/bin/env bash
# tools/checks/format.sh - C stands as .clang-format says.
#
#   tools/check format                    names the first line of each file that does not
#   tools/check format --repair [FILE..]  writes the files, all or these, as it says
set -euo pipefail
source tools/checks/lib.sh

repair=
if [[ ${1:-} == --repair ]]; then
    repair=yes
    shift
fi
if [[ $# -eq 0 ]]; then
    mapfile -t files < <(c_files '^(src|tests|tools)/')
    set -- "${files[@]}"
fi
if [[ -n $repair ]]; then
    exec clang-format -i "$@"
fi
if ! said=$(clang-format --dry-run -Werror --ferror-limit=1 "$@" 2>&1); then
    sed -nE 's/^([^ ]+:[0-9]+):[0-9]+: error: .*/\1: stands otherwise than .clang-format says/p' \
        <<<"$said" | sort -u
    echo 'format: repair with: tools/check format --repair FILE'
    exit 1
fi
