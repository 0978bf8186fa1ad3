# One command per habit. `make run` and `make test` are all a fresh machine needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
RIVALS := build/bench-venv
PEERS  := build/bench-peers
CASES  ?= ../shared/conformance
OUT    ?= build/demo
DB     ?= sqlite
N      ?= 3000
RUNS   ?= 300

.PHONY: run test check format env system browser content schema protocol demo conformance faults faults-mutants killed bench bench-sync fuzz fuzz-verify build clean lock help

help:            ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

run: env content ## open the program; without a display, play the demo visit
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
	  $(BIN)/desktop-advisor; else $(BIN)/desktop-advisor demo --out $(OUT); fi

test: env content check browser ## lint, types, floors and the whole test suite
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadgroup

check: env       ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: env      ## format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

env: system $(STAMP) ## the environment in .venv, from requirements.lock

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

system:          ## the system libraries Qt needs, on bare Debian
	@sh .ci/system-libraries

browser:         ## Chromium for the tests of the web console, where it can be had
	@sh .ci/browser

content: env     ## compile the questionnaires that changed
	@$(BIN)/python -m desktop_advisor form build

schema: env      ## renew the published schema of the report as JSON
	@$(BIN)/python -m desktop_advisor.report.exports.json_file > resources/schemas/beratungsbericht-1.schema.json

protocol: env    ## renew the protocol's reference in the README
	@$(BIN)/python -m sync.server.protocol_page README.md

demo: env content ## one complete visit with the real parts; OUT=DIR
	$(BIN)/desktop-advisor demo --out $(OUT)

conformance: env ## run a folder of ODK cases; CASES=DIR
	@$(BIN)/python -m desktop_advisor.questionnaire.conformance $(CASES)

faults: env     ## random histories of the synchronisation under every fault; N=20000 DB=postgresql STORE=--store
	@$(BIN)/python -m tests.sync.faults $(N) $(DB) $(SEED) $(STORE)

faults-mutants: env ## twelve planted bugs, and after how many histories each is found
	@$(BIN)/python -m tests.sync.faults mutants $(SEED)

killed: env     ## sync over real HTTP with a bad line and SIGKILL on both sides; RUNS=300
	@$(BIN)/python -m tests.sync.killed_line $(RUNS)

bench: env $(RIVALS)/.installed $(PEERS)/.installed ## how fast engine, search, report and sync are, as ratios
	@$(BIN)/python tests/benchmarks/bench_engine.py
	@$(BIN)/python -m tests.benchmarks.bench_search
	@$(BIN)/python -m tests.benchmarks.bench_report $(RIVALS)/bin/python
	@$(BIN)/python -m tests.benchmarks.bench_editing
	@$(BIN)/python -m tests.benchmarks.bench_sync 1000 $(PEERS)

bench-sync: env $(PEERS)/.installed ## the synchronisation alone; ONLY=line,memory ASSESSMENTS=200
	@$(BIN)/python -m tests.benchmarks.bench_sync $(or $(ASSESSMENTS),1000) $(PEERS) $(if $(ONLY),--only $(ONLY))

$(PEERS)/.installed: $(wildcard tests/benchmarks/peers/*/package.json)
	@for peer in $(notdir $(patsubst %/,%,$(dir $^))); do \
	  mkdir -p $(PEERS)/$$peer && cp tests/benchmarks/peers/$$peer/package.json $(PEERS)/$$peer && \
	  (command -v npm >/dev/null && cd $(PEERS)/$$peer && npm install --silent --no-package-lock --no-audit --no-fund) \
	  || echo "$$peer is left out: npm cannot install it"; done
	@touch $@

$(RIVALS)/.installed: tests/benchmarks/requirements.lock
	@MORE_LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" sh .ci/system-libraries
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

fuzz: env       ## the server against its OpenAPI document, on SQLite and PostgreSQL; N=100 SEED=…
	@$(BIN)/python -m tests.sync.fuzz_openapi $(if $(filter file,$(origin N)),100,$(N)) $(SEED)

fuzz-verify: env ## random damage to sealed files, none may be accepted; N=3000
	@$(BIN)/python -m tests.signing.fuzz_verification $(N)

build: env content ## PyInstaller one-dir build in dist/
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec

lock:            ## renew requirements.lock (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --all-extras pyproject.toml -o requirements.lock
	cd tests/benchmarks && uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements.in -o requirements.lock

clean:           ## remove what the commands above made
	rm -rf $(VENV) build dist resources/forms/compiled
