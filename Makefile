# Every target first brings the virtual environment to what the lock files say, so nothing has to be
# set up by hand; an environment that is as it should be is left alone. `make` lists the targets.

PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
# The folder of the site: the kit's own, or one beside it that `desk new site` has made.
SITE   ?= .

python := "$(VENV)/bin/python"
# Naming an interpreter asks for that one, even where another already made a working environment.
exact  := $(if $(filter file,$(origin PYTHON)),,--exact)
ensure := @"$(PYTHON)" -IS tools/environment.py $(exact) "$(VENV)" \
	requirements-build.lock requirements.lock
typed  := $(wildcard plugins dialogue thread wording desk benchmarks tools tests pelicanconf.py publishconf.py)
# UPGRADE=1 moves every pin to the newest release the bounds allow; without it only what must moves.
newest := $(if $(UPGRADE),--upgrade)
compile = $(python) -m uv pip compile --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-header $(newest)

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help html publish devserver feed-diff clean test test-deep check lint bench screenshots wording lock runtime dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

html: runtime ## build content/ into output/ for looking at (EXPLAIN=/page/, PROFILE=1)
ifeq ($(EXPLAIN)$(PROFILE),)
	@$(python) -m pelican "$(SITE)/content" -o "$(SITE)/output" -s "$(SITE)/pelicanconf.py"
else
	@$(python) -m desk build $(if $(EXPLAIN),--explain "$(EXPLAIN)") $(if $(PROFILE),--profile)
endif

publish: runtime ## build content/ into output/ for the public site
	@$(python) -m pelican "$(SITE)/content" -o "$(SITE)/output" -s "$(SITE)/publishconf.py"

devserver: runtime ## build, serve at http://127.0.0.1:8000 (PORT=8000), reload on change
	@$(python) -m desk serve --port "$(PORT)"

check: runtime ## editorial checks on content/
	@$(python) -m desk check content

feed-diff: runtime ## what subscribers will see: output/ against AGAINST, a published site or feed
	@$(python) -m desk feed-diff "$(AGAINST)" $(foreach what,$(ALLOW),--allow "$(what)")

# In the order of the folders, so that what their tests share is made once in each process.
test: dev ## all tests but the long ones
	@$(python) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test-deep: dev ## the long randomized, fault and load runs
	@$(python) -m pytest -m "deep or hypothesis" --timeout 14400

lint: dev ## ruff and mypy
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --check --quiet .
	@$(python) -m mypy --no-error-summary $(typed)

bench: dev ## the benchmarks behind what we claim about speed (WRITE=1: renew the tables in the docs)
	@$(python) -m benchmarks $(if $(WRITE),--write)

screenshots: dev ## pictures of every kind of page into .parley/screenshots/, and the README's
	@$(python) -m tests.browser.screenshots .parley/screenshots

wording: dev ## bring the translations up to the text in code and templates
	@$(python) -m wording extract

lock: dev ## refresh the lock files (UPGRADE=1: to the newest releases)
	@$(compile) requirements-build.in --output-file requirements-build.lock
	@$(compile) requirements.in --output-file requirements.lock
	@$(compile) requirements-dev.in --output-file requirements-dev.lock

clean: ## remove what builds and tools leave behind, but not the environment
	@mkdir -p output
	@find output -mindepth 1 ! -name .gitkeep -delete
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -path "./$(VENV)" -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

runtime:
	$(ensure)

dev:
	$(ensure) requirements-dev.lock
