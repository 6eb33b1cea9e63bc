#!/usr/bin/env python3
"""Writes the overload sets of fixed arity for user-defined functions.

Parameter packs are not used in their place, because they run at less than half the speed (measured). The output is
committed; run this script again after changing it or `overloads/`:  python3 scripts/generate-overloads.py
"""

from overloads import functions, kinds, node_outputs, nodes, results
from overloads.common import write

if __name__ == "__main__":
  parts = (functions, results, kinds, nodes, node_outputs)
  write({path: text for part in parts for path, text in part.files().items()})
