# Every target sets up what it needs first (tools/setup_environment.py): nothing else to install.
# make test ARGS="tests/store -k undo"   passes arguments on to pytest.

PYTHON ?= python3
ARGS ?=
SETUP = @$(PYTHON) tools/setup_environment.py
IN_VENV = .venv/bin/

.PHONY: help run test lint soak bench screenshots translations installer clean

help:  ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run:  ## Open CSDesk on a fresh sample workspace
	$(SETUP)
	@$(IN_VENV)python tools/try_out.py

test:  ## Run the tests
	$(SETUP) --extras test
	@$(IN_VENV)pytest --numprocesses=2 --dist=worksteal $(ARGS)

lint:  ## Check style, types and layers
	$(SETUP) --extras lint
	@$(IN_VENV)ruff check .
	@$(IN_VENV)mypy
	@$(IN_VENV)lint-imports

# CSDESK_SEEDS is how many seeds those tests try that begin anew from each:
# make soak CSDESK_SEEDS=500 ARGS=tests/team/test_three_homes.py
soak:  ## Run the tests of endurance with many more rounds (hours)
	$(SETUP) --extras test
	@CSDESK_SOAK=1 $(IN_VENV)pytest -m "soak or long" $(ARGS)

bench:  ## Measure speed and size: make bench ARGS="merge publish look team"
	$(SETUP) --extras test,bench
	@$(IN_VENV)python -m benchmarks $(ARGS)

screenshots:  ## Draw the pictures in docs/screens
	$(SETUP) --extras test
	@$(IN_VENV)python -m tools.screenshots $(ARGS)

translations:  ## Gather texts from the code, update and compile the catalogues
	$(SETUP)
	@$(IN_VENV)python -m tools.translations

installer:  ## Build the installer for this platform
	$(SETUP) --extras installer
	@$(IN_VENV)python build_installer.py

clean:  ## Remove everything that was made here, samples included
	rm -rf .venv build dist sample .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache *.egg-info resources/translations/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
