#!/usr/bin/env bash
# tools/checks/translations.sh - every message stands in every language, with
# the same placeholders. The build only warns, so that a page can be tried
# before it is translated.
set -euo pipefail
source tools/checks/lib.sh

configure_check_build gcc
ninja -C build/check-gcc tools/wordc/wordc >build/check-translations.log 2>&1 ||
    { cat build/check-translations.log; exit 1; }
if ! build/check-gcc/tools/wordc/wordc --sources src --output build/check-gcc/check-messages.c \
    --depfile build/check-gcc/check-messages.d >build/check-translations.log 2>&1; then
    sed "s|$PWD/||" build/check-translations.log
    exit 1
fi
