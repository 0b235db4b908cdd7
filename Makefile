# make            set up and rebuild the paper
# make test       the tests            make lint     the checks
# make bench      measure beside other software (docs/bench.md)
# make slurm      the environment for profiles/slurm (docs/scale.md)
# make example-masculinity             rebuild a real survey's published tables; example-haskell: those of two years
# make example-jupyter2015             find the published themes of open-ended answers
# make clean      remove what was built; make lock    pin the environment anew
.DELETE_ON_ERROR:
.PHONY: paper setup slurm bench test test-fast lint format lock example-masculinity example-haskell example-jupyter2015 clean

PYTHON ?= python3
CORES ?= 4
BIN := .venv/bin
# A progress display where a person looks on; plain lines in a log.
PROGRESS := $(if $(MAKE_TERMOUT),--logger rich)
export UV_COMPILE_BYTECODE := 1
# Answers of other surveys that tests and examples read; each file is checked against its SHA-256.
export RECOUNT_DATA ?= $(abspath ../shared/data)

paper: .venv/installed
	$(BIN)/snakemake --cores $(CORES) $(PROGRESS)
	@echo
	@echo "To go on: . .venv/bin/activate, then snakemake --cores $(CORES)"

setup: .venv/installed

.venv/installed: envs/installer.txt envs/requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Recount needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement envs/installer.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement envs/requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed envs/requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement envs/requirements-dev.txt
	@touch $@

# A second environment, which finds the first and adds the executor: in the first it would slow down every call.
slurm: .venv-slurm/installed

.venv-slurm/installed: .venv/installed envs/requirements-slurm.txt
	$(BIN)/python -m venv --without-pip .venv-slurm
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  > "$$(.venv-slurm/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/recount.pth"
	$(BIN)/uv pip install --quiet --python .venv-slurm/bin/python --no-deps --require-hashes --requirement envs/requirements-slurm.txt
	printf '#!/bin/sh\nexec "%s" -m snakemake "$$@"\n' '$(abspath .venv-slurm/bin/python)' > .venv-slurm/bin/snakemake
	chmod +x .venv-slurm/bin/snakemake
	@touch $@

test: .venv/installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

test-fast: .venv/installed-dev
	$(BIN)/python -m pytest --numprocesses auto -m "not workflow"

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/snakefmt --check Snakefile rules
	$(BIN)/snakemake --lint

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/snakefmt Snakefile rules

lock: .venv/installed
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet \
	  envs/requirements.in --output-file envs/requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet \
	  envs/requirements-dev.in --constraints envs/requirements.txt --output-file envs/requirements-dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet \
	  --no-deps envs/requirements-slurm.in --output-file envs/requirements-slurm.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet \
	  --no-deps envs/requirements-cloud.in --constraints envs/requirements.txt --output-file envs/requirements-cloud.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet \
	  envs/requirements-bench.in --output-file envs/requirements-bench.txt

# Rows of the large samples, and runs of which the median counts. `make bench ROWS=10000` tries whether all of it works.
ROWS ?= 1000000
RUNS ?= 3
bench: .venv-bench/installed
	$(BIN)/python -m bench --rows $(ROWS) --runs $(RUNS) $(if $(filter 1000000,$(ROWS)),--write)

# The peers, in an environment of their own.
.venv-bench/installed: .venv/installed envs/requirements-bench.txt
	$(BIN)/python -m venv --without-pip .venv-bench
	$(BIN)/uv pip install --quiet --python .venv-bench/bin/python --require-hashes --requirement envs/requirements-bench.txt
	@touch $@

example-masculinity: .venv/installed
	$(BIN)/snakemake --cores $(CORES) --directory examples/masculinity $(PROGRESS)

example-haskell: .venv/installed
	$(BIN)/snakemake --cores $(CORES) --directory examples/haskell $(PROGRESS)

example-jupyter2015: .venv/installed
	$(BIN)/snakemake --cores $(CORES) --directory examples/jupyter2015 $(PROGRESS)

clean:
	rm -rf results examples/*/results .snakemake examples/*/.snakemake
