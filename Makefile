# Everything a person or a CI machine does with this repository. `make help` lists it.
#
# Rules of this file: set-up writes to standard error only, so that `make demo ARGS='--headless --json'` prints its one
# line of JSON and nothing else; nothing is downloaded that is not locked by a hash in requirements/.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

ARGS ?=
HOURS ?= 1
SEED ?= 1
WORKERS ?= 2
COVER ?=

# Floors of branch coverage, in percent: the pure rooms can be tested to the last branch, the shell around them less so.
COVER_PURE := 95
COVER_ALL := 85
PURE_FILES := src/armslength/core/*,src/armslength/line/*,src/armslength/journal/*,src/armslength/channels/*,src/armslength/register/*,src/armslength/language/*,src/armslength/disclosure/*

PYTEST := $(BIN)/python -m pytest -p no:cacheprovider -q
ifneq ($(COVER),)
PYTEST := $(BIN)/python -m coverage run -m pytest -p no:cacheprovider -q
endif

.PHONY: help setup console demo test check check-rest lint console-check format long e2e screenshots coverage docs docs-check vectors vectors-check world soak \
        requirements bench-setup changelog clean

help: ## list what can be done here
	@echo "Arm's Length: what can be done here"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
	    awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: $(READY) ## make .venv with the command at .venv/bin/armslength
	@:

# The stamp is written last, so an interrupted set-up is done again; a second set-up does nothing.
$(READY): requirements/dev.txt pyproject.toml hatch_build.py
	@{ \
	  "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	      echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }; \
	  if [ ! -x $(BIN)/python ]; then \
	      echo "setup: making $(VENV)"; \
	      "$(PYTHON)" -m venv $(VENV) || { \
	          echo "Making $(VENV) failed. On Debian: apt-get install python3-venv"; exit 1; }; \
	  fi; \
	  echo "setup: installing the locked packages (every file is checked against its hash)"; \
	  $(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt; \
	  $(PIP) install --no-deps --no-build-isolation --no-index -e .; \
	  touch $@; \
	  echo "setup: ready; the command is $(BIN)/armslength"; \
	} 1>&2

# Nothing is done when the sources are those that it was built from.
console: $(READY) ## build the web console into the package (set-up does it; again after a change of console/)
	@$(BIN)/python hatch_build.py 1>&2

demo: console ## two nodes hold a conversation on this machine, both consoles open; ARGS='--headless --json' for one line of JSON
	@$(BIN)/armslength demo $(ARGS)

test: console ## unit, machines, vectors, scenarios, properties, a small world: under three minutes
	@$(PYTEST) -n $(WORKERS) -m "not long and not browser"

check: ## everything CI runs: under thirty minutes
	@$(MAKE) test COVER=1
	@$(MAKE) check-rest

# The long suites come last, so that the closing line of a whole check is the test runner's own.
check-rest: lint console-check coverage docs-check vectors-check e2e long

lint: $(READY) ## style, format, types, who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

console-check: console ## the console's types, and its unit tests
	@$(BIN)/python hatch_build.py npm run --silent check 1>&2
	@$(BIN)/python hatch_build.py npm run --silent test 1>&2

format: $(READY) ## put the source into the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

long: $(READY) ## many seeds, every crash point, kill -9, malformed envelopes, the API under schemathesis
	@$(PYTEST) -n $(WORKERS) --durations=10 -m "long and not browser"

# One browser at a time: two would share the two cores, and what is told within seconds would be told late.
e2e: console ## the consoles of two real nodes in Debian's Chromium; writes build/e2e.xml and a trace of each test
	@mkdir -p build
	@$(PYTEST) -m browser --junitxml=build/e2e.xml --durations=10 tests/e2e

screenshots: console ## every screen in each language and palette, to build/screenshots
	@$(BIN)/python tests/e2e/screenshots.py build/screenshots $(ARGS)

coverage: $(READY) ## combine and judge the coverage that `make test COVER=1` measured
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='$(PURE_FILES)' --fail-under=$(COVER_PURE)
	@$(BIN)/coverage report --fail-under=$(COVER_ALL)

docs: $(READY) ## write docs/errors.md and docs/limits.md from the source
	@$(BIN)/python tests/tidy/render_docs.py

docs-check: $(READY)
	@$(BIN)/python tests/tidy/render_docs.py --check

vectors: $(READY) ## make the golden vectors again
	@$(BIN)/python vectors/generate.py

# The generator must reproduce the committed files byte for byte, whatever state git is in.
vectors-check: $(READY)
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	cp -r vectors "$$scratch/"; \
	$(BIN)/python vectors/generate.py; \
	diff -r -x __pycache__ "$$scratch/vectors" vectors

world: $(READY) ## replay one run of the simulated world: make world SEED=n
	@ARMSLENGTH_WORLD_SEED=$(SEED) $(PYTEST) tests/world -s -m "long or not long" -k "seed"

soak: $(READY) ## fresh seeds of the world and fresh property cases for HOURS=n
	@end=$$(( $$(date +%s) + $(HOURS) * 3600 )); first=$$(date +%s); \
	while [ "$$(date +%s)" -lt "$$end" ]; do \
	    echo "soak: seeds from $$first"; \
	    ARMSLENGTH_WORLD_FIRST=$$first ARMSLENGTH_WORLD_SEEDS=200 ARMSLENGTH_HYPOTHESIS=soak \
	        $(PYTEST) -n $(WORKERS) -m "long or not long" tests/world tests/properties; \
	    first=$$(( first + 200 )); \
	done

# Annotations, headers and index addresses are left out: the hashes say which bytes are meant, wherever they come from.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header
requirements: $(READY) ## lock the packages again, newest that fit, with hashes and without any address
	@$(LOCK) --upgrade -o requirements/run.txt >/dev/null
	@$(LOCK) --upgrade --group dev -o requirements/dev.txt >/dev/null
	@$(LOCK) --upgrade --group bench -o requirements/bench.txt >/dev/null

bench-setup: $(READY) ## install what the watch's benchmark is measured against
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/bench.txt

changelog: $(READY) ## show the release notes that the fragments make
	@$(BIN)/towncrier build --draft --version next

clean: ## remove what can be made again (not .venv)
	@rm -rf build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find src tests vectors benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
