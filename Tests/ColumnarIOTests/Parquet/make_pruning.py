"""Writes the files of the tests of what is left out, with pyarrow, DuckDB and Polars:
`make_pruning.py OUT`. Their values follow from the number of the row."""
import datetime
import os
import shutil
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def table(n):
    nan = float("nan")
    return pa.table({
        "number": pa.array(range(n)),
        "falling": pa.array([n - k for k in range(n)], pa.int32()),
        "mixed": pa.array([k * 7919 % n for k in range(n)], pa.uint16()),
        "real": pa.array([nan if k in (7, 120) else k / 2 for k in range(n)]),
        # Longer than bounds are kept, and alike at the start.
        "text": pa.array([f"{'x' * 70}{k:05d}" for k in range(n)]),
        "word": pa.array([["one", "two", "three"][k // 30 % 3] for k in range(n)]),
        "nulls": pa.array([None if 40 <= k < 100 else k for k in range(n)], pa.int16()),
        "date": pa.array(range(n), pa.int32()).cast(pa.date32()),
        "list": pa.array([None if k % 11 == 0 else list(range(k, k + k % 4)) for k in range(n)],
                         pa.list_(pa.int32())),
        "pair": pa.array([{"a": k, "b": [str(k)] * (k % 3)} for k in range(n)],
                         pa.struct([("a", pa.int64()), ("b", pa.list_(pa.string()))])),
    })


def bloom(n):
    """Columns of even numbers, so that what is asked for may lie between and yet be absent."""
    even = [2 * k for k in range(n)]
    return pa.table({
        "int64": pa.array(even), "int32": pa.array(even, pa.int32()),
        "int8": pa.array([k % 50 * 2 - 50 for k in range(n)], pa.int8()),
        "uint16": pa.array([65000 - k for k in even], pa.uint16()),
        "uint64": pa.array([2**64 - 2 - k for k in even], pa.uint64()),
        "float32": pa.array([k / 1 for k in even], pa.float32()),
        "float64": pa.array([-0.0] + [k / 1 for k in even[1:]]),
        "string": pa.array([f"text {k}" for k in even]),
        "long": pa.array([f"{k} " + "x" * (k % 60) for k in even]),
        "binary": pa.array([str(k).encode() for k in even], pa.binary()),
        "fixed": pa.array([b"%06d" % k for k in even], pa.binary(6)),
        "date": pa.array(even, pa.int32()).cast(pa.date32()),
        "time": pa.array(even, pa.int64()).cast(pa.timestamp("us")),
    })


def main():
    out = sys.argv[1]
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    for version in ["1", "2"]:
        pq.write_table(table(240), f"{out}/pages-v{version}.parquet", row_group_size=120,
                       max_rows_per_page=10, write_batch_size=10, write_page_index=True,
                       data_page_version=version + ".0", compression="none")
    data = bloom(200)
    pq.write_table(data, f"{out}/bloom.parquet", row_group_size=100, compression="none",
                   bloom_filter_options={name: {"ndv": 100, "fpp": 0.001}
                                         for name in data.column_names})
    db = duckdb.connect()
    db.execute("create table t as select (2 * k % 400)::bigint as number, 'text ' || (2 * k % 400) "
               "as string, (k // 100)::int as year from range(3000) r(k)")
    db.execute(f"copy (select number, string from t) to '{out}/bloom-duckdb.parquet' "
               "(format parquet)")
    db.execute(f"copy (select number % 3 as number, case year when 0 then 'a b/c' when 1 then null "
               f"else 'ü' end as place, year from t where year < 3 and number % 100 < 20) to "
               f"'{out}/hive' (format parquet, partition_by (year, place))")
    pl.DataFrame({"number": range(100), "name": [str(k) for k in range(100)],
                  "day": [datetime.date(2024, 1, 1 + k // 50) for k in range(100)]}).write_parquet(
        f"{out}/hive-polars", partition_by="day")
    pq.write_table(pa.table({
        "id": pa.array(range(5), pa.int32()), "x": pa.array([k / 4 for k in range(5)], pa.float32()),
        "only": ["a"] * 5, "none": pa.nulls(5)}), f"{out}/narrow.parquet")
    pq.write_table(pa.table({
        "none": pa.array(["n"] * 5), "x": pa.array([k / 3 for k in range(5)]),
        "id": pa.array(range(2**40, 2**40 + 5), pa.int64())}), f"{out}/wide.parquet")
    pq.write_table(pa.table({"id": ["text"]}), f"{out}/text.parquet")
    stamps = pa.array([0, None, 10**15], pa.int64())
    pq.write_table(pa.table({
        "berlin": stamps.cast(pa.timestamp("us", "Europe/Berlin")),
        "plain": stamps.cast(pa.timestamp("us")),
        "length": stamps.cast(pa.duration("us")),
        "lengths": pa.array([[1], None, [2, 3]], pa.list_(pa.duration("ns"))),
        "nested": pa.array([{"at": k} for k in [1, 2, 3]],
                           pa.struct([("at", pa.timestamp("ms", "America/New_York"))])),
        "view": pa.array(["a", "b", None], pa.string_view()),
        "large": pa.array(["a", "b", None], pa.large_string()),
        "coded": pa.array(["a", "b", None]).dictionary_encode(),
        "vector": pa.array([[1.0, 2.0], None, [3.0, 4.0]], pa.list_(pa.float32(), 2)),
    }), f"{out}/arrow-schema.parquet")


main()
