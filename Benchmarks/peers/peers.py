"""Polars and DuckDB on the data of the benchmarks, in memory, on a fixed number of threads.

Started by `columnar-bench --peers PYTHON` as `peers.py THREADS`. Reads lines `ENGINE CASE`, runs
that once, and answers `MILLISECONDS CHECK`, where the check is the number that Columnar's result
must give too; or `error TEXT`. The data is made by the same generator as in Generated.swift;
cases that begin with `io:` are those of io_peers.py, which read files.
"""

import os
import sys
import time

THREADS = int(sys.argv[1])
os.environ["POLARS_MAX_THREADS"] = str(THREADS)
os.environ["POLARS_ALLOW_FORKING_THREAD"] = "1"

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

from io_peers import Files  # noqa: E402

ROWS = 10_000_000


def bits(seed, count=ROWS):
    """Splitmix64, as Generated.bits."""
    z = np.arange(1, count + 1, dtype=np.uint64)
    z *= np.uint64(0x9E3779B97F4A7C15)
    z += np.uint64(seed)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def halves(seed):
    return ((bits(seed) % np.uint64(2001)).astype(np.int64) - 1000) / 2


def keys(groups):
    return (bits(11) % np.uint64(groups)).astype(np.int32)


def numeric():
    return {"t": {"a": (bits(1) % np.uint64(2001)).astype(np.int64) - 1000, "b": halves(2)}}


def build_side():
    k = np.arange(1_000_000, dtype=np.int64) * 7919 % 1_000_000
    return {"k": k, "x": (k % 1000) / 2}


def grouped_check(frame):
    return float((frame["v"] * (frame["k"] % 97)).sum())


# The tables of a case, its Polars query, its SQL, and the check of a result.
CASES = {
    "numeric": (
        numeric,
        lambda t: t.select(
            pl.when(pl.col("a") > 0)
            .then(pl.col("a") * pl.col("b") + 1.5)
            .otherwise(pl.col("b") - pl.col("a"))
            .alias("r")
        ),
        "SELECT CASE WHEN a > 0 THEN a * b + 1.5 ELSE b - a END AS r FROM t",
        lambda frame: float(frame["r"].sum()),
    ),
    "sort": (
        lambda: {"t": {"x": bits(21).astype(np.int64)}},
        lambda t: t.sort("x"),
        "SELECT x FROM t ORDER BY x",
        lambda frame: float(int(np.fmod(frame["x"][ROWS // 2], 1_000_003))),
    ),
    "filter": (
        lambda: {"t": {"x": halves(31)}},
        lambda t: t.filter(pl.col("x") > 0.0),
        "SELECT x FROM t WHERE x > 0",
        lambda frame: float(frame["x"].sum()),
    ),
    "multiply-add": (
        lambda: {"t": {"a": halves(41), "b": halves(42), "c": halves(43)}},
        lambda t: t.select((pl.col("a") * pl.col("b") + pl.col("c")).alias("r")),
        "SELECT a * b + c AS r FROM t",
        lambda frame: float(frame["r"].sum()),
    ),
    "sum": (
        lambda: {"t": {"x": halves(31)}},
        lambda t: t.select(pl.col("x").sum()),
        "SELECT sum(x) AS x FROM t",
        lambda frame: float(frame["x"][0]),
    ),
    "join": (
        lambda: {
            "t": {"k": (bits(51) % np.uint64(1_000_000)).astype(np.int64)},
            "u": build_side(),
        },
        lambda t, u: t.join(u, on="k"),
        "SELECT t.k, x FROM t JOIN u ON t.k = u.k",
        lambda frame: float(frame["x"].sum()),
    ),
}
for label, groups in [("100", 100), ("1M", 1_000_000)]:
    CASES[f"group-by-{label}"] = (
        lambda groups=groups: {"t": {"k": keys(groups), "v": halves(12)}},
        lambda t: t.group_by("k").agg(pl.col("v").sum()),
        "SELECT k, sum(v) AS v FROM t GROUP BY k",
        grouped_check,
    )


class Loaded:
    """The tables of one case in both engines."""

    def __init__(self, case):
        self.case = case
        self.frames = {n: pl.DataFrame(columns) for n, columns in CASES[case][0]().items()}
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {THREADS}")
        self.connection.execute("SET preserve_insertion_order = true")
        for name, frame in self.frames.items():
            data = frame.to_arrow()  # noqa: F841: DuckDB finds it by its name
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM data")

    def polars(self):
        return CASES[self.case][1](*[frame.lazy() for frame in self.frames.values()]).collect()

    def duckdb(self):
        return self.connection.sql(CASES[self.case][2]).to_arrow_table()

    def prepare(self, engine):
        pass

    def check(self, result, engine):
        frame = result if isinstance(result, pl.DataFrame) else pl.from_arrow(result)
        return CASES[self.case][3](frame)


def main():
    loaded = None
    for line in sys.stdin:
        try:
            engine, case = line.rstrip("\n").split(" ", 1)
            if loaded is None or loaded.case != case:
                loaded = None
                loaded = Files(case, THREADS) if case.startswith("io:") else Loaded(case)
            loaded.prepare(engine)
            start = time.perf_counter()
            result = getattr(loaded, engine)()
            elapsed = time.perf_counter() - start
            print(f"{elapsed * 1e3:.4f} {loaded.check(result, engine)!r}", flush=True)
            del result
        except Exception as error:  # the harness says which case failed, and ends
            print(f"error {type(error).__name__}: {error}".replace("\n", " "), flush=True)


main()
