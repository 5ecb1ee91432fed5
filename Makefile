# ClaimTrack: `make` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test install install-dev lint docs lock clean benchmarks

VENV := .venv
BIN := $(VENV)/bin
STORE ?= store
PORT ?= 8501
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## Install, build the graph from data/ into the store, open the app
	@echo "==> Building the graph from data/ into $(STORE)/"
	@$(BIN)/kg ingest data/statements data/example-dispute --store $(STORE) --link
	@echo "==> Opening the app on http://127.0.0.1:$(PORT) (Ctrl+C stops it)"
	@$(BIN)/kg app --store $(STORE) --port $(PORT)

test: install-dev ## Install what the tests need and run all of them
	@echo "==> Linting"
	@$(MAKE) --no-print-directory lint
	@echo "==> Testing"
	@$(BIN)/python -m pytest

lint: install-dev ## Formatting, types and import layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy training/*.py
	@$(BIN)/lint-imports

install: $(VENV)/installed ## Create the environment and install from the hashed lock

install-dev: $(VENV)/installed-dev node_modules/.package-lock.json /usr/bin/chromium /usr/bin/virtuoso-t /usr/bin/curl ## Install what the tests need too

docs: install-dev ## Generate the documentation that is made from code and ontology
	@$(BIN)/python docs/generate.py

benchmarks: install-dev ## Measure speed (ratios within one run)
	@for b in benchmarks/bench_*.py; do echo "==> $$b"; $(BIN)/python $$b; done

lock: ## Pin every dependency anew, with hashes
	@$(BIN)/uv pip compile pyproject.toml --extra build --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --constraint requirements/run.txt --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/dev.txt

clean: ## Remove the environment, the store and what tests left
	rm -rf $(VENV) $(STORE) node_modules build

$(BIN)/python:
	@echo "==> Creating the environment in $(VENV)/"
	@python3 -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null && python3 -m venv $(VENV); }

$(VENV)/installed: $(BIN)/python requirements/run.txt pyproject.toml
	@echo "==> Installing ClaimTrack and what it needs (hashed lock)"
	@$(PIP) -r requirements/run.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements/dev.txt
	@echo "==> Installing what the tests need (hashed lock)"
	@$(PIP) -r requirements/dev.txt
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	@echo "==> Installing the JavaScript RDF parser and SPARQL client for the tests"
	@npm ci --silent --no-audit --no-fund

/usr/bin/chromium:
	@echo "==> Installing Debian's chromium for the browser tests"
	@apt-get update -qq && apt-get install -qq -y chromium >/dev/null

/usr/bin/virtuoso-t:
	@echo "==> Installing Debian's Virtuoso for the tests of remote stores"
	@apt-get update -qq && apt-get install -qq -y virtuoso-opensource-7-bin >/dev/null

/usr/bin/curl:
	@echo "==> Installing curl for the tests of the endpoint"
	@apt-get update -qq && apt-get install -qq -y curl >/dev/null
