# One place for every command. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= $(CURDIR)/var
export NTM_DATA := $(DATA)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help setup setup-dev run worker test test-quick lint types bench pictures openapi messages clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.run-ready ## the virtual environment with locked dependencies; leaves the command at .venv/bin/ntm

setup-dev: $(VENV)/.dev-ready ## the same with what the tests need

$(VENV)/bin/python:
	@tools/make_venv.sh $(PYTHON) $(VENV)

$(VENV)/.run-ready: locks/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "== phụ thuộc (locks/run.txt)"
	@$(BIN)/python -m pip install -q --require-hashes --no-deps -r locks/run.txt
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev-ready: locks/dev.txt $(VENV)/.run-ready
	@echo "== phụ thuộc của bộ kiểm thử (locks/dev.txt)"
	@$(BIN)/python -m pip install -q --require-hashes --no-deps -r locks/dev.txt
	@touch $@

run: setup ## prepare everything and serve on 127.0.0.1:8000 with the demonstration data
	@$(BIN)/ntm setup --demo
	@exec env NTM_STATIC_MANIFEST=1 tools/serve.sh $(BIN) $(PORT)

worker: setup ## background tasks, when served by hand
	@$(BIN)/ntm manage db_worker

test: setup-dev ## the whole suite, on SQLite and on PostgreSQL
	@tools/run_tests.sh $(BIN)

test-quick: setup-dev ## the domain, the shape and the records on SQLite; no browser, no office, no recognition of scans
	@$(BIN)/pytest -q -n 2 -m "not browser and not office and not ocr"

lint: setup-dev ## ruff, import-linter, mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && $(BIN)/mypy

types: setup-dev
	@$(BIN)/mypy

bench: setup-dev ## national-scale measurements, each beside its floor (table and build/bench.json)
	@tools/run_bench.sh $(BIN)

pictures: setup-dev ## take the screenshots of the guides again, from a demonstration of their own
	@tools/take_pictures.sh $(BIN)

openapi: setup ## refresh the committed description of the REST interface
	@$(BIN)/ntm manage export_openapi

messages: setup ## refresh and compile the English interface strings; counts what is untranslated
	@tools/make_messages.sh $(BIN)

clean: ## remove what can be made again (not var/)
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
