"""Bar charts as SVG, light and dark, on a logarithmic axis of milliseconds."""

import html
import math

STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.note, .tick { fill: #57606a; font-size: 12px; }
.value { font-size: 11px; fill: #57606a; paint-order: stroke; stroke: #ffffff; stroke-width: 3; }
.back { fill: #ffffff; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.hypernodes { fill: #9a6700; }
.daft { fill: #8250df; }
.native { fill: #b48ef0; }
.ours { fill: #1a7f64; }
.expression { fill: #66c2a5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .note, .tick, .value { fill: #9198a1; }
  .value { stroke: #0d1117; }
  .back { fill: #0d1117; }
  .grid { stroke: #30363d; }
  .hypernodes { fill: #d29922; }
  .daft { fill: #a371f7; }
  .native { fill: #6e4fb0; }
  .ours { fill: #3fb68b; }
  .expression { fill: #23795b; }
}
"""

WIDTH, LEFT, RIGHT = 880, 300, 70
BAR, GAP = 11, 12


def label(value):
    if value >= 10_000:
        return f"{value / 1e3:.0f} s"
    if value >= 1_000:
        return f"{value / 1e3:.1f} s"
    return (
        f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms" if value >= 1 else f"{value:.2f} ms"
    )


def tick(value):
    return f"{value / 1e3:g} s" if value >= 1_000 else f"{value:g} ms"


def chart(title, note, series, groups):
    """An SVG.

    `series` are pairs of a style and its name; `groups` are pairs of a title and one value, or
    None, for each of the series.
    """
    values = [value for _, bars in groups for value in bars if value]
    low = 10 ** math.floor(math.log10(min(values)))
    high = 10 ** math.ceil(math.log10(max(values)))
    scale = (WIDTH - LEFT - RIGHT) / math.log10(high / low)
    top = 86
    heights = [max(1, sum(bar is not None for bar in bars)) * BAR for _, bars in groups]
    bottom = top + sum(heights) + GAP * len(groups)
    parts = []

    def x(value):
        return LEFT + math.log10(value / low) * scale

    power = low
    while power <= high * 1.001:
        at = f"{x(power):.1f}"
        parts.append(f'<line class="grid" x1="{at}" x2="{at}" y1="{top - 6}" y2="{bottom}"/>')
        parts.append(
            f'<text class="tick" x="{at}" y="{bottom + 18}" text-anchor="middle">{tick(power)}</text>'
        )
        power *= 10
    y = top
    for (name, bars), height in zip(groups, heights):
        middle = y + height / 2 + 4.5
        parts.append(
            f'<text x="{LEFT - 10}" y="{middle:.1f}" text-anchor="end">{html.escape(name)}</text>'
        )
        for (style, _), value in zip(series, bars):
            if value is None:
                continue
            width = max(2, x(value) - LEFT)
            parts.append(
                f'<rect class="{style}" x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR - 1}"/>'
            )
            parts.append(
                f'<text class="value" x="{LEFT + width + 5:.1f}" y="{y + BAR - 2}">{label(value)}</text>'
            )
            y += BAR
        y += GAP
    legend, at = [], LEFT
    for style, name in series:
        legend.append(f'<rect class="{style}" x="{at}" y="56" width="11" height="11"/>')
        legend.append(f'<text class="note" x="{at + 16}" y="66">{html.escape(name)}</text>')
        at += 36 + 6.6 * len(name)
    height = bottom + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">\n<title>{html.escape(title)}</title>\n'
        f'<style>{STYLE}</style>\n<rect class="back" width="{WIDTH}" height="{height}"/>\n'
        f'<text class="title" x="16" y="26">{html.escape(title)}</text>\n'
        f'<text class="note" x="16" y="45">{html.escape(note)}</text>\n'
        + "\n".join(legend + parts)
        + "\n</svg>\n"
    )


# What is much like its neighbours, and in the tables only.
LEFT_OUT = {"batch-512", "batch-2048", "concurrency-2", "concurrency-8", "hierarchy-engine"}


def write(result, rows, is_step, folder):
    """The charts of a result, into a folder."""
    folder.mkdir(exist_ok=True)
    records, columns = (
        [row for row in rows(result, boundary) if row.case.name not in LEFT_OUT]
        for boundary in ("records", "columns")
    )
    functions = ("row", "batch", "arrow")
    peers = [("hypernodes", "hypernodes"), ("daft", "Daft, best"), ("ours", "ours, row function")]

    def sides(row):
        return [row.best("hypernodes"), row.best("daft"), row.best("ours", ("row",))]

    drawn = {
        "records.svg": (
            "The guide's tests: lists in, records out",
            "median of warm runs; shorter is quicker; "
            "each step of the axis is ten times the one before",
            peers,
            [(row.case.title, sides(row)) for row in records if not is_step(row)],
        ),
        "columns.svg": (
            "The guide's tests: columns in, columns out",
            "median of warm runs; functions beside functions, expressions beside expressions",
            [
                ("daft", "Daft, best function"),
                ("native", "Daft, expression"),
                ("ours", "ours, row function"),
                ("expression", "ours, expression"),
            ],
            [
                (
                    row.case.title,
                    [
                        row.best("daft", functions),
                        row.best("daft", ("native",)),
                        row.best("ours", ("row",)),
                        row.best("ours", ("native",)),
                    ],
                )
                for row in columns
            ],
        ),
        "cumulative.svg": (
            "The guide's options, one added after the other",
            "5,000 texts, a model that takes 10 ms to make; lists in, records out",
            peers,
            [(row.case.title, sides(row)) for row in records if is_step(row)],
        ),
        "cold.svg": (
            "The first run of a process",
            "lists in, records out; programs, libraries and data " "are ready",
            peers,
            [(row.case.title, sides(row)) for row in rows(result, "records", "cold")],
        ),
    }
    for name, (title, note, series, groups) in drawn.items():
        if groups:
            (folder / name).write_text(chart(title, note, series, groups))
