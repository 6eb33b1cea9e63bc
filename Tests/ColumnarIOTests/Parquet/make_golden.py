"""Writes what ParquetGoldenTests expects, with pyarrow: `make_golden.py CORPUS OUT [SEED]`.

OUT/files/*.parquet are small files of all types, encodings and codecs; OUT/files.json and
OUT/corpus.json (of the files in CORPUS) hold for each file its rows and for each column a hash of
all values in a plain notation, and the first values in that notation. `make_golden.py files PATH...`
prints the same of any files."""
import decimal
import json
import os
import random
import struct
import sys
import uuid

import pyarrow as pa
import pyarrow.parquet as pq


def notation(array):
    """Each value of an array: n, t, f, i1, d(bits), b(hex), [..], {..}."""
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return notation(array.storage)
    valid = array.is_valid().to_pylist()
    if pa.types.is_dictionary(kind):
        return notation(array.dictionary_decode())
    if pa.types.is_null(kind):
        return ["n;"] * len(array)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_map(kind):
        offsets = array.offsets.to_pylist()
        if pa.types.is_map(kind):
            keys, items = notation(array.keys), notation(array.items)
            elements = ["{" + k + v + "}" for k, v in zip(keys, items)]
        else:
            elements = notation(array.values)
        return ["[" + "".join(elements[a:b]) + "]" if v else "n;"
                for a, b, v in zip(offsets, offsets[1:], valid)]
    if pa.types.is_fixed_size_list(kind):
        elements = notation(array.flatten())
        # Slots of nulls are left out by flatten.
        result, at = [], 0
        for v in valid:
            result.append("[" + "".join(elements[at:at + kind.list_size]) + "]" if v else "n;")
            at += kind.list_size if v else 0
        return result
    if pa.types.is_struct(kind):
        parts = [notation(array.field(k)) for k in range(kind.num_fields)]
        return ["{" + "".join(p[row] for p in parts) + "}" if v else "n;"
                for row, v in enumerate(valid)]
    if pa.types.is_temporal(kind):
        array = array.cast(pa.int32() if kind.bit_width == 32 else pa.int64())
        kind = array.type
    if pa.types.is_float16(kind):
        array = pa.array([None if v is None else float(v) for v in array.to_pylist()],
                         pa.float64())
        kind = array.type
    values = array.to_pylist()
    if pa.types.is_boolean(kind):
        return ["n;" if v is None else "t;" if v else "f;" for v in values]
    if pa.types.is_integer(kind):
        return ["n;" if v is None else f"i{v};" for v in values]
    if pa.types.is_floating(kind):
        return ["n;" if v is None else "dnan;" if v != v else
                "d" + struct.pack(">d", v).hex() + ";" for v in values]
    if pa.types.is_decimal(kind):
        return ["n;" if v is None else f"x{v:f};" for v in values]
    return ["n;" if v is None else "b" + (v.encode() if isinstance(v, str) else v).hex() + ";"
            for v in values]


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def golden(path):
    table = pq.ParquetFile(path).read()
    columns = []
    for name, column in zip(table.schema.names, table.columns):
        values = []
        for chunk in column.chunks:
            values += notation(chunk)
        columns.append({"name": name, "hash": fnv("".join(values)), "head": values[:3]})
    return {"rows": table.num_rows, "columns": columns}


def nullable(rng, values, share=0.2):
    return [None if rng.random() < share else v for v in values]


def flat(rng, n, nulls):
    """A table of all flat types."""
    keep = (lambda values: nullable(rng, values)) if nulls else (lambda values: values)
    texts = ["", "a", "twelve bytes", "thirteen byte", "ü€𝄞 and more than twelve bytes", "x" * 40]
    columns = {"bool": pa.array(keep([rng.random() < 0.5 for _ in range(n)]))}
    for name in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]:
        bits = int(name.lstrip("uint"))
        low, high = (0, 2**bits - 1) if name[0] == "u" else (-2**(bits - 1), 2**(bits - 1) - 1)
        values = [rng.choice([low, high, rng.randint(low, high), k % 100]) for k in range(n)]
        columns[name] = pa.array(keep(values), name)
    floats = [rng.choice([0.0, -0.0, float("inf"), float("nan"), rng.random(), 1e-30]) for _ in range(n)]
    columns["float32"] = pa.array(keep(floats), pa.float32())
    columns["float64"] = pa.array(keep(floats), pa.float64())
    columns["half"] = pa.array(keep([rng.choice([0.0, -0.0, 1.5, 65504.0, 5.9e-08]) for _ in range(n)]),
                               pa.float16())
    columns["text"] = pa.array(keep([rng.choice(texts) for _ in range(n)]))
    columns["long_text"] = pa.array(keep([rng.choice(texts) + str(k) for k in range(n)]))
    columns["binary"] = pa.array(keep([bytes(rng.randrange(256) for _ in range(rng.randrange(20)))
                                       for _ in range(n)]))
    columns["fixed16"] = pa.array(keep([uuid.UUID(int=rng.getrandbits(128)).bytes
                                        for _ in range(n)]), pa.binary(16))
    columns["fixed3"] = pa.array(keep([b"%03d" % (k % 7) for k in range(n)]), pa.binary(3))
    columns["date"] = pa.array(keep([rng.randint(-10**5, 10**5) for _ in range(n)]),
                               pa.int32()).cast(pa.date32())
    for unit in ["ms", "us", "ns"]:
        values = pa.array(keep([rng.randint(-2**40, 2**40) for _ in range(n)]), pa.int64())
        columns["timestamp_" + unit] = values.cast(pa.timestamp(unit))
        columns["zoned_" + unit] = values.cast(pa.timestamp(unit, "UTC"))
    times = [rng.randrange(86_400_000) for _ in range(n)]
    columns["time_ms"] = pa.array(keep(times), pa.int32()).cast(pa.time32("ms"))
    columns["time_us"] = pa.array(keep(times), pa.int64()).cast(pa.time64("us"))
    columns["null"] = pa.nulls(n)
    words = pa.DictionaryArray.from_arrays(
        pa.array(keep([rng.randrange(6) for _ in range(n)]), pa.int32()), pa.array(texts))
    columns["words"] = words
    return pa.table(columns)


def value(rng, kind, null=0.2):
    """A random value of a nested type."""
    if rng.random() < null:
        return None
    if pa.types.is_map(kind):
        return [(value(rng, kind.key_type, 0), value(rng, kind.item_type))
                for _ in range(rng.randrange(3))]
    if pa.types.is_list(kind):
        return [value(rng, kind.value_type) for _ in range(rng.choice([0, 1, 2, 5]))]
    if pa.types.is_struct(kind):
        return {f.name: value(rng, f.type) for f in kind}
    if pa.types.is_string(kind):
        return rng.choice(["", "abc", "more than twelve bytes"])
    if pa.types.is_boolean(kind):
        return rng.random() < 0.5
    if pa.types.is_floating(kind):
        return rng.random()
    return rng.randrange(100)


def nested(rng, n):
    i, s = pa.int32(), pa.string()
    kinds = {
        "list": pa.list_(i), "texts": pa.list_(s), "bools": pa.list_(pa.bool_()),
        "list2": pa.list_(pa.list_(pa.int64())), "list3": pa.list_(pa.list_(pa.list_(s))),
        "struct": pa.struct([("a", i), ("b", s)]),
        "struct2": pa.struct([("a", pa.struct([("b", pa.float64()), ("c", pa.int16())])), ("d", i)]),
        "list_struct": pa.list_(pa.struct([("a", i), ("b", pa.list_(s))])),
        "struct_list": pa.struct([("a", pa.list_(pa.struct([("b", i), ("c", s)]))), ("d", pa.uint8())]),
        "map": pa.map_(s, i), "map_list": pa.map_(s, pa.list_(i)),
        "map_map": pa.map_(i, pa.map_(s, pa.float32())),
        "list_map": pa.list_(pa.map_(s, pa.struct([("x", i)]))),
    }
    columns = {name: pa.array([value(rng, kind) for _ in range(n)], kind)
               for name, kind in kinds.items()}
    columns["plain"] = pa.array(range(n))
    required = pa.schema([
        pa.field("rl", pa.list_(pa.field("element", i, nullable=False)), nullable=False),
        pa.field("rs", pa.struct([pa.field("x", i, nullable=False)]), nullable=False)])
    extra = {"rl": [[k] * (k % 4) for k in range(n)], "rs": [{"x": k} for k in range(n)]}
    for field in required:
        columns[field.name] = pa.array(extra[field.name], field.type)
    fields = [pa.field(name, column.type) for name, column in columns.items()
              if name not in ("rl", "rs")]
    return pa.table(columns, schema=pa.schema(fields + list(required)))


def encodings(rng, n):
    """Columns, and the encoding of each."""
    ints = [rng.choice([k, k * 3, rng.randint(-2**31, 2**31 - 1)]) for k in range(n)]
    wide = [rng.choice([k * 1000, rng.randint(-2**63, 2**63 - 1), 5]) for k in range(n)]
    texts = sorted("item " * (k % 3) + str(k) for k in range(n))
    data = {
        "delta32": (pa.array(nullable(rng, ints), pa.int32()), "DELTA_BINARY_PACKED"),
        "delta64": (pa.array(wide, pa.int64()), "DELTA_BINARY_PACKED"),
        "sorted64": (pa.array(range(10**15, 10**15 + n), pa.int64()), "DELTA_BINARY_PACKED"),
        "length": (pa.array(nullable(rng, texts)), "DELTA_LENGTH_BYTE_ARRAY"),
        "bytes": (pa.array(nullable(rng, texts)), "DELTA_BYTE_ARRAY"),
        "fixed": (pa.array([b"%06d" % k for k in range(n)], pa.binary(6)), "DELTA_BYTE_ARRAY"),
        "split32": (pa.array(nullable(rng, [float(k) for k in range(n)]), pa.float32()),
                    "BYTE_STREAM_SPLIT"),
        "split64": (pa.array([k / 7 for k in range(n)]), "BYTE_STREAM_SPLIT"),
        "spliti32": (pa.array(ints, pa.int32()), "BYTE_STREAM_SPLIT"),
        "spliti64": (pa.array(nullable(rng, wide), pa.int64()), "BYTE_STREAM_SPLIT"),
        "splitf": (pa.array([b"%05d" % k for k in range(n)], pa.binary(5)), "BYTE_STREAM_SPLIT"),
        "half": (pa.array([float(k) for k in range(n)], pa.float16()), "BYTE_STREAM_SPLIT"),
        "rle": (pa.array(nullable(rng, [k // 50 % 2 == 0 for k in range(n)])), "RLE"),
        "plain": (pa.array(texts), "PLAIN"),
        "list": (pa.array([nullable(rng, range(k % 5)) for k in range(n)], pa.list_(pa.int64())),
                 None),
    }
    table = pa.table({name: column for name, (column, _) in data.items()})
    chosen = {name: encoding for name, (_, encoding) in data.items() if encoding}
    chosen["list.list.element"] = "DELTA_BINARY_PACKED"
    return table, chosen


def decimals(rng, n):
    """Decimals of every number of digits, with and without nulls."""
    columns = {}
    for precision in [1, 2, 4, 5, 9, 10, 12, 18, 19, 24, 28, 29, 37, 38]:
        for scale in sorted({0, precision // 3, precision}):
            top = 10**precision - 1
            values = [rng.choice([0, 1, -1, top, -top, rng.randint(-top, top), k % 9])
                      for k in range(n)]
            numbers = [decimal.Decimal(v).scaleb(-scale, WIDE) for v in values]
            kind = pa.decimal128(precision, scale)
            columns[f"d{precision}_{scale}"] = pa.array(nullable(rng, numbers), kind)
    columns["list"] = pa.array([[decimal.Decimal(v) for v in range(k % 4)] for k in range(n)],
                               pa.list_(pa.decimal128(20, 0)))
    return pa.table(columns)


WIDE = decimal.Context(prec=80)


def write_decimals(folder, seed):
    rng = random.Random(seed)
    for name, options in {
        "fixed": {}, "fixed-plain": {"use_dictionary": False, "compression": "none"},
        "integer": {"store_decimal_as_integer": True},
        "integer-plain": {"store_decimal_as_integer": True, "use_dictionary": False,
                          "data_page_version": "2.0"},
        "delta": {"use_dictionary": False, "column_encoding": "DELTA_BYTE_ARRAY"},
        "split": {"use_dictionary": False, "column_encoding": "BYTE_STREAM_SPLIT"},
        "pages": {"data_page_size": 64, "write_batch_size": 5, "row_group_size": 30},
    }.items():
        table = decimals(rng, 70)
        if name in ("delta", "split"):
            table = table.drop_columns(["list"])
            options["column_encoding"] = {c: options["column_encoding"] for c in table.column_names}
        pq.write_table(table, f"{folder}/decimals-{name}.parquet", **options)
    numbers = [decimal.Decimal(v - 100).scaleb(-2) for v in range(200)]
    table = pa.table({f"d{p}": pa.array(numbers, pa.decimal128(p, 2)) for p in [9, 18, 38]})
    for name, integer in [("sorted", False), ("sorted-integer", True)]:
        pq.write_table(table, f"{folder}/decimals-{name}.parquet", row_group_size=50,
                       store_decimal_as_integer=integer)


def write(folder, seed):
    rng = random.Random(seed)

    def put(name, table, **options):
        pq.write_table(table, f"{folder}/{name}.parquet", **options)

    for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
        version = "2.0" if codec in ("none", "zstd", "gzip") else "1.0"
        put(f"flat-{codec}", flat(rng, 60, True), compression=codec, data_page_version=version)
    put("flat-v2-snappy", flat(rng, 50, True), data_page_version="2.0", data_page_size=64,
        write_batch_size=7)
    put("flat-required", flat(rng, 50, False), use_dictionary=False, compression="none")
    put("flat-int96", flat(rng, 40, True).select(["timestamp_us", "timestamp_ns"]),
        use_deprecated_int96_timestamps=True)
    put("flat-groups", flat(rng, 70, True), row_group_size=30, data_page_size=64,
        write_batch_size=5)
    put("flat-empty", flat(rng, 0, True))
    put("crc", flat(rng, 20, True), write_page_checksum=True)
    put("fallback", pa.table({
        "text": [rng.choice(["ab", "cd"]) * rng.randrange(9) + str(k // 3) for k in range(400)],
        "number": [rng.randrange(2**40) // (1 + k % 2 * 2**38) for k in range(400)]}),
        dictionary_pagesize_limit=600, data_page_size=100, write_batch_size=20)
    put("repeated-text", pa.table({
        "text": nullable(rng, [rng.choice(["one", "two", "more than twelve bytes"])
                               for _ in range(1000)]),
        "run": ["same"] * 1000}), data_page_size=300, write_batch_size=50)
    for name, options in {
        "v1": {"data_page_version": "1.0"}, "v2": {"data_page_version": "2.0"},
        "legacy": {"use_compliant_nested_type": False, "compression": "none"},
        "pages": {"data_page_size": 20, "write_batch_size": 3, "use_dictionary": False},
        "pages-v2": {"data_page_size": 20, "write_batch_size": 3, "data_page_version": "2.0",
                     "row_group_size": 40},
    }.items():
        put(f"nested-{name}", nested(rng, 70), **options)
    for version in ["1.0", "2.0"]:
        table, chosen = encodings(rng, 300)
        put(f"encodings-{version[0]}", table, use_dictionary=False, column_encoding=chosen,
            data_page_version=version, data_page_size=500, write_batch_size=64)
    n = 200
    put("sorted", pa.table({
        "number": pa.array(range(n)), "small": pa.array([k % 120 for k in range(n)], pa.uint8()),
        "real": pa.array([float("nan") if k in (7, 120) else k / 2 for k in range(n)]),
        "text": pa.array([f"{k:05d} and more than twelve bytes" for k in range(n)]),
        "date": pa.array(range(n), pa.int32()).cast(pa.date32()),
        "time": pa.array(range(n), pa.int64()).cast(pa.timestamp("ms")),
        "nulls": pa.array([None if 50 <= k < 100 else k for k in range(n)], pa.int16()),
        "flag": pa.array([k < 100 for k in range(n)])}), row_group_size=50)


def golden_of(paths):
    """What is in each of the files, but for those that pyarrow refuses."""
    found = {}
    for path in paths:
        try:
            found[path] = golden(path)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError):
            pass
    return found


def main():
    if sys.argv[1] == "files":
        json.dump(golden_of(sys.argv[2:]), sys.stdout)
        return
    corpus, out = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    os.makedirs(f"{out}/files", exist_ok=True)
    write(f"{out}/files", seed)
    write_decimals(f"{out}/files", seed)
    for folder, name in [(corpus, "corpus"), (f"{out}/files", "files")]:
        found = {}
        for file in sorted(os.listdir(folder)):
            if file.endswith(".parquet"):
                try:
                    found[file] = golden(f"{folder}/{file}")
                except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
                    print("left out:", file, error)
        with open(f"{out}/{name}.json", "w") as target:
            json.dump(found, target, indent=0, sort_keys=True)
            target.write("\n")


main()
