#!/usr/bin/env bash
# The pictures of the guides: a demonstration of its own in a temporary folder, a server on the loopback address, a browser.
set -euo pipefail
bin=$1 port=${2:-8799}
data=$(mktemp -d)
server='' worker=''
trap 'kill $server $worker 2>/dev/null || true; rm -rf "$data"' EXIT INT TERM
export NTM_DATA=$data
unset DATABASE_URL
"$bin/ntm" setup --demo
"$bin/ntm" manage db_worker --queue-name '*' >/dev/null 2>&1 &
worker=$!
"$bin/gunicorn" ntm.site.wsgi:application --bind "127.0.0.1:$port" --workers 1 --threads 4 --timeout 120 --log-level warning &
server=$!
"$bin/python" tools/take_pictures.py "http://127.0.0.1:$port" docs/pictures
