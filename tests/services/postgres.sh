#!/usr/bin/env bash
# tests/services/postgres.sh - a private PostgreSQL for the tests.
#
#   tests/services/postgres.sh COMMAND [ARGUMENT...]
#       starts a new cluster, runs the command with its connection string in
#       SWARD_TEST_POSTGRES, stops the cluster, and ends as the command ended
#   tests/services/postgres.sh
#       starts a new cluster, prints its connection string and serves until
#       it is interrupted
#
# The cluster is new and empty, in a temporary folder that goes away with it;
# it listens on 127.0.0.1 at a free port and on a socket in that folder, is
# UTF-8 with the C locale, and trusts everybody. Tests create their own
# databases in it. SWARD_TEST_FSYNC=on makes it write to the disk for real;
# the default is off, which is faster and enough to test what it answers.
set -euo pipefail

say() {
    printf 'postgres.sh: %s\n' "$*" >&2
}

# The newest PostgreSQL of Debian's package.
find_bin() {
    local bin
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    if [[ ! -x $bin/initdb ]]; then
        say "PostgreSQL is not installed; run tools/setup test"
        exit 1
    fi
    echo "$bin"
}

bin=$(find_bin)
fsync=${SWARD_TEST_FSYNC:-off}

# initdb and postgres refuse to be root: become somebody who owns nothing else.
as_user=()
if [[ $(id -u) -eq 0 ]]; then
    user=nobody
    if id -u postgres >/dev/null 2>&1; then
        user=postgres
    fi
    as_user=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
fi

# The folder is in /tmp, not in TMPDIR: that user must reach it, and the path
# of a socket may have 107 bytes at most.
dir=$(mktemp -d /tmp/sward-postgres.XXXXXX)
server=
child=

finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ -n $child ]]; then
        kill -TERM "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    if [[ -n $server ]]; then
        kill -INT "$server" 2>/dev/null || true # fast shutdown: sessions are cut
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [[ $(id -u) -eq 0 ]]; then
    chown "$user" "$dir"
fi

in_dir() {
    (cd "$dir" && exec env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C TZ=UTC "${as_user[@]}" "$@")
}

if ! in_dir "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C --no-sync --no-instructions >"$dir/initdb.log" 2>&1; then
    cat "$dir/initdb.log" >&2
    say "initdb failed"
    exit 1
fi
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 128MB
jit = off
fsync = $fsync
synchronous_commit = on
full_page_writes = $fsync
max_wal_size = 512MB
autovacuum_naptime = 5s
log_min_messages = warning
log_min_error_statement = panic
CONF

# Starts the server on a port; false when it ended at once (the port was taken
# in the meantime). It dies with this script, even when that is killed.
start_server() {
    local port=$1 tries
    cd "$dir"
    env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C TZ=UTC \
        setpriv "${as_user[@]:1}" --pdeathsig=INT \
        "$bin/postgres" -D "$dir/data" -p "$port" >>"$dir/server.log" 2>&1 </dev/null &
    server=$!
    cd "$OLDPWD"
    for ((tries = 0; tries < 600; tries++)); do
        if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U postgres; then
            return 0
        fi
        if ! kill -0 "$server" 2>/dev/null; then
            wait "$server" || true
            server=
            return 1
        fi
        sleep 0.05
    done
    return 1
}

port_is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

port=
for ((tries = 0; tries < 20; tries++)); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
    if port_is_free "$port" && start_server "$port"; then
        break
    fi
    port=
done
if [[ -z $port ]]; then
    cat "$dir/server.log" >&2 || true
    say "the server did not start"
    exit 1
fi

export SWARD_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
if [[ $# -eq 0 ]]; then
    echo "$SWARD_TEST_POSTGRES"
    wait "$server"
    exit 1 # only a signal should have ended this
fi
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
