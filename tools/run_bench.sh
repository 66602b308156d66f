#!/usr/bin/env bash
# National-scale measurements on SQLite, then on a PostgreSQL of their own; a table, and build/bench.json.
# Smaller for a trial: NTM_BENCH_PROVINCES="20 24" NTM_BENCH_VILLAGES=500 NTM_BENCH_FIRST_COMMUNES=50 NTM_BENCH_REPEATS=5;
# NTM_BENCH_DATABASES="sqlite" leaves PostgreSQL out; NTM_BENCH_ROOMS="planning money" measures only these.
set -euo pipefail
bin=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p build
unset DATABASE_URL
export NTM_DATA="$folder" DJANGO_SETTINGS_MODULE=ntm.site.settings PYTHONPATH=. NTM_TASKS=django_tasks.backends.dummy.DummyBackend
files=()
for database in ${NTM_BENCH_DATABASES:-sqlite postgresql}; do
    echo "== $database" >&2
    case $database in
    sqlite) "$bin/python" -m benchmarks run "build/bench-sqlite.json" ;;
    postgresql)
        if [ ! -x /usr/lib/postgresql/15/bin/initdb ]; then
            echo "Không có PostgreSQL 15: bỏ qua (apt-get install postgresql-15)." >&2
            continue
        fi
        tools/throwaway_postgres.sh "$bin/python" -m benchmarks run "build/bench-postgresql.json"
        ;;
    *) echo "NTM_BENCH_DATABASES: $database?" >&2 && exit 2 ;;
    esac
    files+=("build/bench-$database.json")
done
"$bin/python" -m benchmarks report build/bench.json "${files[@]}"
