# All of these need only Python 3.11 or newer, make, and network to a package index.
#
#   make demo     an invented study, sent to the forms of two programs and back, and worked through: see what it says
#   make test     the tests
#   make lint     style, types, layers
#   make docs     the documentation, in build/docs; any warning is an error, and the examples in it run
#   make site     the documentation, and a walk through all its pages in a browser (Chromium has to be there)
#   make example  the package of the example study anew, from its text files in examples/smart-recovery/
#   make schemas  the schemas anew, in schemas/, from the classes of the model and the binding of REFI-QDA
#   make bench    speed and memory, against lxml and pyrefiqda; BENCH="--quick" for a short run
#   make build    the wheel and the source archive, in dist/
#   make clean    away with all that was made

PYTHON ?= python3
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check
AJV := tests/conformance/javascript

.DELETE_ON_ERROR:
.PHONY: demo test lint docs site example schemas bench build clean

demo: $(VENV)/ready-transcripts
	$(BIN)/qualdata demo -o build/demo

test: $(VENV)/ready-test $(if $(shell command -v npm),$(AJV)/node_modules/ready)
	$(BIN)/python -m pytest -n auto $(PYTEST)

lint: $(VENV)/ready-lint
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/ready-docs
	$(BIN)/python -m sphinx -q -n -W --keep-going -d build/doctrees docs build/docs
	$(BIN)/python -m sphinx -q -b doctest -W -d build/doctrees docs build/doctest

site: docs $(VENV)/ready-site
	QUALDATA_SITE=build/docs $(BIN)/python -m pytest tests/site

example: $(VENV)/ready
	$(BIN)/python examples/smart-recovery/build.py

schemas: $(VENV)/ready
	$(BIN)/python -m qualdata.schema schemas

bench: $(VENV)/ready-test
	$(BIN)/python -m benchmarks.run $(BENCH)

build: $(VENV)/ready-release
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) $(AJV)/node_modules build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "qualdata needs Python 3.11 or newer: install it, or name it as in: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment in $(VENV): install its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }

# A stamp for each set of extras; all are made again when pyproject.toml changes.
$(VENV)/ready: pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/ready-%: pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --editable '.[$*]'
	@touch $@

# What the tests in JavaScript need; without npm they are skipped, and say so.
$(AJV)/node_modules/ready: $(AJV)/package-lock.json
	@npm ci --prefix $(AJV) --silent --no-audit --no-fund --ignore-scripts && touch $@ || echo "npm could not install Ajv; its test will be skipped." >&2
