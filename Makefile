# The commands that matter: run, test, check. Everything lives in .venv and DATA_DIR.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check deploy-check format messages bench storm soak guards audit licences clean
.DEFAULT_GOAL := run

# One stamp per kind of installation: running the product needs no test tools.
$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (first time only)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	@touch $@

$(VENV)/.deploy: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,deploy]'
	@touch $@

# With a token: the bot on Telegram. Without one: the bundled simulator, which starts the same bot beside itself.
run: $(VENV)/.run
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -qsE '^(export )?TELEGRAM_BOT_TOKEN=.+' .env; \
	then exec $(BIN)/python -m bot; else exec $(BIN)/python -m simulator; fi

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# The Dockerfile, compose.yaml and their like: linters, and the image's steps without an engine (needs root, on Linux)
deploy-check: $(VENV)/.deploy
	@$(BIN)/python -m pytest -m deploy -n 0 tests/deploy

# Whatever keeps the books is killed at random: make storm STORM='--only ledger --seed 7 --seconds 600'
storm: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.storms $(STORM)

# Ten minutes of partners at work in bad weather: make soak SOAK='--seed 7 --seconds 180'
soak: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.soak $(SOAK)

# Each guard is taken away in a copy of the sources, and a test has to fail: docs/guards.md
guards: $(VENV)/.dev
	@$(BIN)/python -m tests.guards

# Known vulnerabilities of what is pinned; 2 is: could not be asked. Its tools are not the product's.
audit:
	@test -x .venv-audit/bin/pip-audit || { $(PYTHON) -m venv .venv-audit && \
		.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit; }
	@$(PYTHON) -m tools.audit .venv-audit/bin/pip-audit

# docs/licences.md, after a change of the dependencies
licences: $(VENV)/.dev
	@$(BIN)/python -m tools.licences

bench: $(VENV)/.bench
	@$(BIN)/python -m benchmarks

# What customers are written to, after a change in bot/locale/*/LC_MESSAGES/customers.po
messages: $(VENV)/.dev
	@$(BIN)/pybabel compile --domain customers --directory bot/locale

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .venv-audit .pytest_cache .mypy_cache .ruff_cache .hypothesis
