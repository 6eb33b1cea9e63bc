"""Files read by Polars, DuckDB and pyarrow; the part of peers.py for the suite `io`.

A case is `io:FORMAT:PATH`; of format `write-CODEC` it is the table of that file, held by each engine
in its own memory, written to `PATH.ENGINE-CODEC`, which is left for its size to be seen. The check
of a result is the number of its rows plus the sums of its numbers, divided by the number of rows.
"""

import os

import duckdb
import polars as pl
import polars.selectors as cs
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.json
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
        self.codec = self.format.partition("write-")[2]
        self.table = None

    def prepare(self, engine):
        """What is not timed: an engine's own table, of those that are to be written."""
        if not self.codec:
            return
        if os.path.exists(self.output(engine)):
            os.remove(self.output(engine))
        if engine == "duckdb":
            self.connection.execute(
                f"CREATE TABLE IF NOT EXISTS t AS SELECT * FROM '{self.path}'")
        elif self.table is None or isinstance(self.table, pl.DataFrame) != (engine == "polars"):
            self.table = None
            read = pl.read_parquet if engine == "polars" else pq.read_table
            self.table = read(self.path)

    def output(self, engine):
        return f"{self.path}.{engine}-{self.codec}"

    def polars(self):
        if self.codec:
            return self.table.write_parquet(self.output("polars"), compression=self.codec)
        if self.format == "count":
            return pl.scan_parquet(self.path).select(pl.len()).collect()
        if self.format == "arrow-sum":
            # Left as they are, sums of 32 bits overflow.
            wide = cs.integer().cast(pl.Int64).sum()
            return pl.scan_ipc(self.path).select(wide, cs.float().sum()).collect()
        if self.format == "arrow-numbers":
            return pl.scan_ipc(self.path).select(cs.numeric()).collect()
        read = {
            "parquet": pl.read_parquet, "csv": pl.read_csv, "arrow": pl.read_ipc,
            "jsonl": pl.read_ndjson,
        }
        return read[self.format](self.path)

    def polars_streaming(self):
        scan = {
            "parquet": pl.scan_parquet, "csv": pl.scan_csv, "arrow": pl.scan_ipc,
            "jsonl": pl.scan_ndjson,
        }
        return scan[self.format](self.path).collect(engine="streaming")

    def duckdb(self):
        if self.codec:
            return self.connection.execute(
                f"COPY t TO '{self.output('duckdb')}' (FORMAT parquet, COMPRESSION {self.codec})")
        function = {
            "parquet": "read_parquet", "csv": "read_csv", "count": "read_parquet",
            "jsonl": "read_json",
        }
        what = "count(*)" if self.format == "count" else "*"
        return self.connection.sql(
            f"SELECT {what} FROM {function[self.format]}('{self.path}')").to_arrow_table()

    def duckdb_table(self):
        function = {"parquet": "read_parquet", "csv": "read_csv", "jsonl": "read_json"}
        self.connection.execute("DROP TABLE IF EXISTS r")
        self.connection.execute(
            f"CREATE TEMP TABLE r AS SELECT * FROM {function[self.format]}('{self.path}')")
        return self.connection

    def pyarrow(self):
        if self.codec:
            return pq.write_table(self.table, self.output("pyarrow"), compression=self.codec)
        if self.format == "jsonl":
            return pyarrow.json.read_json(self.path)
        if self.format == "arrow-numbers":
            table = pa.ipc.open_file(pa.memory_map(self.path)).read_all()
            return table.select([f.name for f in table.schema if pa.types.is_primitive(f.type)])
        if self.format == "parquet":
            return pq.read_table(self.path, use_threads=True)
        if self.format == "arrow":
            return pa.ipc.open_file(pa.memory_map(self.path)).read_all()
        return pyarrow.csv.read_csv(self.path)

    def check(self, result, engine):
        if self.codec:
            result = pl.read_parquet(self.output(engine))
        if isinstance(result, duckdb.DuckDBPyConnection):
            result = result.sql("SELECT * FROM r").to_arrow_table()
        frame = result if isinstance(result, pl.DataFrame) else pl.from_arrow(result)
        if self.format == "count":
            return float(frame[0, 0])
        if self.format == "arrow-sum":
            return float(sum(frame.row(0)))
        sums = frame.select(cs.numeric().cast(pl.Float64).sum()).row(0)
        return float(frame.height + sum(sums) / frame.height)
