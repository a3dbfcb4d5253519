#!/usr/bin/env bash
# tools/demo.sh - serves the demo on http://127.0.0.1:8080.
#
#   tools/demo.sh                 fills build/demo if it is not there yet, then serves it
#   DEMO_FRESH=1 tools/demo.sh    throws it away first and fills it anew
#   DEMO_FILL=1 tools/demo.sh     fills it and does not serve
#
# Filling takes a few minutes: eight weeks of 40 simulated people, through the
# HTTP API of a server on a simulated clock. What is served afterwards runs on
# the real clock.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${DEMO_DATA:-build/demo}
listen=${DEMO_LISTEN:-127.0.0.1:8080}

sward=build/src/app/sward
[[ -x $sward && ! -d $sward ]] || sward=build/sward

if [[ -n ${DEMO_FRESH:-} ]]; then
    rm -rf "$data"
fi
if [[ ! -e $data/filled.json ]]; then
    rm -rf "$data" # half filled is not filled
    node tools/demo/fill.mjs "$data"
fi
if [[ -n ${DEMO_FILL:-} ]]; then
    exit 0
fi

cat <<TEXT

  The demo is at  http://$listen

  Sign in as      demo      a reader              password sward-demo
                  keeper    the operator          password sward-demo
                  northlight, muyuan_home         two of the suppliers, same password

  The loop as numbers: http://$listen/board
  Everybody else here is simulated. Ctrl-C ends it; DEMO_FRESH=1 make demo starts anew.

TEXT
exec "$sward" "--data-dir=$data" "--listen=$listen" "--public-url=http://$listen" \
    --simulated-people=true --log-level=warn serve
