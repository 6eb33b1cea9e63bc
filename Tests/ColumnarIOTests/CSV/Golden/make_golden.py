#!/usr/bin/env python3
"""Makes cases.txt: texts and what Python's csv module reads from them, for CSVGoldenTests.

Each case is two lines: the text, and the rows, both as JSON (the dialect is the default one). Only texts that both
readers understand alike are written: no text behind a closing quote (an error here, appended there), no line that ends
in a carriage return alone (data here, a line end there), no quote left open.
"""
import csv
import io
import json
import random

PIECES = [
    "", "a", "bc", "5\" pipe", "it's", "\u00e9\u4e2d\U0001f600", "x y", " lead", "trail ", "\t", "#", "-1", "1e5",
    '""', '"q"', '"a,b"', '"a\nb"', '"a\r\nb"', '"say ""hi"""', '""""', '""""""', '","', '"\n"', '" "',
    "a rather long field without any quote", '"a rather long field, with a ""quote"" and\na line end"',
]


def make(rng):
    width = rng.randint(1, 6)
    ends = rng.choice(["\n", "\r\n"])
    rows = [[f"c{k}" for k in range(width)]]
    rows += [[rng.choice(PIECES) for _ in range(width)] for _ in range(rng.randint(0, 12))]
    text = ends.join(",".join(row) for row in rows)
    return text + (ends if rng.random() < 0.7 else "")


def main():
    rng = random.Random(20260101)
    lines = []
    for _ in range(300):
        text = make(rng)
        rows = list(csv.reader(io.StringIO(text, newline="")))
        width = len(rows[0])
        # Python gives [] for an empty line: in files of one column that is an empty field here.
        rows = [row if row else [""] for row in rows if row or width == 1]
        lines.append(json.dumps(text, ensure_ascii=True))
        lines.append(json.dumps(rows, ensure_ascii=True))
    with open("cases.txt", "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
