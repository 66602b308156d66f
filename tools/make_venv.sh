#!/usr/bin/env bash
# Make the virtual environment, and say plainly what is missing when it cannot be made.
set -euo pipefail
python=$1 venv=$2
command -v "$python" >/dev/null || python=python3
if ! command -v "$python" >/dev/null || ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then
    echo "Cần Python 3.11 (trên Debian 12: apt-get install python3 python3-venv)." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "== cài python3-venv"
        apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv >/dev/null
    else
        echo "Thiếu python3-venv. Nhờ quản trị máy chạy: apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "== môi trường Python ($venv)"
"$python" -m venv "$venv"
