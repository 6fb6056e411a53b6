# Every target sets up what it needs: a .venv with the pinned versions of constraints.txt.
# Needs Python 3.11 or later (say which with PYTHON=…) and make.

PYTHON ?= python3
VENV := .venv
EXTRAS ?= spark
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check lint types bench extras models samples docs clean

demo: $(VENV)/installed ## Map, resolve and compute the sample registers; print the hidden common owners
	rm -rf demo
	$(BIN)/bo-harmonise run --sample -w demo --as-of 2026-10-01

test: $(VENV)/installed ## Run the tests
	$(BIN)/pytest -n auto -q

check: lint types test ## Lint, types, tests: all one needs to know

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

bench: $(VENV)/installed ## The chain on worlds of growing size, then parts side by side with what they rest on
	$(BIN)/bo-harmonise bench --companies 1000 --companies 10000 -o bench.json
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/resolve.py
	$(BIN)/python benchmarks/increment.py
	$(BIN)/python benchmarks/ownership.py
	$(BIN)/python benchmarks/ownership_stage.py

extras: $(VENV)/installed ## Add optional parts: make extras EXTRAS=spark
	$(BIN)/pip install --quiet --editable '.[$(EXTRAS)]'

models: $(VENV)/installed ## Train the shipped models anew: make models LABELS=folder of labelled records
	$(BIN)/python -m bo_harmonise.resolve.train $(LABELS)

samples: $(VENV)/installed ## Write sample_registries/ anew from the sample world
	$(BIN)/python -m bo_harmonise.world.samples sample_registries

docs: $(VENV)/installed ## Write the generated pages of docs/ anew
	$(BIN)/python -m bo_harmonise.reference docs

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bo-harmonise needs Python 3.11 or later; say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@
