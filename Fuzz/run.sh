#!/bin/bash
# Builds the fuzz target and runs it over all readers: `Fuzz/run.sh CASES [TARGET...]`.
#
# What it finds lies in .build-fuzz/found; each reader's inputs are kept in .build-fuzz/corpus and
# used again. An input that ends a reader becomes, once that is mended, a file in
# Tests/ColumnarIOTests/Fuzzed/TARGET, which the tests read and the next runs start from.
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${1:?how many cases}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(parquet page arrow arrows csv jsonl)
folder=.build-fuzz
shared=../shared

# With FUZZ_PROGRAM a program that is built already takes the place of a new one.
export COLUMNAR_FUZZ=1
[ -n "${FUZZ_PROGRAM:-}" ] || ${SWIFT:-swift} build -c release --product columnar-fuzz --scratch-path $folder \
  --sanitize address -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library \
  -Xswiftc -DCOLUMNAR_EXACT_MEMORY
program=${FUZZ_PROGRAM:-$folder/release/columnar-fuzz}

# No input is longer, by reader; a longer seed would be cut, and a Parquet file without its end is
# none.
declare -A longest=([parquet]=65536 [page]=4096 [arrow]=65536 [arrows]=65536 [csv]=4096 [jsonl]=4096)

# seed TARGET PATH...: the files that a reader starts from, so far as they are there.
seed() {
  local target=$1 path
  shift
  for path in "$@"; do
    [ -f "$path" ] || continue
    [ "$(stat -c %s "$path")" -le "${longest[$target]}" ] || continue
    cp -n "$path" "$folder/seeds/$target/$(basename "$(dirname "$path")")-$(basename "$path")"
  done
}

for target in parquet page arrow arrows csv jsonl; do
  mkdir -p "$folder/seeds/$target" "$folder/corpus/$target" "$folder/found"
  seed $target Fuzz/seeds/$target/* Tests/ColumnarIOTests/Fuzzed/$target/*
done
seed parquet Tests/ColumnarIOTests/Parquet/Golden/*/*.parquet \
  $shared/parquet-testing/{data,bad_data}/*.parquet
seed arrow Fuzz/seeds/arrows/* $shared/arrow-testing/*/*.{arrow_file,stream}
seed arrows $shared/arrow-testing/*/*.stream $shared/arrow-testing/fuzz-stream/*
seed csv $shared/parquet-testing/data/*.csv Tests/ColumnarIOTests/CSV/Golden/cases.txt

# Of a hundred cases; some readers take twenty times as long as others.
declare -A share=([parquet]=15 [page]=30 [arrow]=20 [arrows]=20 [csv]=5 [jsonl]=10)
shares=0
for target in "${targets[@]}"; do shares=$((shares + share[$target])); done

for target in "${targets[@]}"; do
  each=$(((cases * share[$target] + shares - 1) / shares))
  echo "fuzzing $target: $each cases"
  log=$folder/$target.log
  # The seed makes a run on the same inputs the same; leaks are Swift's own at exit.
  if ! COLUMNAR_FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=0 \
    "$program" -runs=$each -seed="${FUZZ_SEED:-1}" -max_len="${longest[$target]}" -len_control=50 \
    -timeout=20 -rss_limit_mb=2560 -malloc_limit_mb=1100 -print_final_stats=1 \
    -artifact_prefix="$folder/found/$target-" \
    "$folder/corpus/$target" "$folder/seeds/$target" >"$log" 2>&1; then
    tail -60 "$log" >&2
    echo "error: the reader of $target failed; the input is in $folder/found. Once more with:" >&2
    echo "  COLUMNAR_FUZZ_TARGET=$target $program $folder/found/NAME" >&2
    exit 1
  fi
  grep -E 'cov: ' "$log" | tail -1
  grep -E 'stat::(number_of|average_exec|peak_rss)' "$log"
done
