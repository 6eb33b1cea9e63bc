# Each target that builds first makes sure that the system libraries are there.

SWIFT ?= swift
# In CI a warning is an error; on your machine a newer compiler's new warning stops nothing.
FLAGS := $(if $(CI),-Xswiftc -warnings-as-errors)
LINTED := Sources Tests Examples Fuzz $(wildcard Benchmarks) Package.swift
# What the thread sanitizer looks at: everything that runs on several threads.
TSAN_FILTER ?= Execution|Scheduler|Exchange|UDF|Engine|Pipeline|Worker|Wire|LostRow|State|Stream|Write|Dataset|SharedBatch


.PHONY: demo test bench bench-peers bench-seed bench-seed-report lint format model tsan checks test-release test-arrow \
	fuzz system-packages

# Build in release mode and run the main job on the data in data/.
demo: system-packages
	$(SWIFT) run -c release columnar-demo

# Run all tests.
test: system-packages
	$(SWIFT) test $(FLAGS)

# Run the benchmarks: all of them, or `make bench SUITE=seed`.
bench: system-packages
	$(SWIFT) run -c release --package-path Benchmarks columnar-bench $(SUITE)

# Run them with Polars and DuckDB taking turns with ours: `make bench-peers SUITE=kernels`.
bench-peers: system-packages
	[ -d .venv-bench ] || python3 -m venv .venv-bench
	.venv-bench/bin/pip install --quiet -r Benchmarks/peers/requirements.txt
	$(SWIFT) run -c release --package-path Benchmarks columnar-bench $(SUITE) \
	  --peers $(CURDIR)/.venv-bench/bin/python

# Run the guide's tests here, on Daft and on hypernodes in turns, and write Benchmarks/README.md and
# its charts. With HYPERNODES=path a checkout of hypernodes takes the place of the package.
bench-seed: system-packages
	[ -d .venv-seed-daft ] || python3 -m venv .venv-seed-daft
	[ -d .venv-seed-hypernodes ] || python3 -m venv .venv-seed-hypernodes
	.venv-seed-daft/bin/pip install --quiet -r Benchmarks/seed/requirements-daft.txt
	.venv-seed-hypernodes/bin/pip install --quiet -r Benchmarks/seed/requirements-hypernodes.txt
	$(SWIFT) build -c release --package-path Benchmarks
	python3 Benchmarks/seed/driver.py --swift '$(SWIFT)' \
	  --ours "$$($(SWIFT) build -c release --package-path Benchmarks --show-bin-path)/columnar-bench" \
	  --daft-python .venv-seed-daft/bin/python \
	  --hypernodes-python .venv-seed-hypernodes/bin/python \
	  $(if $(HYPERNODES),--hypernodes-checkout '$(HYPERNODES)')

# Write Benchmarks/README.md and its charts anew from the last results of `make bench-seed`.
bench-seed-report:
	python3 Benchmarks/seed/driver.py --report

# Check format, layers and the other rules that a compiler doesn't check.
lint:
	scripts/lint.sh

# Format all Swift code in place.
format:
	$(SWIFT) format --in-place --recursive --parallel $(LINTED)

# Fetch the sentence model and the glosses that `columnar-retrieval` runs on.
model:
	scripts/fetch-model.sh

# Run the concurrent tests under the thread sanitizer.
tsan: system-packages
	$(SWIFT) test --sanitize=thread --scratch-path .build-tsan --filter '$(TSAN_FILTER)'

# Run all tests while freed memory is overwritten, so that a read of it shows.
checks: system-packages
	$(SWIFT) test --scratch-path .build-checks -Xswiftc -DCOLUMNAR_INTERNAL_CHECKS

# Run all tests optimised: what the optimiser gets wrong in kernels and user closures shows there only.
test-release: system-packages
	$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-release

# Test what needs Arrow's own libraries: the trait LibArrow with those of pyarrow's wheel, ArrowGLib
# where it is there, and the exchange with pyarrow.
test-arrow: system-packages
	scripts/test-arrow.sh $(SWIFT) test $(FLAGS)

# Hand the file readers a million damaged inputs, or `make fuzz CASES=1000`; what ends one of them is
# in .build-fuzz/found.
fuzz: system-packages
	Fuzz/run.sh $(or $(CASES),1000000)

system-packages:
	@scripts/install-system-packages.sh
