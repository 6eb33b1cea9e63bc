"""The other side of ArrowPeerTests: `make FILE` writes a table of all types with pyarrow,
`check FILE OURS...` compares what we made of it, value by value."""
import datetime
import decimal
import sys

import pyarrow as pa
import pyarrow.ipc as ipc


def nullable(values, step=5, start=2):
    return [None if k % step == start else v for k, v in enumerate(values)]


def table(n=1000):
    text = ["", "a", "twelve bytes", "thirteen byte", "ü€𝄞 and more than twelve bytes", "x" * 300]
    texts = [text[k % len(text)] + (str(k) if k % 7 == 0 else "") for k in range(n)]
    columns = {"null": pa.nulls(n), "bool": pa.array(nullable([k % 3 == 0 for k in range(n)]))}
    for name in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]:
        signed = -1 if name[0] == "i" else 1
        columns[name] = pa.array(nullable([k % 100 * signed for k in range(n)]), name)
    for name in ["float32", "float64"]:
        columns[name] = pa.array(nullable([k / 4 for k in range(n)]), name)
    columns["half"] = pa.array(nullable([k / 4 for k in range(n)]), pa.float16())
    kinds = {"": pa.utf8(), "large_": pa.large_utf8(), "view_": pa.string_view()}
    for prefix, kind in kinds.items():
        columns[prefix + "text"] = pa.array(nullable(texts), kind)
    data = [t.encode() + b"\xff\x00" for t in texts]
    kinds = {"": pa.binary(), "large_": pa.large_binary(), "view_": pa.binary_view()}
    for prefix, kind in kinds.items():
        columns[prefix + "binary"] = pa.array(nullable(data), kind)
    columns["fixed_binary"] = pa.array(nullable([b"%020d" % k for k in range(n)]), pa.binary(20))
    columns["short_binary"] = pa.array(nullable([b"%05d" % k for k in range(n)]), pa.binary(5))
    numbers = nullable(list(range(-500, n - 500)))
    columns["date32"] = pa.array(numbers, pa.int32()).cast(pa.date32())
    days = [None if v is None else v * 86_400_000 for v in numbers]
    columns["date64"] = pa.array(days, pa.int64()).cast(pa.date64())
    for unit in ["s", "ms", "us", "ns"]:
        columns["timestamp_" + unit] = pa.array(numbers, pa.int64()).cast(pa.timestamp(unit))
        columns["duration_" + unit] = pa.array(numbers, pa.int64()).cast(pa.duration(unit))
        width = 32 if unit in ("s", "ms") else 64
        times = pa.array(nullable(list(range(n))), pa.int32() if width == 32 else pa.int64())
        columns["time_" + unit] = times.cast((pa.time32 if width == 32 else pa.time64)(unit))
    columns["zoned"] = pa.array(numbers, pa.int64()).cast(pa.timestamp("us", "Europe/Berlin"))
    for kind in [pa.decimal32(7, 2), pa.decimal64(16, 4), pa.decimal128(38, 10),
                 pa.decimal256(50, 3)]:
        cents = [decimal.Decimal(k * k * (-1) ** k).scaleb(-kind.scale) for k in range(n)]
        columns[f"decimal{kind.bit_width}"] = pa.array(nullable(cents), kind)
    lists = nullable([[v for v in range(k % 5)] + [None] for k in range(n)])
    columns["list"] = pa.array(lists, pa.list_(pa.int16()))
    columns["large_list"] = pa.array(lists, pa.large_list(pa.int64()))
    columns["fixed_list"] = pa.array(nullable([[k, None, "s"][:2] + [3] for k in range(n)]),
                                     pa.list_(pa.int32(), 3))
    columns["texts"] = pa.array(nullable([[texts[k]] * (k % 3) for k in range(n)]),
                                pa.list_(pa.utf8()))
    columns["map"] = pa.array(nullable([[("k", k), ("l", None)] for k in range(n)]),
                              pa.map_(pa.utf8(), pa.int32()))
    kind = pa.struct([("a", pa.int32()), ("b", pa.list_(pa.struct([("c", pa.utf8())])))])
    columns["struct"] = pa.array(
        nullable([{"a": k, "b": [{"c": texts[k]}, None]} for k in range(n)]), kind)
    for name, index in [("dict8", pa.int8()), ("dict32", pa.int32()), ("dictu16", pa.uint16())]:
        codes = pa.array(nullable([k % 6 for k in range(n)]), index)
        columns[name] = pa.DictionaryArray.from_arrays(codes, pa.array(text))
    codes = pa.array([k % 4 for k in range(n)], pa.int32())
    columns["dict_odd"] = pa.DictionaryArray.from_arrays(codes, pa.array(["a", None, "a", "b"]))
    words = pa.DictionaryArray.from_arrays(pa.array([k % 6 for k in range(n)]), pa.array(text))
    columns["dict_inside"] = pa.StructArray.from_arrays([words], ["word"])
    return pa.table(columns)


def plain(value):
    """A value as Python sees it in both."""
    if isinstance(value, datetime.time):
        return datetime.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second,
                                  microseconds=value.microsecond)
    if isinstance(value, tuple):
        return {"key": value[0], "value": value[1]}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def values(column):
    kind = column.type
    if pa.types.is_time(kind) or pa.types.is_duration(kind) or pa.types.is_timestamp(kind):
        width = pa.int32() if kind.bit_width == 32 else pa.int64()
        return column.cast(width).to_pylist()
    return [plain(v) for v in column.to_pylist()]


def read(path):
    with pa.memory_map(path) as source:
        try:
            return ipc.open_file(source).read_all()
        except pa.ArrowInvalid:
            return ipc.open_stream(source).read_all()


def main():
    made = table()
    if sys.argv[1] == "make":
        base = sys.argv[2]
        with ipc.new_file(base, made.schema) as writer:
            writer.write_table(made, max_chunksize=300)
        with ipc.new_stream(base + "s", made.schema) as writer:
            writer.write_table(made.slice(3), max_chunksize=301)
        return
    for path in sys.argv[2:]:
        ours = read(path)
        for chunk in ours.to_batches():
            chunk.validate(full=True)
        expected = made.slice(3) if "stream-in" in path else made
        assert ours.schema.names == expected.schema.names, path
        for name in ours.schema.names:
            a, b = values(expected[name]), values(ours[name])
            assert a == b, (path, name, next((x, y) for x, y in zip(a, b) if x != y))
    print("same")


main()
