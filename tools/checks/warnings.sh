#!/usr/bin/env bash
# tools/checks/warnings.sh - the whole tree builds with gcc and with clang
# without a warning.
set -euo pipefail
source tools/checks/lib.sh

status=0
for compiler in gcc clang; do
    configure_check_build "$compiler"
    if ! ninja -C "build/check-$compiler" -k 0 >"build/check-$compiler.log" 2>&1; then
        # Ninja names the source from the build folder; name it from the root.
        grep -E '(error|warning):|FAILED:|ld: |undefined reference' "build/check-$compiler.log" |
            sed -E 's|^(\.\./)+||' | grep -v '^FAILED' || tail -n 20 "build/check-$compiler.log"
        echo "warnings: $compiler does not build the tree; all it said is in build/check-$compiler.log"
        status=1
    fi
done
exit $status
