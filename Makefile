# What a newcomer, a developer and the build machine all run. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup dev serve test check screenshots eval bench peers lock clean

# Which torch: cpu (unless said otherwise) or default, PyTorch's own choice, which on Linux brings several GB of CUDA.
# Not passed on: it is a choice of the installation, and the program refuses settings that it does not know.
WIJZER_TORCH ?=
unexport WIJZER_TORCH
# Where the CPU build of torch comes from when pip is not configured to find one.
WIJZER_TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
export WIJZER_TORCH_INDEX

# Set on some machines; then no start would ever leave compiled modules for the next one.
unexport PYTHONDONTWRITEBYTECODE

# The documents lie beside the checkout on some machines; the program itself knows nothing of that.
ifeq ($(origin WIJZER_DOCUMENTS),undefined)
ifneq ($(wildcard ../shared/corpus/.),)
WIJZER_DOCUMENTS := $(shell cd ../shared/corpus && pwd)
export WIJZER_DOCUMENTS
endif
endif

# Two processes at once, each with an index of its own (1.5 GB); none for some of the tests: a second one costs more than it brings.
WORKERS ?= $(if $(ARGS),,--numprocesses 2 --dist loadfile)

# What `make eval` asks the questions without, beside; the build machine leaves it out.
COMPARE ?= --compare-without notes

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

setup: ## Make .venv from the lock files, with the front-end assets; at once when nothing changed
	@WIJZER_TORCH='$(WIJZER_TORCH)' sh scripts/setup.sh

dev:
	@WIJZER_TORCH='$(WIJZER_TORCH)' sh scripts/setup.sh dev

serve: setup ## Read new documents and serve the pages; prints the address
	@exec .venv/bin/wijzer serve

test: dev ## Run the tests; ARGS="-k word" for some of them
	@sh scripts/browser.sh
	@.venv/bin/pytest $(WORKERS) $(ARGS)

check: dev ## Lint, format and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

screenshots: dev ## A picture of every page and state in screenshots/; ARGS="search" for some
	@sh scripts/browser.sh
	@.venv/bin/python scripts/screenshots.py $(ARGS)

eval: dev ## Measure the quality and stop when it fell; report in runs/eval/report.html; ARGS="--robust" for typos and the like
	@.venv/bin/wijzer eval gate $(COMPARE) $(ARGS)

bench: dev ## Measure ingest and questions at 1,000 to 100,000 passages; ARGS="--sizes 1000,10000"
	@.venv/bin/wijzer eval bench $(ARGS)

peers: dev ## Measure LangChain, LlamaIndex and Haystack on the same questions; makes their environments (3 GB) in var/peers
	@.venv/bin/wijzer eval peers $(ARGS)

lock: ## Resolve the dependencies anew and write the lock files
	sh scripts/lock.sh $(ARGS)

clean: ## Remove what setup and the tests made; var/ (index, added documents) stays
	rm -rf .venv node_modules assistant/web/static/vendor build dist .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
