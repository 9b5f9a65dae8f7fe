# Two commands matter: `make run` serves the atlas, `make test` proves it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
BIN := .venv/bin
STAMPS := .cache
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
NPM := npm ci --no-audit --no-fund

.PHONY: run setup dev assets dev-assets web drawing build translations test lint browser bench wheel bundle clean
.SILENT:

run: drawing setup assets translations build
	exec $(BIN)/geoapp serve

setup: $(STAMPS)/venv
dev: $(STAMPS)/dev
assets: $(STAMPS)/npm
	$(MAKE) --no-print-directory web
dev-assets: $(STAMPS)/npm-dev
	$(MAKE) --no-print-directory web
web: build/web/bundled

$(STAMPS)/venv: requirements.lock pyproject.toml
	mkdir -p $(STAMPS)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "geoapp needs Python 3.11 or newer; $(PYTHON) is older. Set PYTHON=/path/to/python3.11"; exit 1; }
	echo "· setting up Python (.venv) from requirements.lock"
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "the venv module is missing: apt-get install python3-venv"; exit 1; }
	scripts/quietly $(STAMPS)/pip.log $(PIP) -r requirements.lock
	$(BIN)/python -c 'import pathlib, site; pathlib.Path(site.getsitepackages()[0], "geoapp.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	printf '#!%s/.venv/bin/python\nfrom geoapp.cli.main import main\nif __name__ == "__main__":\n    main()\n' "$$PWD" > $(BIN)/geoapp && chmod +x $(BIN)/geoapp
	touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/venv
	echo "· adding what the tests need, from requirements-dev.lock"
	scripts/quietly $(STAMPS)/pip-dev.log $(PIP) -r requirements-dev.lock
	touch $@

$(STAMPS)/npm: package.json package-lock.json scripts/vendor
	mkdir -p $(STAMPS)
	command -v npm >/dev/null || { echo "npm is missing; install Node.js 18 or newer (Debian: apt-get install npm)"; exit 1; }
	echo "· installing web libraries and fonts with npm (pinned, checked by their integrity hash)"
	scripts/quietly $(STAMPS)/npm.log $(NPM) --omit=dev
	scripts/vendor
	touch $@

$(STAMPS)/npm-dev: package.json package-lock.json scripts/vendor
	mkdir -p $(STAMPS)
	command -v npm >/dev/null || { echo "npm is missing; install Node.js 18 or newer (Debian: apt-get install npm)"; exit 1; }
	echo "· installing web libraries, fonts and what checks pages (axe) with npm"
	scripts/quietly $(STAMPS)/npm.log $(NPM)
	scripts/vendor
	touch $@ $(STAMPS)/npm

drawing:
	scripts/install-drawing-libraries $(PYTHON)

build/web/bundled: scripts/bundle-web package-lock.json $(shell find geoapp/static/js geoapp/static/css -type f)
	scripts/bundle-web

translations: setup
	$(BIN)/pybabel --quiet compile --directory geoapp/translations --domain messages

build: setup translations
	$(BIN)/geoapp build

browser: $(STAMPS)/browser
$(STAMPS)/browser: scripts/install-test-tools
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
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal

$(STAMPS)/npm-bench: benchmarks/package.json benchmarks/package-lock.json
	mkdir -p $(STAMPS)
	echo "· installing what measures pages (Lighthouse) with npm, version 10 or newer"
	scripts/quietly $(STAMPS)/npm-bench.log $(NPM) --prefix benchmarks
	touch $@

bench: dev dev-assets translations browser build $(STAMPS)/npm-bench
	$(BIN)/python -m benchmarks

wheel: dev assets translations
	rm -f dist/geoapp-*.whl
	scripts/quietly $(STAMPS)/wheel.log $(BIN)/python -m hatchling build --target wheel --directory dist
	ls dist/*.whl

bundle: wheel
	scripts/bundle

clean:
	rm -rf .venv .cache build dist node_modules benchmarks/node_modules geoapp/vendor
