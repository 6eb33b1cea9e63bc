"""The other side of ParquetPeerTests: `make FILE` writes a table with pyarrow as Arrow data, `check
FILE OURS...` compares what we made of it with pyarrow, and with DuckDB and Polars where they are."""
import decimal
import math
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

decimal.getcontext().prec = 60


def nullable(values, step=5, start=2):
    return [None if k % step == start else v for k, v in enumerate(values)]


def table(n=1000):
    text = ["", "a", "twelve bytes", "thirteen byte", "ü€𝄞 and more than twelve bytes", "x" * 300]
    texts = [text[k % len(text)] + (str(k) if k % 7 == 0 else "") for k in range(n)]
    numbers = list(range(-500, n - 500))
    columns = {"number": pa.array(range(n), pa.int32()), "null": pa.nulls(n)}
    columns["bool"] = pa.array(nullable([k % 3 == 0 for k in range(n)]))
    for name in ["int8", "int16", "int32", "int64"]:
        columns[name] = pa.array(nullable([k % 200 - 100 for k in range(n)]), name)
    for name in ["uint8", "uint16", "uint32", "uint64"]:
        bits = int(name[4:])
        columns[name] = pa.array(nullable([2**bits - 1 - k % 99 for k in range(n)]), name)
    for name in ["float32", "float64"]:
        columns[name] = pa.array(nullable([k / 4 - 9 for k in range(n)]), name)
    # Of few digits, of as many as an integer has, of more, and of all that there can be.
    for digits, scale in [(9, 2), (18, 4), (19, 0), (24, 6), (38, 10)]:
        step = 10**digits // n
        columns[f"decimal{digits}"] = pa.array(
            nullable([decimal.Decimal((k - n // 2) * step + k).scaleb(-scale) for k in range(n)]),
            pa.decimal128(digits, scale))
    columns["random"] = pa.array([math.sin(k) for k in range(n)])
    columns["text"] = pa.array(nullable(texts), pa.utf8())
    columns["long"] = pa.array(["é" * 200 + str(k) for k in range(n)])
    columns["binary"] = pa.array(nullable([t.encode() + b"\xff\x00" for t in texts]), pa.binary())
    columns["date"] = pa.array(nullable(numbers), pa.int32()).cast(pa.date32())
    for unit in ["s", "ms", "us", "ns"]:
        columns["timestamp_" + unit] = pa.array(nullable(numbers), pa.int64()).cast(
            pa.timestamp(unit))
        columns["duration_" + unit] = pa.array(nullable(numbers), pa.int64()).cast(
            pa.duration(unit))
    columns["zoned"] = pa.array(numbers, pa.int64()).cast(pa.timestamp("us", "Europe/Berlin"))
    lists = nullable([[v for v in range(k % 5)] + [None] * (k % 2) for k in range(n)])
    columns["list"] = pa.array(lists, pa.list_(pa.int16()))
    deep = nullable([[None, [], [texts[k], None]][: k % 4] for k in range(n)])
    columns["deep"] = pa.array(deep, pa.list_(pa.list_(pa.utf8())))
    columns["fixed_list"] = pa.array([[k, None, 3] for k in range(n)], pa.list_(pa.int32(), 3))
    kind = pa.struct([("a", pa.int32()), ("b", pa.list_(pa.struct([("c", pa.utf8())])))])
    columns["struct"] = pa.array(
        nullable([{"a": k, "b": [{"c": texts[k]}, None]} for k in range(n)]), kind)
    return pa.table(columns)


def values(column):
    kind = column.type
    if pa.types.is_duration(kind) or pa.types.is_timestamp(kind):
        return column.cast(pa.int64()).to_pylist()
    return column.to_pylist()


def same(path, name, a, b):
    assert a == b, (path, name, next(((k, x, y) for k, (x, y) in enumerate(zip(a, b)) if x != y),
                                     (len(a), len(b))))


# What Parquet has no type for: the Arrow schema brings it back, others see what it is stored as.
big_decimals = ("decimal19", "decimal24", "decimal38")
odd = {"timestamp_s"} | {"duration_" + unit for unit in ["s", "ms", "us", "ns"]}


def check_pyarrow(path, expected):
    file = pq.ParquetFile(path, page_checksum_verification=True)
    found = file.read()
    found.validate(full=True)
    assert found.schema.names == expected.schema.names, path
    for field in expected.schema:
        kind = found.schema.field(field.name).type
        wanted = field.type
        if field.name == "timestamp_s":
            wanted = pa.timestamp("ms")
            same(path, field.name, [v and v * 1000 for v in values(expected[field.name])],
                 values(found[field.name]))
        else:
            same(path, field.name, values(expected[field.name]), values(found[field.name]))
        assert kind.equals(wanted) or field.name == "timestamp_s", (path, field.name, kind, wanted)
    assert file.metadata.metadata[b"note"].decode() == "é"
    assert file.metadata.created_by.startswith("columnar version ")
    check_statistics(path, file, expected)


def check_statistics(path, file, expected):
    start = 0
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        rows = expected.slice(start, group.num_rows)
        start += group.num_rows
        sorting = group.sorting_columns
        assert [(s.column_index, s.descending) for s in sorting] == [(0, False)], path
        for k in range(group.num_columns):
            chunk = group.column(k)
            assert chunk.has_offset_index, (path, chunk.path_in_schema)
            name = chunk.path_in_schema
            if name not in expected.schema.names or name == "null" or name in odd:
                continue
            column = rows[name]
            statistics = chunk.statistics
            assert statistics.null_count == column.null_count, (path, name)
            if name != "long" and chunk.num_values > statistics.null_count:
                assert chunk.has_column_index, (path, name)
            if name in ("timestamp_ns", "zoned"):
                continue
            bounds = pc.min_max(column).as_py()
            if name in big_decimals:
                # Stored as bytes, the highest one first, which pyarrow gives as they are.
                scale = -column.type.scale
                low, high = (
                    decimal.Decimal(int.from_bytes(v, "big", signed=True)).scaleb(scale)
                    if isinstance(v, bytes) else v for v in (statistics.min, statistics.max))
                assert (low, high) == (bounds["min"], bounds["max"]), (path, name, low, high, bounds)
                continue
            if name in ("long", "text", "binary"):
                low, high = statistics.min, statistics.max
                assert low <= bounds["min"] and bounds["max"] <= high, (path, name, low, high)
                if name == "long":
                    assert len(low.encode()) <= 64
                continue
            assert (statistics.min, statistics.max) == (bounds["min"], bounds["max"]), (
                path, name, statistics, bounds)
    assert start == expected.num_rows


def check_filters(path, expected):
    for name, value in [("number", 777), ("text", "twelve bytes"), ("int64", -100)]:
        wanted = expected.filter(pc.equal(expected[name], value))
        found = pq.read_table(path, columns=["number"], filters=[(name, "=", value)])
        same(path, name, wanted["number"].to_pylist(), found["number"].to_pylist())
    for name, value, op, wanted in decimal_filters(expected):
        found = pq.read_table(path, columns=["number"], filters=[(name, op, value)])
        same(path, f"{name} {op} {value}", wanted, found["number"].to_pylist())


def decimal_filters(expected):
    """Comparisons of decimals near the ends of pages and row groups, and what they keep."""
    tests = {"==": pc.equal, "<": pc.less, ">=": pc.greater_equal}
    for name in ("decimal18",) + big_decimals:
        for row in (0, 36, 399, 400, 500, 999):
            value = expected[name][row].as_py()
            if value is None:
                continue
            for op, test in tests.items():
                kept = expected.filter(test(expected[name], pa.scalar(value, expected[name].type)))
                yield name, value, op, kept["number"].to_pylist()


def check_duckdb(path, expected):
    try:
        import duckdb
    except ImportError:
        return
    con = duckdb.connect()
    query = f"select * from '{path}'"
    found = con.sql(query).to_arrow_table()
    skipped = odd | {"zoned", "timestamp_ms", "timestamp_us", "timestamp_ns"}
    for name in expected.schema.names:
        if name not in skipped:
            same(path, "duckdb " + name, values(expected[name]), found[name].to_pylist())
    count = con.execute(f"select count(*) from '{path}' where number between 100 and 199").fetchone()
    assert count == (100,), (path, count)
    text = con.execute(f"select count(*) from '{path}' where text = 'twelve bytes'").fetchone()[0]
    assert text == sum(v == "twelve bytes" for v in expected["text"].to_pylist()), path
    for name, value, op, wanted in decimal_filters(expected):
        op = "=" if op == "==" else op
        rows = con.execute(f"select number from '{path}' where {name} {op} {value} order by 1")
        same(path, f"duckdb {name} {op} {value}", wanted, [row[0] for row in rows.fetchall()])
    # Bloom filters: nothing that is there may be said to be absent, and most of the rest is.
    probe = f"select bool_or(not bloom_filter_excludes) from parquet_bloom_probe('{path}', "
    for name, present, absent in [("int64", 50, 5_000_000), ("text", "twelve bytes", "nowhere"),
                                  ("uint8", 255, 3),
                                  ("float64", expected["float64"].drop_null()[0].as_py(), 0.3)]:
        quoted = (lambda v: f"'{v}'" if isinstance(v, str) else
                  f"{v}::double" if isinstance(v, float) else str(v))
        assert con.execute(f"{probe}'{name}', {quoted(present)})").fetchone()[0], (path, name)
        assert not con.execute(f"{probe}'{name}', {quoted(absent)})").fetchone()[0], (path, name)


def check_polars(path, expected):
    try:
        import polars
    except ImportError:
        return
    # Polars has no null type inside Parquet's fixed lists of structs; flat columns and lists.
    names = [n for n in expected.schema.names if n not in odd and n != "null"]
    found = polars.read_parquet(path, columns=names).to_arrow()
    for name in names:
        if not name.startswith("timestamp") and name != "zoned":
            same(path, "polars " + name, values(expected[name]), found[name].to_pylist())
    some = polars.scan_parquet(path).filter(polars.col("number") == 777).select("text").collect()
    assert some["text"].to_list() == [expected["text"][777].as_py()], path
    for name, value, op, wanted in decimal_filters(expected):
        column = polars.col(name)
        test = {"==": column == value, "<": column < value, ">=": column >= value}[op]
        rows = polars.scan_parquet(path).filter(test).select("number").collect()
        same(path, f"polars {name} {op} {value}", wanted, rows["number"].to_list())


def main():
    if sys.argv[1] == "make":
        made = table()
        with ipc.new_file(sys.argv[2], made.schema) as writer:
            writer.write_table(made, max_chunksize=300)
        return
    with pa.memory_map(sys.argv[2]) as source:
        expected = ipc.open_file(source).read_all()
    for path in sys.argv[3:]:
        check_pyarrow(path, expected)
        check_filters(path, expected)
        check_duckdb(path, expected)
        check_polars(path, expected)
    print("same")


main()
