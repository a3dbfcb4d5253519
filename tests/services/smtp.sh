#!/usr/bin/env bash
# tests/services/smtp.sh - a private mail server for the tests.
#
#   tests/services/smtp.sh COMMAND [ARGUMENT...]
#       starts it, runs the command with its address in SWARD_TEST_SMTP and the
#       folder of the letters it took in SWARD_TEST_LETTERS, stops it, and ends
#       as the command ended
#
# It is Debian's aiosmtpd; tests/services/smtp.py says what it refuses.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if ! /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null; then
    echo 'smtp.sh: aiosmtpd is not installed; run tools/setup test' >&2
    exit 1
fi

dir=$(mktemp -d -t sward-smtp.XXXXXX)
server=
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ -n $server ]]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir "$dir/letters"
for ((tries = 0; tries < 20; tries++)); do
    port=$((30000 + RANDOM % 2700))
    /usr/bin/python3 "$here/smtp.py" "$dir/letters" "$port" >"$dir/address" 2>"$dir/log" &
    server=$!
    for ((wait = 0; wait < 200; wait++)); do
        if [[ -s $dir/address ]] || ! kill -0 "$server" 2>/dev/null; then
            break
        fi
        sleep 0.05
    done
    [[ -s $dir/address ]] && break
    server=
done
if [[ -z $server ]]; then
    cat "$dir/log" >&2
    exit 1
fi

SWARD_TEST_SMTP=$(cat "$dir/address")
export SWARD_TEST_SMTP SWARD_TEST_LETTERS=$dir/letters
"$@" <&0
