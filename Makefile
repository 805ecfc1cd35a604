# What people type. Each step skips what is already done, so any of these may be run again at any time.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

INSTALL = $(PYTHON) config/install.py
LOCAL = .venv/bin/python -m config.local
COMPILE = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make requirements"

.PHONY: help run manage test lint bench requirements
.DEFAULT_GOAL := help

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  *## \(.*\)/\1 \2/p' $(MAKEFILE_LIST) | \
		while read -r name what; do printf '  make %-14s %s\n' "$$name" "$$what"; done

run:  ## Serve the site at http://127.0.0.1:8000 (PORT=8001 changes the port)
	@$(INSTALL) requirements.txt
	@exec $(LOCAL) serve_site --port "$(PORT)"

manage:  ## Run a command on this machine's site: make manage ARGS="verify"
	@$(INSTALL) requirements.txt
	@exec $(LOCAL) $(ARGS)

test:  ## Run every test (ARGS="tests/quotes -k exact" chooses some)
	@$(INSTALL) requirements-dev.txt
	@exec .venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

lint:  ## Check style, templates and types
	@$(INSTALL) requirements-dev.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/mypy

bench:  ## Run the benchmarks in tests/benchmarks
	@$(INSTALL) requirements-dev.txt
	@for script in $(wildcard tests/benchmarks/[a-z]*.py); do \
		echo "== $$script"; PYTHONPATH=. .venv/bin/python "$$script" $(ARGS) || exit 1; done

requirements:  ## Compile the requirements files from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@$(INSTALL) requirements-dev.txt
	$(COMPILE) $(UPGRADE) --output-file requirements.txt
	$(COMPILE) $(UPGRADE) --extra postgres --group dev --constraint requirements.txt --output-file requirements-dev.txt
