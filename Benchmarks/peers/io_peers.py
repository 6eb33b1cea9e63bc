"""Files read by Polars, DuckDB and pyarrow; the part of peers.py for the suite `io`.

A case is `io:FORMAT:PATH`. The check of a result is the number of its rows plus the sums of its
numbers, divided by the number of rows.
"""

import duckdb
import polars as pl
import polars.selectors as cs
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet as pq


class Files:
    """One file, read anew in each run."""

    def __init__(self, case, threads):
        self.case = case
        _, self.format, self.path = case.split(":", 2)
        pa.set_cpu_count(threads)
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {threads}")
        self.connection.execute("SET enable_progress_bar = false")
        # What makes DuckDB fastest; ours keeps the order.
        self.connection.execute("SET preserve_insertion_order = false")

    def polars(self):
        if self.format == "count":
            return pl.scan_parquet(self.path).select(pl.len()).collect()
        read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "arrow": pl.read_ipc}
        return read[self.format](self.path)

    def polars_streaming(self):
        scan = {"parquet": pl.scan_parquet, "csv": pl.scan_csv, "arrow": pl.scan_ipc}
        return scan[self.format](self.path).collect(engine="streaming")

    def duckdb(self):
        function = {"parquet": "read_parquet", "csv": "read_csv", "count": "read_parquet"}
        what = "count(*)" if self.format == "count" else "*"
        return self.connection.sql(
            f"SELECT {what} FROM {function[self.format]}('{self.path}')").to_arrow_table()

    def duckdb_table(self):
        function = {"parquet": "read_parquet", "csv": "read_csv"}
        self.connection.execute("DROP TABLE IF EXISTS r")
        self.connection.execute(
            f"CREATE TEMP TABLE r AS SELECT * FROM {function[self.format]}('{self.path}')")
        return self.connection

    def pyarrow(self):
        if self.format == "parquet":
            return pq.read_table(self.path, use_threads=True)
        if self.format == "arrow":
            return pa.ipc.open_file(pa.memory_map(self.path)).read_all()
        return pyarrow.csv.read_csv(self.path)

    def check(self, result):
        if isinstance(result, duckdb.DuckDBPyConnection):
            result = result.sql("SELECT * FROM r").to_arrow_table()
        frame = result if isinstance(result, pl.DataFrame) else pl.from_arrow(result)
        if self.format == "count":
            return float(frame[0, 0])
        sums = frame.select(cs.numeric().cast(pl.Float64).sum()).row(0)
        return float(frame.height + sum(sums) / frame.height)
