# Two commands matter: `make run` serves the atlas, `make test` proves it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
BIN := .venv/bin
STAMPS := .cache

.PHONY: run setup dev assets dev-assets bundle build translations test lint browser bench clean
.SILENT:

run: setup assets translations build
	exec $(BIN)/geoapp serve

setup: $(STAMPS)/venv
dev: $(STAMPS)/dev
assets: $(STAMPS)/npm
	$(MAKE) bundle
dev-assets: $(STAMPS)/npm-dev
	$(MAKE) bundle
bundle: build/web/bundled

$(STAMPS)/venv: requirements.lock pyproject.toml
	mkdir -p $(STAMPS)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "geoapp needs Python 3.11 or newer; $(PYTHON) is older. Set PYTHON=/path/to/python3.11"; exit 1; }
	echo "· setting up Python (.venv) from requirements.lock"
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "the venv module is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -c 'import pathlib, site; pathlib.Path(site.getsitepackages()[0], "geoapp.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	printf '#!%s/.venv/bin/python\nfrom geoapp.cli.main import main\nif __name__ == "__main__":\n    main()\n' "$$PWD" > $(BIN)/geoapp && chmod +x $(BIN)/geoapp
	touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/venv
	echo "· adding what the tests need, from requirements-dev.lock"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

$(STAMPS)/npm: package.json package-lock.json
	mkdir -p $(STAMPS)
	command -v npm >/dev/null || { echo "npm is missing; install Node.js 18 or newer (Debian: apt-get install npm)"; exit 1; }
	echo "· installing web libraries with npm (pinned, checked by their integrity hash)"
	npm ci --silent --omit=dev
	touch $@

$(STAMPS)/npm-dev: package.json package-lock.json
	mkdir -p $(STAMPS)
	command -v npm >/dev/null || { echo "npm is missing; install Node.js 18 or newer (Debian: apt-get install npm)"; exit 1; }
	echo "· installing web libraries and what checks them (axe, Lighthouse) with npm"
	npm ci --silent
	touch $@ $(STAMPS)/npm

build/web/bundled: scripts/bundle-web package-lock.json $(shell find geoapp/static/js geoapp/static/css -type f)
	scripts/bundle-web

translations: setup
	$(BIN)/pybabel --quiet compile --directory geoapp/translations --domain messages

build: setup translations
	$(BIN)/geoapp build

browser: $(STAMPS)/browser
$(STAMPS)/browser:
	mkdir -p $(STAMPS)
	scripts/install-test-tools
	touch $@

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: dev dev-assets translations browser lint build
	$(BIN)/geoapp shapes check
	$(BIN)/geoapp check
	$(BIN)/python -m pytest

bench: dev dev-assets translations browser build
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .cache build node_modules
