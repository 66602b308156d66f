#!/usr/bin/env bash
# gunicorn on the loopback address, and one worker for long work and the morning's reminders beside it; both end together.
set -euo pipefail
bin=$1 port=$2
"$bin/ntm" tasks schedule >/dev/null || true # reminders go each morning; set once, kept in the database
"$bin/ntm" manage db_worker --queue-name '*' >/dev/null 2>&1 &
worker=$!
trap 'kill $worker 2>/dev/null || true' EXIT INT TERM
echo "Mở http://127.0.0.1:$port/ (Ctrl-C để dừng)"
"$bin/gunicorn" ntm.site.wsgi:application --bind "127.0.0.1:$port" --workers 2 --threads 4 --timeout 120 --log-level warning
