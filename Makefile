# `make help` says what there is. Everything is set up by the commands themselves.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
unexport PYTHONDONTWRITEBYTECODE # without bytecode each start takes twice as long

# The first of these that is a Python of ours; `make PYTHON=/path/to/python3.12` decides otherwise.
PYTHONS := python3 python3.13 python3.12 python3.11
UV := .venv/bin/uv
READY := .venv/.ready
PACKAGES := chromium fonts-noto-core fonts-khmeros

.PHONY: help run test check bench chaos attack advisories screenshots lock browser

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: $(READY) ## start everything and stay until Ctrl-C (ONCE=1: stop when the national indicators are there)
	@exec .venv/bin/sala run $(if $(ONCE),--once)

test: $(READY) browser ## all tests, with a real Postgres, Airflow and browser
	@exec .venv/bin/pytest $(TESTS)

check: $(READY) ## format, lint, types, direction of imports
	@.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: $(READY) ## measure speed beside simple references (PART=month: one part)
	@exec .venv/bin/python -m tests.bench $(PART)

attack: $(READY) ## replay attacks on an instance made for it (TARGET=mine.yaml: on one that runs; NAME=filing: some)
	@exec .venv/bin/python -m tests.attack $(TARGET) $(NAME)

advisories: $(READY) ## hold requirements.lock against a file of advisories (FILE=all.zip: OSV, or pip-audit's JSON)
	@exec .venv/bin/python -m tests.attack.advisories $(FILE)

chaos: $(READY) ## ten minutes of work while processes are killed at random (SECONDS=300: five)
	@exec .venv/bin/python -m tests.chaos $(or $(SECONDS),600) $(SEED)

screenshots: $(READY) browser ## take the pictures of the documents again (FOLDER=pictures: of every page, in three languages)
	@exec .venv/bin/python -m tests.dashboards.screenshots $(FOLDER)

lock: $(READY) ## resolve requirements.lock again from pyproject.toml
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header --group dev --python-version 3.11 pyproject.toml -o requirements.lock

# The environment, made again when the lock changes. The lock names uv too; pip, which every Python has, fetches it.
$(READY): requirements.lock pyproject.toml
	@started=$$SECONDS
	say() { printf '%5d s  %s\n' $$((SECONDS - started)) "$$*"; }
	if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
	  for python in $(or $(PYTHON),$(PYTHONS)); do
	    if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
	      found=$$python; break
	    fi
	  done
	  if [ -z "$${found:-}" ]; then
	    echo "Sala needs Python 3.11, 3.12 or 3.13; found: $$(python3 --version 2>&1 || true)."
	    echo "Install one, or name it: make PYTHON=/path/to/python3.12"
	    exit 1
	  fi >&2
	  if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then
	    echo "$$found has no venv. On Debian and Ubuntu: apt install python3-venv" >&2
	    exit 1
	  fi
	  say "Making .venv with $$("$$found" --version)"
	  rm -rf .venv
	  "$$found" -m venv .venv
	fi
	say "Installing the packages of requirements.lock"
	awk '/^[^ ]/ {ours = /^uv==/} ours' requirements.lock > .venv/uv.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	# Trust whom the system trusts, where it says: some networks have a certificate authority of their own.
	if [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi
	if ! $(UV) pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock; then
	  say "uv cannot; pip, which may have an index of its own, tries (this takes minutes)"
	  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	fi
	$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --offline --editable .
	touch $@
	say "Installed"

# Browser tests need these from the system; root installs them, everybody else is told.
browser:
	@if command -v chromium >/dev/null && fc-list :lang=km family 2>/dev/null | grep -q .; then exit 0; fi
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	  echo "Installing for the browser tests: $(PACKAGES)"
	  export DEBIAN_FRONTEND=noninteractive
	  { apt-get update -qq && apt-get install -qq --no-install-recommends $(PACKAGES) fontconfig; } >/dev/null \
	    || echo "apt-get failed: the browser tests will fail." >&2
	else
	  echo "The browser tests need packages that are not installed: sudo apt-get install $(PACKAGES)" >&2
	fi
