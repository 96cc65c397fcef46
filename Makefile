# demo · test · lint · bench · fuzz: each sets itself up.  Another Python:  make test PYTHON=python3.13
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
PY := $(VENV)/bin/python
WORKERS ?= 2

.PHONY: demo test lint bench fuzz qt help

help:
	@echo "make demo   two communities assessed, with workbook, web page and pictures under demo/"
	@echo "make test   lint, types, import contracts and all tests"
	@echo "make lint   lint, types and import contracts only"
	@echo "make bench  speed and memory against a peer in the same run"
	@echo "make fuzz   every sample damaged in 90 ways, then 20 s of fuzzing for each importer (SECONDS=n)"

demo: $(VENV)/.installed qt
	$(PY) -m cmdesk.demo

test: lint qt
	$(PY) -m pytest -n $(WORKERS)

lint: $(VENV)/.installed
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.installed qt
	$(PY) -m benchmarks

SECONDS ?= 20
fuzz: $(VENV)/.installed
	@$(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,fuzz]' || echo "Without atheris: plain mutations"
	$(PY) -m fuzz --seconds $(SECONDS)

qt: $(VENV)/.installed
	@.ci/qt-libraries $(VENV)

$(VENV)/.installed: pyproject.toml setup.py constraints.txt .ci/set-up
	@.ci/set-up $(PYTHON) $(VENV)
