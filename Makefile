# `make` alone lists what can be made. Everything is installed in .venv, from the two locks, and nowhere else.

SHELL := /bin/bash
VENV ?= .venv
BIN := $(VENV)/bin
RUNNING := $(VENV)/.running
TESTING := $(VENV)/.testing
PACKAGES := referentials pathways reports api
WORKERS ?= 3
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONDONTWRITEBYTECODE  # the tests start many programs: each would compile everything again

.DEFAULT_GOAL := help
.PHONY: help demo serve test check lint types layers fresh docs words bench load soak lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---------------------------------------------------------------------------------------------------------------- to use

demo: $(RUNNING) ## the main job, on the data that ships; files under out/
	@$(BIN)/python tools/demo.py

serve: $(RUNNING) ## the web application and its API
	$(BIN)/passerelles serve

# ------------------------------------------------------------------------------------------------------------- to verify

test: $(TESTING) ## all tests
	@tools/chromium.sh
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: lint types layers fresh test ## style, types, layers, generated pages, tests

lint: $(TESTING) ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTING) ## types
	$(BIN)/mypy

layers: $(TESTING) ## who imports whom
	$(BIN)/lint-imports --no-logo

fresh: $(TESTING) ## whether the generated pages and the translations are up to date
	$(BIN)/python tools/generate_docs.py --check
	$(BIN)/python tools/words.py --check

docs: $(TESTING) ## the generated pages again
	$(BIN)/python tools/generate_docs.py

words: $(TESTING) ## the English catalogue again: new sentences to translate, then compiled
	$(BIN)/python tools/words.py

bench: $(TESTING) ## measure, and write docs/benchmarks.md (a quarter of an hour or two)
	$(BIN)/python -m benchmarks

load: $(TESTING) ## many people at once on a real server, and write docs/load.md (five minutes)
	$(BIN)/python tools/load.py

soak: $(TESTING) ## the property tests again, longer, on new random examples; a server killed fifty times while it writes
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m hypothesis --hypothesis-profile=soak
	PASSERELLES_KILLS=50 $(BIN)/pytest -n $(WORKERS) tests/api/jobs/test_server.py -k acknowledged

# ------------------------------------------------------------------------------------------------------------ to install

$(BIN)/python:
	tools/virtualenv.sh $(VENV)

$(RUNNING): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(TESTING): requirements-dev.lock $(RUNNING)
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements-dev.lock
	@touch $@

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url $(UPGRADE)

lock: ## both locks again; UPGRADE=--upgrade takes newer versions
	@test -x $(BIN)/uv || $(MAKE) $(TESTING)
	$(COMPILE) --extra build --output-file requirements.lock
	$(COMPILE) --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove what the commands left behind, but not .venv
	rm -rf out build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
