# All that is done in this repository by hand or by CI. `make` alone lists it.
#
# PYTHON=…        the interpreter that .venv is made with (default: the first of 3.11 or later that is found)
# PYTEST_FLAGS=…  what pytest is given besides (default: one worker for each core)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup format lint types docs docs-check test check demo node try-node bench clean distclean

PYTHON ?=
PYTEST_FLAGS ?= -n auto --maxprocesses=8

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CONFORMANCE := tests/conformance
NODE_FOLDERS := $(CONFORMANCE) examples/web-channel
NODE_INSTALLED := $(NODE_FOLDERS:=/node_modules/.installed)

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## Make .venv, with cxc and the tools for its tests and checks in it
	@:

# Debian and Ubuntu ship Python without ensurepip, which puts pip into a new environment; a pip outside can do that too.
# What is needed is looked for before .venv is made, so that a failure leaves no half of one.
$(INSTALLED): pyproject.toml
	@set -eu; \
	suits='import sys; sys.exit(sys.version_info < (3, 11))'; \
	python=; \
	for candidate in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14 python; do \
		if "$$candidate" -c "$$suits" >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "cxc needs Python 3.11 or later, and none was found. Install it, or name one: make setup PYTHON=..." >&2; \
		exit 1; \
	fi; \
	has() { "$$python" -c "import $$1" >/dev/null 2>&1; }; \
	if ! $(BIN)/python -c "$$suits" >/dev/null 2>&1; then \
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		if ! has venv || { ! has ensurepip && ! has pip; }; then \
			echo "Python $$version ($$python) cannot make a virtual environment: it came without ensurepip." >&2; \
			echo "On Debian and Ubuntu that is a package of its own: apt-get install python$$version-venv" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with Python $$version"; \
		"$$python" -m venv --without-pip $(VENV); \
	fi; \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		if has ensurepip; then $(BIN)/python -m ensurepip --default-pip >/dev/null; \
		else "$$python" -m pip --python $(BIN)/python install --quiet pip; fi; \
	fi; \
	echo "Installing cxc and its tools in $(VENV)"; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'; \
	touch $@

format: $(INSTALLED) ## Bring Python files into their canonical form
	$(BIN)/python -m ruff format
	$(BIN)/python -m ruff check --fix

lint: $(INSTALLED) ## Check the form of Python files
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check

types: $(INSTALLED) ## Check the types
	$(BIN)/python -m mypy

docs: $(INSTALLED) ## Write the generated pages of docs/ again
	$(BIN)/python -m cxc.documentation

docs-check: $(INSTALLED)
	$(BIN)/python -m cxc.documentation --check

test: $(INSTALLED) try-node ## Run all tests, form and types among them
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

# The tests of form, types and pages run the commands of `lint`, `types` and `docs-check`: once is enough.
check: lint types docs-check try-node ## Check all that CI checks, the quick things first
	$(BIN)/python -m pytest $(PYTEST_FLAGS) --ignore=tests/test_style.py

demo: $(INSTALLED) ## Build the pharmacy workspace and show what came out
	@$(BIN)/cxc build blueprints/pharmacy
	@echo
	@echo "Where to look:"
	@show() { if [ -e "$$1" ]; then printf '  %-64s %s\n' "$$1" "$$2"; fi; }; \
	out=blueprints/pharmacy/generated; \
	show blueprints/pharmacy                 "what was written: the blueprints, by an architect"; \
	show $$out/blueprint.json                "the whole design, resolved and traced, for other tools"; \
	show $$out/openapi/platform.yaml         "the API of the shared platform (OpenAPI 3.1)"; \
	show $$out/typescript/README.md          "a typed client for it"; \
	show $$out/channels/MobileApp/channel.json "what the app shows, asks and hands over"; \
	show $$out/channels/Branch/runbooks      "what the people in the store say and do, to print"; \
	show $$out/arazzo/RefillPrescription.yaml "the journey as a workflow over the API"; \
	show $$out/matrices/index.html           "capability matrices, to look at in a browser"; \
	show $$out/matrices/capability-matrices.xlsx "the same as a workbook, to work with"; \
	show $$out/matrices/README.md            "the same as Markdown and CSV, to review and to count"

node: $(NODE_INSTALLED) ## Install what needs Node.js: validators, and the reference channel
	@:

$(NODE_INSTALLED): %/node_modules/.installed: %/package.json %/package-lock.json %/.npmrc
	@command -v npm >/dev/null 2>&1 || { echo "Node.js with npm is needed for this, and was not found." >&2; exit 1; }
	@echo "Installing what needs Node.js in $*"
	@cd $* && npm ci --loglevel=error --no-progress --fetch-retries=1
	@touch $@

# Tests that need Node.js say so when they are skipped, and fail in CI: so here its absence is told, and no error.
try-node:
	@if ! command -v npm >/dev/null 2>&1; then \
		echo "Node.js with npm was not found: the tests that need it are skipped."; \
	elif ! $(MAKE) --no-print-directory node; then \
		echo "What needs Node.js could not be installed (see above): its tests are skipped."; \
	fi

bench: $(INSTALLED) ## Measure cxc beside its peers and write benchmarks/README.md
	$(BIN)/python benchmarks/run.py

clean: ## Remove caches and all that was built, not the environments
	rm -rf build dist blueprints/*/generated examples/*/generated examples/*/dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests benchmarks -name __pycache__ -type d -not -path '*/node_modules/*' -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean
	rm -rf $(VENV) $(NODE_FOLDERS:=/node_modules)
