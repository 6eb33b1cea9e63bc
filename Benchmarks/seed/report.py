"""Tables, the page and the charts of what driver.py measured."""

import cases
import charts

META = {case.name: case for case in cases.CASES}
HEAD = [
    "test",
    "guide",
    "hypernodes",
    "Daft row",
    "Daft batch",
    "Daft arrow",
    "Daft native",
    "ours row",
    "ours batch",
    "ours native",
    "x hypernodes",
    "x best Daft",
    "row x Daft's best",
]
SIDES = [
    ("hypernodes", "row"),
    ("daft", "row"),
    ("daft", "batch"),
    ("daft", "arrow"),
    ("daft", "native"),
    ("ours", "row"),
    ("ours", "batch"),
    ("ours", "native"),
]


class Row:
    """What one case took at one boundary."""

    def __init__(self, entry, boundary, temperature="warm", figure="median"):
        self.case = META[entry["case"]]
        self.times = {
            (line["side"], line["variant"]): line[figure]
            for line in entry["lines"]
            if line["boundary"] == boundary and line["temperature"] == temperature
        }

    def best(self, side, variants=None):
        times = [
            time
            for (name, variant), time in self.times.items()
            if name == side and (variants is None or variant in variants)
        ]
        return min(times, default=None)

    @property
    def to_hypernodes(self):
        """hypernodes over our row function: the same closure, the same pipeline."""
        return ratio(self.times.get(("hypernodes", "row")), self.times.get(("ours", "row")))

    @property
    def to_best(self):
        """Daft's best over our best."""
        return ratio(self.best("daft"), self.best("ours"))

    @property
    def row_to_best(self):
        """Daft's best, whatever it is, over our row function."""
        return ratio(self.best("daft"), self.times.get(("ours", "row")))

    def cells(self):
        guide = self.case.published
        return (
            [self.case.title, milliseconds(guide)]
            + [milliseconds(self.times.get(side)) for side in SIDES]
            + [times(self.to_hypernodes), times(self.to_best), times(self.row_to_best)]
        )


def ratio(theirs, ours):
    return theirs / ours if theirs and ours else None


def milliseconds(value):
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"


def times(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def rows(result, boundary, temperature="warm", figure="median"):
    made = [Row(entry, boundary, temperature, figure) for entry in result["cases"]]
    return [row for row in made if row.times]


def is_step(row):
    return row.case.name.startswith("cumulative")


def plain(table):
    """A table for the terminal."""
    widths = [max(len(line[k]) for line in table) for k in range(len(table[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in table
    )


def markdown(table):
    """The same for a page; columns without any figure are left out."""
    kept = [k for k in range(len(table[0])) if k == 0 or any(line[k] for line in table[1:])]
    lines = [[line[k] for k in kept] for line in table]
    rule = ["---"] + ["--:"] * (len(kept) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], rule] + lines[1:])


def table(chosen):
    return [HEAD] + [row.cells() for row in chosen]


TITLES = {
    "records": "lists in, records out",
    "columns": "columns in, columns out",
}


def text(result):
    """The printed tables: medians in milliseconds."""
    parts = [heading(result)]
    for boundary, title in TITLES.items():
        chosen = rows(result, boundary)
        if chosen:
            parts.append(f"{title}, warm, ms\n{plain(table(chosen))}")
    chosen = rows(result, "records", "cold")
    if chosen:
        first = plain(cold_table(result))
        parts.append(f"{TITLES['records']}, first run of a process, ms\n{first}")
    missed = shortfalls(result)
    parts.append("Short of the aim:\n" + "\n".join(missed) if missed else "Every aim is met.")
    return "\n\n".join(parts) + "\n"


def shortfalls(result):
    """The rows that are not ahead of the best of Daft, or not 20 times ahead of hypernodes."""
    found = []
    for boundary, title in TITLES.items():
        for row in rows(result, boundary):
            aims = []
            if row.to_best is not None and row.to_best < 1:
                aims.append(f"{times(row.to_best)}x Daft's best")
            if row.to_hypernodes is not None and row.to_hypernodes < 20:
                aims.append(f"{times(row.to_hypernodes)}x hypernodes, not 20")
            if aims:
                what = f"{row.case.title} ({title}): {' and '.join(aims)}"
                found.append(f"- {what}{': ' + row.case.why if row.case.why else ''}{net(row)}.")
    return found


def net(row):
    """What a ratio is without the sleep that nobody is spared."""
    floor = row.case.floor
    theirs, ours = row.times.get(("hypernodes", "row")), row.times.get(("ours", "row"))
    if not floor or not theirs or not ours or ours <= floor:
        return ""
    above, net_of = milliseconds(ours - floor), times((theirs - floor) / (ours - floor))
    return f"; above the {floor:.0f} ms of sleep we take {above} ms, {net_of}x less than hypernodes"


def heading(result):
    daft, hypernodes = result["daft"], result["hypernodes"]
    return (
        f"{result['machine']}; {result['date']}, {result['version']}\n"
        f"{result['swift']}; Python {daft.get('python')}; Daft {daft.get('daft')} with pyarrow "
        f"{daft.get('pyarrow')}; hypernodes {hypernodes.get('hypernodes')} on Daft "
        f"{hypernodes.get('daft')}; load before the start {result['load']}"
    )


def cold_table(result):
    """First runs beside warm ones, and with the start of the process."""
    head = ["test"]
    for name in ("hypernodes", "Daft, best", "ours, row"):
        head += [f"{name}: first run", "warm", "with the start"]
    lines = [head]
    warm = {row.case.name: row for row in rows(result, "records")}
    whole = {row.case.name: row for row in rows(result, "records", "cold", "whole")}
    for row in rows(result, "records", "cold"):
        cells = [row.case.title]
        for side in ("hypernodes", "daft", "ours"):
            only = ("row",) if side == "ours" else None
            for source in (row, warm[row.case.name], whole[row.case.name]):
                cells.append(milliseconds(source.best(side, only)))
        lines.append(cells)
    return lines


# The guide's factors: what it says, and the cases before and after.
FACTORS = [
    ("state in place of a constructor (10 ms) per row", "58x", "stateless", "stateful"),
    ("default batches in place of one row at a time", "8x", "batch-udf-1", "batch-udf"),
    ("batch size 4,096 in place of 128", "1.8x", "batch-128", "batch-4096"),
    ("concurrency 4 in place of 1", "1.06x", "concurrency-1", "concurrency-4"),
    ("worker processes in place of threads", "1.03x", "process-off", "process-on"),
]


def factors(result):
    """What each of the guide's options brings; Daft by its best function."""
    by_name = {row.case.name: row for row in rows(result, "records")}
    lines = [["option", "guide", "hypernodes", "Daft", "ours"]]
    for title, guide, before, after in FACTORS:
        if before not in by_name or after not in by_name:
            continue
        cells = [title, guide]
        for side in ("hypernodes", "daft", "ours"):
            variants = ("row",) if side == "ours" else ("row", "batch")
            factor = ratio(
                by_name[before].best(side, variants), by_name[after].best(side, variants)
            )
            cells.append(f"{times(factor)}x" if factor else "")
        lines.append(cells)
    return lines


def write(result, folder):
    """README.md and the charts beside it."""
    charts.write(result, rows, is_step, folder / "charts")
    usual = [row for row in rows(result, "records") if not is_step(row)]
    steps = [row for row in rows(result, "records") if is_step(row)]
    parts = {
        "heading": heading(result).replace("\n", "  \n"),
        "records": markdown(table(usual)),
        "columns": markdown(table(rows(result, "columns"))),
        "cumulative": markdown(table(steps)),
        "factors": markdown(factors(result)),
        "cold": markdown(cold_table(result)),
        "shortfalls": "\n".join(shortfalls(result)) or "Every aim is met.",
        "slower_rows": slower_rows(result),
        "minutes": f"{result.get('seconds', 0) / 60:.0f}",
    }
    page = (folder / "seed" / "page.md").read_text()
    for name, part in parts.items():
        page = page.replace("{{" + name + "}}", part)
    (folder / "README.md").write_text(page)


def slower_rows(result):
    """Where our row function is behind what is best on Daft, though our best is not."""
    found = []
    for boundary, title in TITLES.items():
        for row in rows(result, boundary):
            if row.row_to_best and row.row_to_best < 1 <= (row.to_best or 0):
                found.append(
                    f"- {row.case.title} ({title}): our row function "
                    f"{milliseconds(row.times['ours', 'row'])} ms, Daft's best "
                    f"{milliseconds(row.best('daft'))} ms, our best "
                    f"{milliseconds(row.best('ours'))} ms."
                )
    return "\n".join(found) or "- Nowhere."
