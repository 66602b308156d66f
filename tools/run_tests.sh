#!/usr/bin/env bash
# The whole suite. What touches no database runs once; what does runs on SQLite and on PostgreSQL.
set -euo pipefail
bin=$1
tools/system_needs.sh
unset DATABASE_URL
echo "== SQLite"
"$bin/pytest" -q -n 2 --dist loadfile tests
echo "== PostgreSQL"
if [ -x /usr/lib/postgresql/15/bin/initdb ]; then
    tools/throwaway_postgres.sh "$bin/pytest" -q -n 2 --dist loadfile tests/records tests/faces
else
    echo "Không có PostgreSQL 15: bỏ qua (apt-get install postgresql-15)." >&2
    [ -z "${CI:-}" ] || exit 1
fi
