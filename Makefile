# Everything sets itself up on a machine that has Python 3.11 and nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

SEED ?= $(shell date +%j)

.PHONY: setup assets browser demo test check fuzz attack mutation bench format docs screenshots lock

setup: $(READY)
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 
	touch $(READY)

assets: setup
	$(BIN)/python -m fujing.cli.assets

browser:
	sh scripts/browser.sh

demo: setup assets
	$(BIN)/fujing demo

test: setup assets browser
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: setup assets
	$(BIN)/python scripts/check.py

# Every page by every role with values that nobody expects; a seed (the day of the year unless given) repeats a run.
fuzz: REQUESTS ?= 20000
fuzz: setup assets
	REQUESTS=$(REQUESTS) SEED=$(SEED) nice $(BIN)/python -m pytest tests/hostile/test_fuzz.py --show-capture=no

# Ten roles of each of two counties ask for the other's rows by every address, parameter, field and file.
attack: REQUESTS ?= 157500
attack: setup assets
	REQUESTS=$(REQUESTS) SEED=$(SEED) nice $(BIN)/python -m pytest tests/isolation/test_attack.py --show-capture=no

# What the tests notice: OPTIONS="law --full", "law --sample 100 --seed 7", "removals 18.3". In copies of the tree.
mutation: setup
	nice -n 10 $(BIN)/python scripts/mutation $(OPTIONS)

format: setup
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: setup assets
	$(BIN)/python -m bench

docs: setup
	$(BIN)/python scripts/generate_docs.py

screenshots: setup assets browser
	$(BIN)/python scripts/screenshots.py

# Names, versions and hashes only: no addresses in the lock.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra bench --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate --python-version 3.11 -q -o requirements.lock
