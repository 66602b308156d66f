"""Cỡ của lần đo, from the environment, so that a smoke test can be small."""

from __future__ import annotations

import os

PROVINCES = os.environ.get("NTM_BENCH_PROVINCES", "").replace(",", " ").split() or None  # codes of the 63; all
VILLAGES = int(os.environ.get("NTM_BENCH_VILLAGES", "90000"))
FIRST_COMMUNES = int(os.environ.get("NTM_BENCH_FIRST_COMMUNES", "1000"))
ALL_ROOMS = ("standing", "planning", "money", "allocation")
ROOMS = os.environ.get("NTM_BENCH_ROOMS", "").replace(",", " ").split() or ALL_ROOMS
REPEATS = int(os.environ.get("NTM_BENCH_REPEATS", "40"))
ALLOCATION_COMMUNES = int(os.environ.get("NTM_BENCH_ALLOCATION_COMMUNES", "3300"))
MONEY_COMMUNES = int(os.environ.get("NTM_BENCH_MONEY_COMMUNES", "200"))
MONEY_WORKS = int(os.environ.get("NTM_BENCH_MONEY_WORKS", "5000"))
MONEY_VOUCHERS = int(os.environ.get("NTM_BENCH_MONEY_VOUCHERS", "100000"))
