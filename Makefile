# The two commands: `make run` starts Walktalk, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types unit lock clean

run: $(VENV)/run.stamp
	$(BIN)/walktalk serve --port 8000

test: $(VENV)/dev.stamp
	scripts/system-packages
	$(MAKE) lint types unit

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

unit: $(VENV)/dev.stamp
	$(BIN)/pytest -n auto

# Writes both lock files again, every version and hash, from pyproject.toml.
lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url \
	  --python-version 3.11 -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url \
	  --python-version 3.11 --extra dev -o requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist
