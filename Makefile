# Every target works as the first command on a fresh clone: it makes the environment it needs.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help demo run test check lint bench mutate nightly install lock clean

help: ## Say what can be made.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(RUN_READY) ## A digest and /related on sample articles, in this terminal; no token, no network.
	@$(BIN)/nutgraf demo

run: $(RUN_READY) ## The bot, with the tokens of .env.
	@$(BIN)/nutgraf run

install: $(RUN_READY) ## Everything the bot needs, in .venv.

test: $(DEV_READY) ## The tests.
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

lint: $(DEV_READY) ## Format, lint, types and import contracts.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## All checks: what has to be green before a change lands.

bench: $(DEV_READY) ## Measures against rivals, into benchmarks/results/; takes a while.
	@for script in benchmarks/bench_*.py; do echo "== $$script"; OPENBLAS_NUM_THREADS=1 $(BIN)/python $$script || exit 1; done

mutate: $(DEV_READY) ## Plant faults in the pure parts of delivery, and see that the tests notice.
	@$(BIN)/python benchmarks/mutate.py

nightly: $(DEV_READY) ## The long runs: many kills, soaks.
	@$(BIN)/python -m pytest -q -m nightly --override-ini addopts="--import-mode=importlib --strict-markers"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Nutgraf needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing: install it (on Debian: apt install python3-venv) and try again."; exit 1; }
	@echo "Making $(VENV) (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN_READY): $(VENV)/bin/python requirements.lock pyproject.toml
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(DEV_READY): $(VENV)/bin/python requirements-dev.lock pyproject.toml
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@ $(RUN_READY)

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-strip-extras --quiet --group build

lock: ## Choose dependency versions anew (needs uv).
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --group dev --output-file requirements-dev.lock

clean: ## Remove the environment and caches.
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
