# make run    sets up what it needs and runs the suite against the reference implementation
# make test   sets up and runs formatting, lint, types, import contracts and all tests
# make bench  sets up, prints the benchmark tables and writes them to docs/benchmarks.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
OUT ?= mdmr-conform-out

.PHONY: run test check tests bench format clean

run: $(VENV)/.run
	$(BIN)/mdmr-conform run --out $(OUT)

test: check tests

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mdmr-conform lint

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -q

bench: $(VENV)/.dev
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only --benchmark-disable-gc -q --benchmarks-md docs/benchmarks.md

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks

$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || { echo "Setting up $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Setting up the tools for tests ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
