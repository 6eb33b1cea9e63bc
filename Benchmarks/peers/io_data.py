"""Makes the files of the suite `io`: `io_data.py FOLDER ROWS`.

h2o.*: the group-by table of h2oai's db-benchmark (the distributions of its R script, NumPy's
generator), as Parquet (snappy, row groups of a million rows), CSV, and Arrow with strings behind
offsets and as views. lineitem.parquet: that of TPC-H, as tpchgen-cli makes it, with floats in place
of decimals. one-*.parquet: one column each, for one decoder each.
h2o.jsonl: its first tenth as JSON Lines.
checks.json, written last, has a number for every column: the sum, modulo 2^64, over its rows of
(row % 97 + 1) * bits, where bits are an integer, a float's bits, or the sum of a text's bytes; and
for all columns of numbers together what io_peers.py answers.
"""

import json
import os
import subprocess
import sys
import sysconfig

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

FOLDER, ROWS = sys.argv[1], int(sys.argv[2])
GROUPS = 100


def path(name):
    return os.path.join(FOLDER, name)


def bits(array):
    """The numbers that a column is told by."""
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        sums = []
        for chunk in array.chunks:
            chunk = chunk.cast(pa.large_string())
            ends = np.frombuffer(chunk.buffers()[1], dtype=np.int64)
            ends = ends[chunk.offset : chunk.offset + len(chunk) + 1]
            data = np.frombuffer(chunk.buffers()[2], dtype=np.uint8)
            total = np.concatenate([[0], np.cumsum(data, dtype=np.uint64)])
            sums.append(np.diff(total[ends]))
        return np.concatenate(sums).astype(np.uint64)
    if pa.types.is_floating(array.type):
        return array.to_numpy().astype(np.float64).view(np.uint64)
    if pa.types.is_date(array.type):
        array = array.cast(pa.int32())
    return array.to_numpy().astype(np.int64).view(np.uint64)


def check(table):
    weights = np.arange(table.num_rows, dtype=np.uint64) % np.uint64(97) + np.uint64(1)
    columns = {
        name: str(int((bits(table[name]) * weights).sum(dtype=np.uint64)))
        for name in table.column_names
    }
    numbers = [c for c in table.columns if pa.types.is_primitive(c.type)]
    numbers = [c for c in numbers if not pa.types.is_temporal(c.type)]
    total = sum(float(pc.sum(column.cast(pa.float64())).as_py()) for column in numbers)
    rows = table.num_rows
    return {"rows": str(rows), "sum": repr(rows + total / rows), **columns}


def h2o():
    random = np.random.default_rng(108)

    def integers(most):
        return random.integers(1, most + 1, ROWS, dtype=np.int32)

    def texts(values, index):
        return pa.array(values).take(pa.array(index))

    many = ROWS // GROUPS
    small = [f"id{k:03d}" for k in range(1, GROUPS + 1)]
    big = [f"id{k:010d}" for k in range(1, many + 1)]
    return pa.table(
        {
            "id1": texts(small, integers(GROUPS) - 1),
            "id2": texts(small, integers(GROUPS) - 1),
            "id3": texts(big, integers(many) - 1),
            "id4": integers(GROUPS),
            "id5": integers(GROUPS),
            "id6": integers(many),
            "v1": integers(5),
            "v2": integers(15),
            "v3": np.round(random.uniform(0, 100, ROWS), 6),
        }
    )


def write_h2o(table):
    pq.write_table(table, path("h2o.parquet"), compression="snappy", row_group_size=1_000_000)
    pyarrow.csv.write_csv(
        table, path("h2o.csv"), pyarrow.csv.WriteOptions(quoting_style="none"))
    views = table.cast(
        pa.schema([
            pa.field(f.name, pa.string_view() if pa.types.is_string(f.type) else f.type)
            for f in table.schema
        ]))
    for name, written in (("h2o.arrow", table), ("h2o-views.arrow", views)):
        with pa.ipc.new_file(path(name), written.schema) as file:
            file.write_table(written, max_chunksize=1_000_000)


def lineitem():
    tool = os.path.join(sysconfig.get_path("scripts"), "tpchgen-cli")
    scale = ROWS / 10_000_000
    subprocess.run(
        [tool, "parquet", "-s", f"{scale:g}", "--tables", "lineitem", "--output-dir", FOLDER],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    source = pq.ParquetFile(path("lineitem.parquet"))

    def mended(kind):
        if pa.types.is_string_view(kind):
            return pa.string()
        return pa.float64() if pa.types.is_decimal(kind) else kind

    schema = pa.schema(
        [pa.field(f.name, mended(f.type), nullable=False) for f in source.schema_arrow])
    groups = [source.read_row_group(k).cast(schema) for k in range(source.num_row_groups)]
    with pq.ParquetWriter(
        path("lineitem-f64.parquet"), schema, compression="snappy", store_schema=False
    ) as file:
        for group in groups:
            file.write_table(group, row_group_size=1 << 20)
    return pa.concat_tables(groups)


def write_single():
    """Values for one decoder each, not packed."""
    random = np.random.default_rng(7)
    tables = {
        "one-dictionary": (
            {"x": random.integers(0, 1000, ROWS, dtype=np.int64) * 1_000_003}, {}),
        "one-delta": (
            {"x": np.cumsum(random.integers(0, 1000, ROWS, dtype=np.int64))},
            {"use_dictionary": False, "column_encoding": "DELTA_BINARY_PACKED"}),
        "one-plain": (
            {"x": random.integers(0, 1 << 40, ROWS, dtype=np.int64)}, {"use_dictionary": False}),
    }
    checks = {}
    for name, (columns, options) in tables.items():
        table = pa.table(columns)
        pq.write_table(
            table, path(f"{name}.parquet"), compression="none", row_group_size=1_000_000, **options)
        checks[name] = check(table)
    return checks


def write_lines(table):
    """A tenth of the rows, a JSON object each."""
    part = table.slice(0, ROWS // 10)
    pl.from_arrow(part).write_ndjson(path("h2o.jsonl"))
    return check(part)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    pa.set_cpu_count(2)
    table = h2o()
    write_h2o(table)
    checks = {
        "h2o": check(table), "h2o-lines": write_lines(table), "lineitem": check(lineitem()),
        **write_single(),
    }
    with open(path("checks.json.new"), "w") as file:
        json.dump(checks, file, indent=1)
    os.rename(path("checks.json.new"), path("checks.json"))


if __name__ == "__main__":
    main()
