# make serve   install, build the index if there is none, serve        (HOST=… PORT=…)
# make test    install, lint, types, tests
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-dev

.PHONY: serve rebuild test test-all lint bench encoder ranking screenshots clean browser

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

test: lint browser
	$(BIN)/pytest -m "not slow"

test-all: lint browser
	$(BIN)/pytest

# The weights of the ranking, fitted on corpus/questions for the bundled encoder.
ranking: $(TESTED)
	$(BIN)/python -m training.ranking

encoder: $(TESTED)
	@$(BIN)/python -m pip install --quiet --group training
	$(BIN)/python -m training.train

clean:
	rm -rf $(VENV) dist build index/snapshots/*

# Starts a server of its own.
screenshots: $(TESTED) browser
	$(BIN)/python tests/browser/screenshots.py
