# Every command of the project. `make` alone says what there is.

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test bench bench-accuracy flood check lock clean install chromium

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input --quiet --quiet
SERVE := $(if $(PORT),--port $(PORT))

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: install ## start the demonstration on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/award demo $(SERVE)

demo-reset: install ## start the demonstration anew, its earlier data deleted
	@$(BIN)/award demo --reset $(SERVE)

test: install chromium ## run every test (ARGS="-k ballot" for some)
	@echo "Running the tests."
	@$(BIN)/pytest $(ARGS)

bench: install ## measure speed against the floor of the machine
	@$(BIN)/python -m tests.bench $(ARGS)

# One thread each for the two processes, so that the same seed gives the same sums.
bench-accuracy: install ## measure how many true winners each method finds, against the goals (a few minutes)
	@OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.accuracy $(ARGS)

flood: install ## try the last five minutes before a deadline: 600 networks at once (under 3 minutes)
	@$(BIN)/python -m tests.bench.flood $(ARGS)

check: install ## look at format, lint, types, layers and templates
	@echo "Checking format, lint, types, layers and templates."
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet templates

# Extras stay named: an older pip takes the newest release for one that is not, and then refuses it for its hash.
lock: .venv/bin/python ## choose all versions anew and write requirements.lock
	@echo "Choosing versions and writing requirements.lock."
	@$(PIP) install 'uv>=0.13,<0.14'
	@$(BIN)/uv pip compile pyproject.toml --extra postgresql --extra s3 --group dev --group build \
		--upgrade --python-version 3.11 --universal --fork-strategy fewest --no-strip-extras --generate-hashes --quiet \
		--no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock

clean: ## delete what was installed, built and cached; the data in var/ stay
	@echo "Deleting .venv, builds and caches; the data in var/ stay."
	@rm -rf .venv build dist htmlcov test-results .coverage .coverage.* .hypothesis
	@rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ── what the commands need ───────────────────────────────────────────────────

install: .venv/installed

.venv/installed: .venv/locked pyproject.toml
	@echo "Installing award itself."
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/locked: requirements.lock | .venv/bin/python
	@echo "Installing the locked versions into .venv (about a minute the first time)."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

.venv/bin/python:
	@for python in python3.11 python3 python3.12 python3.13 python3.14; do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$($$python --version)."; exec $$python -m venv .venv; \
		fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is missing; on Debian or Ubuntu: apt-get install python3 python3-venv." >&2; exit 1

chromium: install
	@$(BIN)/python -m tests.browser.chromium
