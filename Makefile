# The two commands: `make run` starts Walktalk, `make test` checks everything.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
  --no-emit-index-url --python-version 3.11

.PHONY: run test quick lint types unit mutants soak audit lock clean

run: $(VENV)/run.stamp
	$(BIN)/walktalk serve --port $(PORT)

test: $(VENV)/test.stamp
	scripts/system-packages
	$(MAKE) lint
	$(MAKE) types
	$(MAKE) unit

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive walktalk tools

types: $(VENV)/test.stamp
	$(BIN)/mypy

unit: $(VENV)/test.stamp
	$(BIN)/pytest -n auto

# Without browser, PostgreSQL and what takes seconds: while one works.
quick: $(VENV)/test.stamp
	$(BIN)/pytest -n auto -q -m "not browser and not slow" -k "not postgresql"

# Changes one core figure after another and says which change no test notices. Takes minutes.
mutants: $(VENV)/test.stamp
	$(BIN)/python -m tools.mutants

# Kills the server and the commands beside it for minutes; nothing that was said to be saved may be
# lost.
soak: $(VENV)/test.stamp
	$(BIN)/python -m bench.soak
	$(BIN)/python -m bench.fuzz

# Asks the network which of the locked packages have known holes. Not part of `make test`, which
# works without a network.
audit: $(VENV)/test.stamp
	$(BIN)/uvx pip-audit --require-hashes --disable-pip --requirement requirements.lock

# Writes both lock files again, every version with its hashes, from pyproject.toml.
lock: $(VENV)/test.stamp
	$(COMPILE) --extra build --extra osm --extra heights -o requirements.lock pyproject.toml
	$(COMPILE) --extra build --extra osm --extra heights --extra dev -o requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up Walktalk; the first time takes a minute."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up what the tests need; the first time takes some minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist
