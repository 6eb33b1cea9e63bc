"""Writes FOLDER/K.arrow as Parquet with pyarrow, Polars and DuckDB, with many small parts.

    python pruning_peer.py FOLDER COUNT
"""
import sys

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq


def write(folder, k):
    table = ipc.open_file(f"{folder}/{k}.arrow").read_all()
    stem = f"{folder}/{k}"
    for version in ["1.0", "2.0"]:
        pq.write_table(
            table, f"{stem}-pyarrow-{version}.parquet", row_group_size=400, data_page_size=200,
            write_batch_size=32, write_page_index=True, data_page_version=version,
            use_dictionary=version == "1.0")
    # Durations are not for all.
    plain = table.select([
        field.name for field in table.schema if not pa.types.is_duration(field.type)])
    try:
        import polars

        polars.from_arrow(plain).write_parquet(
            f"{stem}-polars.parquet", row_group_size=500, data_page_size=500, statistics="full")
    except ImportError:
        print("no polars")
    try:
        import duckdb

        connection = duckdb.connect()
        connection.execute("set preserve_insertion_order = true")
        connection.register("input", plain)
        connection.execute(
            f"copy input to '{stem}-duckdb.parquet' (format parquet, row_group_size 2048)")
    except ImportError:
        print("no duckdb")


for k in range(int(sys.argv[2])):
    write(sys.argv[1], k)
