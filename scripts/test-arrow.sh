#!/bin/bash
# Tests the providers of a system Arrow library, and the exchange with pyarrow in files and in memory.
#
# Arrow's C++ libraries are those of pyarrow's wheel, from PyPI, in a venv; arrow-glib is tested where
# pkg-config finds it. The build has a folder of its own, as it has other traits.
#
# usage: test-arrow.sh [--if-possible] SWIFT test [FLAG...]
#        with --if-possible it is no error that there is no Python, no venv or no PyPI
set -euo pipefail
cd "$(dirname "$0")/.."

if_possible=
if [ "${1:-}" = --if-possible ]; then
  if_possible=yes
  shift
fi
[ $# -gt 0 ] || { echo "usage: $0 [--if-possible] SWIFT test [FLAG...]" >&2; exit 2; }

# give_up WHY: ends with an error, or, where that is allowed, says what was not tested.
give_up() {
  if [ -n "$if_possible" ]; then
    echo "skipped: tests of the providers LibArrow and ArrowGLib, and beside pyarrow ($1)"
    exit 0
  fi
  echo "error: $1" >&2
  exit 1
}

scripts/check-glib.sh

venv=.venv-arrow
if ! "$venv/bin/python" -c 'import pyarrow' 2>/dev/null; then
  command -v python3 >/dev/null || give_up "no python3"
  rm -rf "$venv"
  python3 -m venv "$venv" >/dev/null 2>&1 || give_up "python3 makes no venv; install python3-venv"
  timeout 300 "$venv/bin/pip" install --quiet --disable-pip-version-check pyarrow ||
    give_up "pip installs no pyarrow: is PyPI within reach?"
fi
scripts/arrow-sdk.sh "$venv/bin/python" .build-arrow/sdk

traits=default,LibArrow
if pkg-config --exists parquet-glib arrow-glib; then
  traits=$traits,ArrowGLib
else
  echo "skipped: the provider ArrowGLib (libarrow-glib-dev and libparquet-glib-dev are not installed)"
fi

export PKG_CONFIG_PATH="$PWD/.build-arrow/sdk/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
export LD_LIBRARY_PATH="$PWD/.build-arrow/sdk/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export COLUMNAR_PYTHON="$PWD/$venv/bin/python"
"$@" --scratch-path .build-arrow --traits "$traits" \
  --filter 'SystemArrow|PyArrow|ArrowPeer|ArrowOdd|othersReadWhatIsWritten'
