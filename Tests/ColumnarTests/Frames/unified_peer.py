"""Joins the Parquet files of FOLDER/K/ by pyarrow's permissive promotion into FOLDER/K.arrow.

    python unified_peer.py FOLDER COUNT
"""
import glob
import sys

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

folder, count = sys.argv[1], int(sys.argv[2])
for k in range(count):
    tables = [pq.read_table(path, partitioning=None) for path in sorted(glob.glob(f"{folder}/{k}/*.parquet"))]
    table = pa.concat_tables(tables, promote_options="permissive")
    with ipc.new_file(f"{folder}/{k}.arrow", table.schema) as writer:
        writer.write_table(table)
print("done")
