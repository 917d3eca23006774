# Two commands matter: `make demo` builds a graph from five articles and asks it a question, `make test` checks
# everything. Both set themselves up in .venv and need nothing but make and Python 3.11 or newer with venv.

# The first Python on the path that is new enough; `make PYTHON=/path/to/python demo` chooses another.
PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$candidate" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --quiet
# Everything that the demo's graph is made from: a change in any of it builds the graph anew.
SOURCES = $(shell find kgbuild ontology shapes models seeds -type f -not -name '*.pyc' 2>/dev/null | sed 's/ /\\ /g')
DEMO := out/seeds.ttl
QUESTION ?= docs/question.rq

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL: # the tests come last, so that their closing line is the last one
.PHONY: help demo install test lint types layers unit lock docs clean

help: ## List what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(DEMO) ## Build the graph of seeds/, check it and ask it one question
	@$(BIN)/kgbuild validate $(DEMO)
	@echo
	@cat $(QUESTION) 2>/dev/null || echo $(QUESTION)
	@$(BIN)/kgbuild query $(DEMO) $(QUESTION)
	@echo
	@echo "The graph lies in $(DEMO). Ask it something else: $(BIN)/kgbuild query $(DEMO) --list"

# Status 1 says that something was held back: what is written conforms all the same, and the report lies beside it.
$(DEMO): $(VENV)/.installed $(SOURCES)
	@mkdir -p $(@D)
	@$(BIN)/kgbuild build seeds -o $@ || test $$? -eq 1

install: $(VENV)/.installed ## Install kgbuild and what it needs into .venv

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "kgbuild needs Python 3.11 or newer; none is on the path" >&2; exit 2; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The package itself is installed in place, so that a change of it needs no second installation.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.created
	@echo "Installing what kgbuild runs on (versions and hashes from requirements.lock)"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the tools that check kgbuild (requirements-dev.lock)"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

test: lint types layers unit ## Run every check: style, types, layers, tests

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

layers: $(VENV)/.installed-dev
	@$(BIN)/lint-imports

unit: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest

# neither a registry's address nor the time is written, so that the same versions give the same files
lock: $(VENV)/.installed-dev ## Choose versions anew and write both locks
	@printf 'hatchling\neditables\n' | $(BIN)/uv pip compile pyproject.toml - $(LOCK) -o requirements.lock
	@printf 'hatchling\neditables\n' | $(BIN)/uv pip compile pyproject.toml - --extra dev -c requirements.lock $(LOCK) -o requirements-dev.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

docs: $(VENV)/.installed-dev ## Write the pages in docs/ that describe commands, terms and questions
	@$(BIN)/python -m kgbuild.cli.reference > docs/cli.md
	@$(BIN)/python -m kgbuild.knowledge.guide > docs/ontology.md
	@$(BIN)/python -m kgbuild.query.vocabulary docs/ontology
	@$(BIN)/python -m kgbuild.query.page > docs/cookbook.md
	@$(BIN)/python -m kgbuild.export.jsonld > docs/context.jsonld

clean: ## Remove what was built (not .venv)
	@rm -rf out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
