# Every target sets up what it needs by itself: a `.venv` from requirements.lock, made anew when that file changes.
.DEFAULT_GOAL := help
.PHONY: help site rollback pdf serve test trials addresses new fix check lint golden bench lock audit browser compiler servers
MAKEFLAGS += --no-print-directory

PYTHON := .venv/bin/python
READY := .venv/ready
PORT ?= 8000
export CHROMIUM ?=
# What Python compiled is used again: to compile all of it takes a quarter of a second in each process.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(READY) ## Build the site into site/ (TWINS=1 with compressed twins; SHARE=2/8 for a part, MERGE="…" to lay parts together)
	@$(PYTHON) -m generator build $(if $(SHARE),--share $(SHARE)) $(if $(MERGE),--merge $(MERGE)) \
	  $(if $(TWINS),--twins)

rollback: $(READY) ## Show the site again that was built before the one in site/
	@$(PYTHON) -m generator rollback

pdf: site ## Write whole evaluations as PDF into pdf/ (ONLY=enkoping/2016 for one); needs a Chromium
	@$(PYTHON) -m generator pdf $(ONLY)

serve: $(READY) ## Build the site, show it on http://127.0.0.1:8000/ and follow your changes (PORT=…)
	@$(PYTHON) -m generator serve --port $(PORT)

test: $(READY) browser compiler servers ## Run all tests but the long trials, on two processors
	@$(PYTHON) -m pytest -m "not trials" --numprocesses 2 --dist loadfile

trials: $(READY) browser compiler servers ## Run the long trials: fuzz, faults, kills, big corpora
	@$(PYTHON) -m pytest -m trials

addresses: $(READY) ## Note the addresses that are published now in evaluations/published.txt, so that none is ever lost
	@$(PYTHON) -m generator addresses --keep

new: $(READY) ## Begin a new evaluation (PLACE=se/tierp YEAR=2024 EDITION=2020)
	@$(PYTHON) -m generator new $(PLACE) $(YEAR) $(if $(EDITION),--edition $(EDITION))

fix: $(READY) ## Mend what is certain in evaluations/, and show it: quotes, line ends, trailing spaces
	@$(PYTHON) -m generator check --fix

check: $(READY) ## Check every file in evaluations/
	@$(PYTHON) -m generator check

lint: $(READY) ## Check the code: ruff and mypy
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

golden: ## Take what the last test run made (tests/actual) as the new expectation (tests/golden)
	@test -d tests/actual || { echo "tests/actual is not there: the last test run found no difference."; exit 1; }
	@for made in tests/actual/*/; do name=$$(basename "$$made"); mkdir -p tests/golden; \
	  rm -rf "tests/golden/$$name"; mv "$$made" "tests/golden/$$name"; echo "tests/golden/$$name"; done
	@rmdir tests/actual

bench: $(READY) ## Run the measurements
	@$(PYTHON) -m benchmarks

lock: $(READY) ## Pin the newest versions that requirements.in allows (needs the network)
	@$(PYTHON) -m pip install --quiet uv
	@$(PYTHON) -m uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	  --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.lock requirements.in

audit: $(READY) ## Ask the public list of known weaknesses about every library (needs the network)
	@sh .ci/audit

servers:
	@sh .ci/servers

browser:
	@sh .ci/chromium

compiler:
	@sh .ci/compiler

$(READY): requirements.lock
	@sh .ci/venv
	@touch $@
