# The commands that people use are at the top; `make test` is also what .ci/run calls.
SHELL := /bin/bash
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
WITH_POSTGRES := $(PYTHON) tests/databases/with_postgres.py
PACKAGES := postgresql chromium-headless-shell libreoffice-writer-nogui python3-uno poppler-utils fontconfig gettext
PYTEST := $(PYTHON) -m pytest
HOST ?= 127.0.0.1:8000
LANGUAGES := en

export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help setup demo reset test soak bench screenshots lock messages compile-messages diagram packages format

help:
	@echo "make demo         set up, load the examples, serve them on http://$(HOST)/ and print the logins"
	@echo "make reset        empty the demo and load it again"
	@echo "make test         every check, on a fresh machine too"
	@echo "make soak         the long runs: races, kills, random texts in full volume"
	@echo "make bench        the table of speeds"
	@echo "make setup        the Python environment and the database, nothing else"
	@echo "make screenshots  every page in every state as pictures in var/screenshots, and those in README"
	@echo "make messages     collect the texts to translate; make compile-messages when they are translated"
	@echo "make diagram      the picture of the states in README, from the code"
	@echo "make lock         requirements.lock from pyproject.toml"
	@echo "make format       ruff"

.venv/installed: requirements.lock .ci/python
	@.ci/python
	@touch $@

setup: .venv/installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_facts

# Pages, and beside them the worker; whichever ends takes the other along, and nothing is left running.
define SERVE
$(MANAGE) worker & worker=$$!; \
$(PYTHON) -m gunicorn ita_core.wsgi --bind $(HOST) --workers 2 --threads 4 --access-logfile /dev/null --no-control-socket & pages=$$!; \
trap : INT TERM HUP; \
wait -n $$worker $$pages; kill $$worker $$pages 2>/dev/null; wait
endef

demo: export DEMO := 1
demo: setup
	@$(MANAGE) load_examples
	@echo "Serving on http://$(HOST)/ (Ctrl-C ends it)"
	@$(SERVE)

reset: .venv/installed
	@rm -rf var
	@$(MAKE) --no-print-directory setup
	@$(MANAGE) load_examples

packages:
	@.ci/packages $(PACKAGES)

test: .venv/installed packages
	@tests/every_check.sh

soak: .venv/installed packages
	@echo "== soak on SQLite"
	@SOAK=1 $(PYTEST) -m "soak or sampled" -n 2
	@echo "== soak in the browser"
	@SOAK=1 $(PYTEST) -m "browser and not screenshots" -n 2 tests/browser
	@echo "== soak on PostgreSQL"
	@SOAK=1 $(WITH_POSTGRES) $(PYTEST) -m "soak or sampled or once" -n 2 --only-database

# DATABASE_URL names the PostgreSQL of this run; the benchmark makes its SQLite itself.
bench: .venv/installed packages
	@$(WITH_POSTGRES) --durable $(PYTHON) -m tests.benchmarks

# The example authority in every state; then what the tours through the pages come by: refusals, faults, settings, imports.
screenshots: .venv/installed packages
	@$(PYTEST) -m screenshots tests/browser
	@SCREENSHOTS=1 $(PYTEST) -m "browser and not screenshots" $$(grep -l "Tour(" tests/browser/test_*.py)

messages: .venv/installed packages
	@$(MANAGE) makemessages --verbosity 0 --no-wrap --no-obsolete --add-location file \
	    --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*' $(LANGUAGES:%=--locale %)
	@$(MAKE) --no-print-directory compile-messages

compile-messages: .venv/installed
	@$(MANAGE) compilemessages --verbosity 0 --ignore .venv --ignore var $(LANGUAGES:%=--locale %)

diagram: .venv/installed
	@$(PYTHON) -m tests.state_diagram

format: .venv/installed
	@ruff check --fix --quiet .
	@ruff format .

UV := $(shell command -v uv || echo .venv/bin/uv)
lock:
	@test -x "$(UV)" || { echo "Install uv first (pip install uv)."; exit 1; }
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
	    --no-emit-find-links --extra test pyproject.toml -o requirements.lock
