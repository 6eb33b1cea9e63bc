#!/bin/bash
# Checks the provider ArrowGLib without its libraries: that carrow_glib.c compiles, without a warning,
# against the documented signatures of what it calls (glib-signatures/). It runs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

compiler=$(command -v clang || command -v cc || true)
if [ -z "$compiler" ]; then
  echo "skipped: the check of the provider ArrowGLib (no C compiler)"
  exit 0
fi
"$compiler" -fsyntax-only -std=gnu11 -Wall -Wextra -Werror -Wno-unused-parameter \
  -DCOLUMNAR_ARROW_GLIB -I scripts/glib-signatures -I Sources/CArrowShim/include \
  Sources/CArrowShim/carrow_glib.c Sources/CArrowShim/carrow.c
echo "ArrowGLib's provider agrees with the documented signatures"
