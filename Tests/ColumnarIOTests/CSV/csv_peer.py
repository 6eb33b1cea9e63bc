"""CSV beside pyarrow and, where they are, Polars and DuckDB.

    python csv_peer.py make FOLDER     writes FOLDER/theirs-*.csv, and what is in them as values.arrow
    python csv_peer.py read FOLDER     compares FOLDER/ours-*.csv with values.arrow
"""
import random
import sys

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.ipc as ipc

PARTS = ["a", "é", "日本", '"', ",", ";", "\n", "\r\n", " ", "\t", "'", "\\", "x" * 20, "#", "0"]


def table():
    rng = random.Random(7)
    rows = 700
    text = ["".join(rng.choices(PARTS, k=rng.randint(1, 4))) for _ in range(rows)]
    # A row of nothing but white space would be told apart by no reader.
    return pa.table({
        "n": list(range(rows)),
        'text, é': pa.array(text),
        "nulls": pa.array([None if rng.random() < 0.3 else t + "." for t in text]),
        "d": [rng.choice([0.1, -1e300, 1.5, 1e-7, float(k)]) for k in range(rows)],
        "b": pa.array([rng.choice([True, False, None]) for _ in range(rows)]),
        "day": pa.array([rng.randint(-9000, 30000) for _ in range(rows)], pa.int32()).cast(
            pa.date32()),
    })


def make(folder):
    values = table()
    with ipc.new_file(f"{folder}/values.arrow", values.schema) as file:
        file.write_table(values)
    csv.write_csv(values, f"{folder}/theirs-pyarrow.csv")
    csv.write_csv(
        values, f"{folder}/theirs-pyarrow-all.csv", csv.WriteOptions(quoting_style="all_valid"))
    try:
        import polars

        frame = polars.from_arrow(values)
        # Its style "always" writes nulls as empty texts between quotes.
        for style in ["necessary", "non_numeric", "always"]:
            frame.write_csv(f"{folder}/theirs-polars-{style}.csv", quote_style=style)
        frame.write_csv(f"{folder}/theirs-polars-crlf.csv", line_terminator="\r\n")
    except ImportError:
        print("no polars")
    try:
        import duckdb

        connection = duckdb.connect()
        connection.register("input", values)
        connection.execute(f"copy input to '{folder}/theirs-duckdb.csv' (header)")
        connection.execute(
            f"copy input to '{folder}/theirs-duckdb-all.csv' (header, force_quote *)")
    except ImportError:
        print("no duckdb")


def same(name, found, values):
    found = found.select(values.column_names).cast(values.schema)
    for column in values.column_names:
        a, b = found[column].to_pylist(), values[column].to_pylist()
        if a != b:
            k = next(k for k in range(len(b)) if k >= len(a) or a[k] != b[k])
            sys.exit(f"{name}, {column}, row {k}: {a[k:k + 1]} for {b[k:k + 1]}")


def read(folder):
    values = ipc.open_file(f"{folder}/values.arrow").read_all()
    types = {field.name: field.type for field in values.schema}
    for name in ["plain", "quoted", "crlf"]:
        path = f"{folder}/ours-{name}.csv"
        # Without quotes around all text an empty one is a null; there is none here.
        found = csv.read_csv(
            path, parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False,
                null_values=[""]))
        same(f"pyarrow, {name}", found, values)
        try:
            import polars

            found = polars.read_csv(
                path, schema_overrides=dict(polars.from_arrow(values).schema)).to_arrow()
            same(f"polars, {name}", found, values)
        except ImportError:
            pass
        try:
            import duckdb

            found = duckdb.connect().execute(
                f"from read_csv('{path}', delim=',', quote='\"', escape='\"', header=true, "
                "types={'n': 'bigint', 'text, é': 'varchar', 'nulls': 'varchar', 'd': 'double', "
                "'b': 'boolean', 'day': 'date'}, parallel=false, strict_mode=false)").to_arrow_table()
            same(f"duckdb, {name}", found, values)
        except ImportError:
            pass
    print("same")


{"make": make, "read": read}[sys.argv[1]](sys.argv[2])
