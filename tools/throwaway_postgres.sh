#!/usr/bin/env bash
# A PostgreSQL cluster of its own for the time of one command: throwaway_postgres.sh COMMAND ... with DATABASE_URL set.
set -euo pipefail
server=/usr/lib/postgresql/15/bin
folder=$(mktemp -d /tmp/ntm-postgres.XXXXXX)
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
stop() { as_owner "$server/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner "$server/initdb" -D "$folder/data" -U ntm --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 256MB
CONF
as_owner "$server/pg_ctl" -D "$folder/data" -w -l "$folder/log" start >/dev/null
as_owner "$server/createdb" -h 127.0.0.1 -p "$port" -U ntm ntm
DATABASE_URL="postgresql://ntm@127.0.0.1:$port/ntm" "$@"
