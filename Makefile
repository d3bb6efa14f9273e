# Hustings. `make` alone prints what there is; each target's line says what it does.

PORT ?= 5000
TESTS ?=
UV = 0.13.9

BIN = .venv/bin
STAMPS = .stamps
PACKAGE = setup.cfg pyproject.toml
FRONT_END = package.json package-lock.json app/vendor.py

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench load machine fault picture lock clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | \
	  while IFS='|' read -r name words; do printf '%-16s %s\n' "$$name" "$$words"; done

install: $(STAMPS)/install $(STAMPS)/front-end ## set everything up, leaving .venv/bin/hustings

# The sign-in list and every link begin with the address that is served.
run: export HUSTINGS_BASE_URL ?= http://127.0.0.1:$(PORT)
run: install ## set up the demonstration union and serve it on http://127.0.0.1:5000 (PORT=...)
	@$(BIN)/hustings init --demo
	@$(BIN)/hustings serve --host 127.0.0.1 --port $(PORT)

# The whole run begins with lint; some tests alone do without it.
test: $(if $(TESTS),,lint) $(STAMPS)/dev $(STAMPS)/front-end ## lint and run all tests (TESTS=tests/models/budget for some)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

lint: $(STAMPS)/dev ## check style, format, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMPS)/dev ## put the code into its format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(STAMPS)/dev $(STAMPS)/front-end $(STAMPS)/rivals ## measure the pages beside two others' (BENCH=quick)
	@$(BIN)/python -m tests.bench

load: $(STAMPS)/dev $(STAMPS)/front-end ## measure what people wait for while others do slow work
	@$(BIN)/python -m tests.bench.load

machine: $(STAMPS)/dev ## take 10,000 random steps on SQLite and 2,000 on PostgreSQL: the long form
	@HUSTINGS_MACHINE=10000 nice $(BIN)/python -m pytest -n0 -s tests/models/funding/test_machine.py
	@HUSTINGS_MACHINE=5000 nice $(BIN)/python -m pytest -n0 -s tests/models/payments/test_nobody_alone.py

fault: $(STAMPS)/dev ## kill the worker again and again and count what was lost: the long form
	@HUSTINGS_FAULT=long $(BIN)/python -m pytest -n0 -s tests/app/test_worker_kills.py tests/app/test_import_kills.py

picture: $(STAMPS)/dev $(STAMPS)/front-end ## take the README's picture again (needs Chromium)
	@$(BIN)/python -m tests.browser.picture

lock: $(STAMPS)/uv ## find newer versions of what we need and write both lock files
	@set -e; for file in requirements requirements-dev; do \
	  extra=--extra=build; [ $$file = requirements ] || extra="$$extra --extra=dev"; \
	  $(STAMPS)/uv/bin/uv pip compile setup.cfg $$extra --upgrade --quiet --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --output-file $$file.lock >/dev/null; \
	  echo "$$file.lock: $$(grep -c == $$file.lock) packages"; done

clean: ## take away what was set up; the data folder ./instance stays
	rm -rf .venv $(STAMPS) node_modules app/static/vendor build dist *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than what it was made from, so that a second run has nothing to do.

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@set -e; if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then touch $@; exit 0; fi; \
	for python in python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then $$python -m venv --clear .venv; touch $@; exit 0; fi; done; \
	echo "Hustings needs Python 3.11 or newer with its venv module, and found none." >&2; \
	echo "On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1

$(STAMPS)/install: $(STAMPS)/venv requirements.lock $(PACKAGE)
	@echo "Installing the packages that Hustings needs ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/install requirements-dev.lock
	@echo "Installing the packages that the tests need ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/front-end: $(STAMPS)/install $(FRONT_END)
	@echo "Fetching the front-end parts ..."
	@$(BIN)/python -m app.vendor
	@touch $@

$(STAMPS)/uv:
	@mkdir -p $(STAMPS)
	@python3 -m venv --clear $@ && $@/bin/python -m pip install --quiet uv==$(UV)

# What the bench measures beside us has an environment of its own: Hustings needs none of it.
$(STAMPS)/rivals: $(STAMPS)/venv tests/bench/rivals/requirements.txt
	@echo "Installing the Django admin and the Flask-Admin that the bench measures beside us ..."
	@$(BIN)/python -m venv --clear $@ && \
	  $@/bin/python -m pip install --quiet --require-hashes -r tests/bench/rivals/requirements.txt && \
	  touch $@ || { rm -rf $@; \
	  echo "The bench could not install what it measures beside us: is a package index in reach?" >&2; \
	  exit 1; }
