# make help prints what there is. Every target sets up what it needs first; a second run finds the stamps and starts at once.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
STAMPS := .venv/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-input
STATIC_SOURCES := $(shell find src/duixian -path '*/static/*' -type f 2>/dev/null)

.PHONY: help setup demo test check format bench soak wheel lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

setup: $(STAMPS)/package $(STAMPS)/static ## environment, pinned packages, browser libraries, static files

demo: setup ## builds the example city and serves it on this machine (ARGS="--port 8001" passes options)
	@$(BIN)/duixian demo $(ARGS)

test: setup ## checks, then all tests on SQLite and on PostgreSQL (installs what they need where permitted)
	@scripts/test $(ARGS)

check: setup ## format, lint, types, import contracts, migrations
	@scripts/check

format: setup ## puts the sources into the one form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

bench: setup ## every measurement in benchmarks/, one after the other
	@scripts/bench

soak: setup ## property tests with two hundred times as many examples; the server killed 50 times while units submit
	@$(BIN)/python -m pytest -p no:cacheprovider -q --hypothesis-profile=soak -m hypothesis $(ARGS)
	@scripts/soak-kill

wheel: setup ## dist/*.whl, with the static files inside
	@rm -rf dist
	@$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist

lock: $(STAMPS)/venv ## compiles the pinned requirements anew (ARGS=--upgrade takes the newest releases)
	@scripts/lock $(ARGS)

clean: ## removes what was built; the environment stays
	@rm -rf build dist src/duixian/staticfiles $(STAMPS)/static

$(STAMPS)/venv: scripts/make-venv
	@echo "建立 Python 环境 .venv"
	@scripts/make-venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python: requirements/dev.txt $(STAMPS)/venv
	@echo "安装 Python 依赖(按 requirements/dev.txt 逐个核对哈希)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/package: pyproject.toml $(STAMPS)/python
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 src/duixian
	@touch $@

$(STAMPS)/npm: package-lock.json .npmrc $(STAMPS)/venv
	@echo "下载浏览器端库(按 package-lock.json)"
	@scripts/fetch-assets
	@touch $@

$(STAMPS)/static: $(STAMPS)/npm $(STAMPS)/package src/duixian/config/settings.py src/duixian/config/staticfiles.py $(STATIC_SOURCES)
	@echo "构建静态文件"
	@$(BIN)/python -m django collectstatic --settings duixian.config.settings --noinput --clear --verbosity 0
	@touch $@
