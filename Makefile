# Everything a developer does, by one word each. Needs Python >= 3.11 and make; `make test` also Chromium, poppler-utils, spin and gcc.
PYTHON ?= python3
PORT ?= 8600
STAGE ?=
STATE ?=
ROWS ?= 1000
ONLY ?=
OPTIONS ?=
WRITES ?= 100000
SECRET ?=
STEP ?=

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.installed
TEMPLATES := registration documents finalization announcements
STACKS := infra/shared.yaml infra/cdn.yaml infra/cdn-global.yaml $(TEMPLATES:%=build/%/template.json)

# Whatever the environment says: what one process has compiled the next need not, and the tests are dealt out to several.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run demo audit-verify resync test test-large check check-code check-templates check-tests bench simulate-deadline race rehearsal privileges cost count-units deploy rotate quotas bundles sample openapi tables lock clean

help: ## these words
	@echo "make <word> [NAME=value …]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-19s %s\n", $$1, $$2}'

run: $(READY) npm ## the whole portal on this machine; PORT=8600 CLOCK=2022-10-31T16:58:00+07:00 STATE=folder SEED=0
	@exec env PORT=$(PORT) $(PY) -m infra.local

demo: $(READY) ## walk the census by HTTP through the running portal; PORT=8600
	@$(PY) -m infra.local.demo http://127.0.0.1:$(PORT)

audit-verify: $(READY) ## check all audit chains and anchors of the running portal; STATE=folder, or STAGE=dev on AWS
	@$(PY) -m infra.audit_verify $(if $(STAGE),--stage $(STAGE)) $(if $(STATE),--state $(STATE))

resync: $(READY) ## tell all facts again from the tables, for a service that lost some; STATE=folder, or STAGE=dev on AWS
	@$(PY) -m infra.resync $(if $(STAGE),--stage $(STAGE)) $(if $(STATE),--state $(STATE)) $(OPTIONS)

ifeq ($(ONLY),)
test: tools check ## every check and every test; ONLY=tests/kernel runs that part of the tests alone
	$(PY) -m pytest -n 3
else
test: $(READY) npm
	$(PY) -m pytest $(if $(wildcard $(ONLY)/.),-n 3) $(ONLY)
endif

test-large: tools ## what is too large for every day: every world of the protocol's model, many requests; the race has make race
	$(PY) -m tests.model large
	LARGE=1 $(PY) -m pytest tests/model/test_spin.py $(patsubst %,tests/system/test_%.py,schema access_sweep problems) \
		$(patsubst %,tests/announcements/test_%.py,publication_stopped rows_withheld) \
		tests/web/test_every_page.py

check: $(READY) npm $(VENV)-checkov/.installed ## style, types, imports, templates
	@$(MAKE) --no-print-directory -j2 check-code check-templates check-tests

check-code:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m web.check_scripts
	$(VENV)/bin/lint-imports

check-templates:
	$(PY) -m infra.build --templates-only
	$(VENV)/bin/cfn-lint $(STACKS)
	$(PY) -m infra.checkov $(VENV)-checkov/bin/checkov $(STACKS)

# Rewritten once, before several workers would each do it (10 s of a processor).
check-tests:
	@mkdir -p build
	$(PY) -m pytest --collect-only -qq > build/collected.txt || { cat build/collected.txt; exit 1; }

bench: $(READY) ## measure against the goals, into build/bench.json; ONLY=<id>
	PYTHONPATH=tools/verify $(PY) -m tests.bench $(ONLY)

simulate-deadline: $(READY) ## the gate on the last minutes before the deadline, simulated; OPTIONS="--minutes 60", OPTIONS=--help
	@$(PY) -m tools.simulate_deadline $(OPTIONS)

race: $(READY) ## writers, lockers and sealers against each other, killed at random, at nightly size; WRITES=100000
	RACE_WRITES=$(WRITES) $(PY) -m pytest -q tests/system/test_race.py

cost: $(READY) ## what a census costs: print docs/cost.md anew, from counted units and list prices
	@$(PY) -m infra.cost

count-units: $(READY) ## count anew what a deed asks of AWS, for make cost
	COUNT_UNITS=1 $(PY) -m pytest -q tests/costing -k what_was_counted

bundles: $(READY) ## what Lambda gets: build/<service>/package/deployment.zip
	$(PY) -m infra.build

deploy: $(READY) npm ## to AWS (ap-southeast-3), with the machine's AWS credentials, as infra/stages/<stage>.toml says; STAGE=dev
	@test -n "$(STAGE)" || { echo "Say which stage: make deploy STAGE=dev" >&2; exit 2; }
	$(PY) -m infra.build
	$(PY) -m infra.deploy --stage $(STAGE) $(OPTIONS)

rotate: $(READY) ## a new session, captcha or origin secret while people go on working; STAGE=prod SECRET=session, later STEP=finish
	@test -n "$(STAGE)" && test -n "$(SECRET)" || { echo "Say which: make rotate STAGE=dev SECRET=session|captcha|origin" >&2; exit 2; }
	$(PY) -m infra.keys $(or $(STEP),rotate) --stage $(STAGE) --secret $(SECRET) $(OPTIONS)

quotas: $(READY) ## whether the AWS account allows what a deadline needs (infra/quotas.toml); STAGE=prod
	@test -n "$(STAGE)" || { echo "Say which stage: make quotas STAGE=prod" >&2; exit 2; }
	@$(PY) -m infra.quotas --stage $(STAGE)

sample: $(READY) ## generated import files, clean and faulty, and papers of one person, into build/sample; ROWS=1000
	$(PY) -m tools.sample --rows $(ROWS)

rehearsal: $(READY) npm ## the census under AWS's limits, scaled to this machine: nothing may be lost
	@$(PY) -m infra.local.rehearsal

privileges: tools ## what functions use of their policies, noted anew from the system and browser tests; then the differences
	rm -rf build/used-permissions
	$(PY) -m pytest -n 3 tests/system tests/browser
	$(PY) -m infra.privileges --keep anew

openapi: $(READY) ## write each service's openapi.json anew, after a change of its routes
	$(PY) -m infra.openapi

tables: $(READY) ## write docs/tables.md anew, what every item of every table holds, after a change of a shape
	$(PY) -m infra.tables

LOCK = CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: $(READY) ## pin requirements/*.txt anew, after a change of requirements/*.in
	$(LOCK) -o requirements/dev.txt requirements/dev.in
	$(LOCK) --no-annotate -o requirements/checkov.txt requirements/checkov.in
	for service in $(TEMPLATES); do $(LOCK) --no-annotate -c requirements/dev.txt -o requirements/$$service.txt requirements/$$service.in; done

clean: ## forget builds and the local portal's data
	rm -rf build .local .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache web/node_modules
	find . -name __pycache__ -not -path './.venv*/*' -prune -exec rm -rf {} +

$(READY): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: install it and run make PYTHON=python3.11 …" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing: install it, e.g. apt-get install python3-venv" >&2; exit 2; }
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# In a folder of its own: it pins older releases of what the services run with.
$(VENV)-checkov/.installed: requirements/checkov.txt $(READY)
	test -x $(VENV)-checkov/bin/python || $(PYTHON) -m venv $(VENV)-checkov
	$(VENV)-checkov/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/checkov.txt
	@touch $@

# The site kit takes three packages from npm; where the machine has none, PyPI has one.
.PHONY: npm tools
npm: $(READY)
	@command -v npm >/dev/null || test -x $(VENV)/bin/npm || \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt

tools: $(READY) npm
	@for name in chromium-headless-shell chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit; done; \
		echo "Chromium is missing: install it, e.g. apt-get install chromium-headless-shell, and run again." >&2; exit 2
	@command -v pdftotext >/dev/null || \
		{ echo "pdftotext is missing: install it, e.g. apt-get install poppler-utils, and run again." >&2; exit 2; }
	@command -v spin >/dev/null && command -v gcc >/dev/null || \
		{ echo "Spin or the C compiler it needs is missing: install them, e.g. apt-get install spin gcc libc6-dev, and run again." >&2; exit 2; }
