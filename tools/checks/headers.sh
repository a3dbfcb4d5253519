#!/usr/bin/env bash
# tools/checks/headers.sh - every header compiles alone, so whoever includes
# it needs to know nothing else.
set -euo pipefail
source tools/checks/lib.sh

build_generated gcc
packages='sqlite3 libpq libmicrohttpd libsodium jansson icu-uc icu-i18n libcurl vips libseccomp zlib libcrypto libqrencode cmocka'
# The paths of their own headers only; glib's macros need not obey our warnings.
libraries=$(pkg-config --cflags $packages | sed 's/-I/-isystem /g')

compile_alone() {
    if ! printf '#include "%s"\nextern int sward_header_alone;\n' "$PWD/$1" |
        gcc -fsyntax-only -x c -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wstrict-prototypes -Wundef \
            -Werror -I. -Itools -Isrc -Ibuild/check-gcc/src -Itests $libraries - 2>&1; then
        printf '%s:1: does not compile alone: include what it uses\n' "$1"
        return 1
    fi
}
export -f compile_alone
export libraries
c_files '^(src|tests|tools)/.*\.h$' | xargs -P 2 -I '{}' bash -c 'compile_alone "{}"'
