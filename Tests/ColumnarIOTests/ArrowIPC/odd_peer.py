"""Writes what ArrowOddTests reads: `odd_peer.py FOLDER` makes pairs of files, NAME.odd with layouts
that few writers use and NAME.plain with the same values in plain ones, and NAME.refused with what is
not read."""
import sys

import pyarrow as pa
import pyarrow.ipc as ipc

FOLDER = sys.argv[1]
N = 500
TEXTS = ["", "a", "twelve bytes", "thirteen byte", "ü€𝄞 and more than twelve bytes", None]


def write(name, end, batches, stream=False, **options):
    options = ipc.IpcWriteOptions(**options)
    make = ipc.new_stream if stream else ipc.new_file
    path = f"{FOLDER}/{name}.{end}"
    with make(path, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)


def pair(name, odd, plain, **options):
    """Both forms of one column, as files and as streams, in two batches that start anywhere."""
    for stream in [False, True]:
        shown = name + ("-stream" if stream else "-file")
        for end, column, with_options in [("odd", odd, options), ("plain", plain, {})]:
            batch = pa.record_batch([column, pa.array(range(len(column)))], ["x", "row"])
            cut = len(column) // 3
            write(shown, end, [batch.slice(0, cut), batch.slice(cut)], stream, **with_options)


def compare(name, odd, kind, **options):
    pair(name, odd, pa.array(odd.to_pylist(), kind), **options)


def list_views():
    for name, view, kind in [("listview", pa.list_view, pa.list_), ("largelistview", pa.large_list_view, pa.list_)]:
        for inner in [pa.int32(), pa.utf8(), pa.struct([("a", pa.int8())])]:
            make = {pa.int32(): lambda k: k, pa.utf8(): lambda k: TEXTS[k % 6]}.get(inner, lambda k: {"a": k % 100})
            values = [None if k % 7 == 3 else [make(j) for j in range(k % 5)] for k in range(N)]
            compare(f"{name}-{str(inner)[:3]}", pa.array(values, view(inner)), kind(inner))
    elements = pa.array([TEXTS[k % 6] for k in range(50)])
    offsets = pa.array([(k * 17) % 45 for k in range(N)], pa.int32())
    sizes = pa.array([k % 5 for k in range(N)], pa.int32())
    mask = pa.array([k % 11 == 4 for k in range(N)])
    shared = pa.ListViewArray.from_arrays(offsets, sizes, elements, mask=mask)
    compare("listview-shared", shared, pa.list_(pa.utf8()))


def run_ends():
    for width in [pa.int16(), pa.int32(), pa.int64()]:
        ends = pa.array([3, 4, 10, 200, 499, 500], width)
        for name, values in [
            ("int", pa.array([1, None, 3, 4, 5, 6])), ("text", pa.array(TEXTS)),
            ("bool", pa.array([True, False, None, True, False, True])),
            ("list", pa.array([[1], None, [], [1, None], [7], [8]], pa.list_(pa.int32()))),
            ("null", pa.nulls(6)),
            ("struct", pa.array([{"a": k, "b": TEXTS[k]} for k in range(6)])),
        ]:
            runs = pa.RunEndEncodedArray.from_arrays(ends, values)
            compare(f"ree-{width}-{name}", runs, values.type)
    # Metadata of version 4 counts a validity for all columns but nulls.
    old = pa.RunEndEncodedArray.from_arrays(pa.array([3, 4, N], pa.int32()), pa.array([1, None, 3]))
    compare("ree-v4", old, pa.int64(), metadata_version=ipc.MetadataVersion.V4)
    one = pa.RunEndEncodedArray.from_arrays(pa.array([500], pa.int32()), pa.array(["only"]))
    compare("ree-one", one, pa.utf8())
    inner = pa.RunEndEncodedArray.from_arrays(pa.array([100, 500], pa.int32()), pa.array(["x", None]))
    compare("ree-inside", pa.StructArray.from_arrays([inner], ["s"]), pa.struct([("s", pa.utf8())]))


def dictionaries():
    codes = pa.array([None if k % 9 == 2 else k % 6 for k in range(N)], pa.int8())
    lists = pa.array([[1], [2, None], [], [1], None, [3]], pa.list_(pa.int32()))
    compare("dict-list", pa.DictionaryArray.from_arrays(codes, lists), lists.type)
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, 2, None, 1]), pa.array(TEXTS[:3]))
    inner = pa.StructArray.from_arrays([words, pa.array(range(6))], ["w", "k"])
    kind = pa.struct([("w", pa.utf8()), ("k", pa.int64())])
    compare("dict-struct-dict", pa.DictionaryArray.from_arrays(codes, inner), kind)
    nested = pa.ListArray.from_arrays(pa.array([0, 1, 1, 3, 4, 5, 6], pa.int32()), words)
    compare("dict-list-dict", pa.DictionaryArray.from_arrays(codes, nested), pa.list_(pa.utf8()))
    for index in [pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(), pa.int64()]:
        coded = pa.DictionaryArray.from_arrays(codes.cast(index), pa.array(TEXTS))
        compare(f"dict-{index}", coded, pa.utf8())
    # Dictionaries that grow, in files and streams, and that are replaced, in streams.
    grown, replaced = [], []
    for k in range(4):
        values = [f"value {j} of many" for j in range(5 * (k + 1))]
        for made, start in [(grown, 0), (replaced, 5 * k)]:
            kept = values[start:]
            index = pa.array([j % len(kept) for j in range(100)], pa.int32())
            made.append(pa.record_batch([pa.DictionaryArray.from_arrays(index, pa.array(kept))], ["x"]))
    for name, made in [("grown", grown), ("replaced", replaced)]:
        plain = [pa.record_batch([b.column(0).cast(pa.utf8())], ["x"]) for b in made]
        for stream in [True, False] if name == "grown" else [True]:
            for compression in [None, "zstd"]:
                shown = f"{name}-{'stream' if stream else 'file'}-{compression}"
                write(shown, "odd", made, stream, emit_dictionary_deltas=True, compression=compression)
                write(shown, "plain", plain, stream)


def compression():
    numbers = pa.array([None if k % 5 == 1 else k * 1_000_003 for k in range(N)])
    texts = pa.array([TEXTS[k % 6] for k in range(N)], pa.string_view())
    lists = pa.array([[k] * (k % 4) for k in range(N)], pa.list_(pa.int64()))
    random = pa.array([(k * 2654435761 + k * k * 40503) % (1 << 63) for k in range(N)], pa.uint64())
    for codec in ["lz4", "zstd"]:
        for name, column in [("num", numbers), ("text", texts), ("list", lists), ("random", random)]:
            pair(f"{codec}-{name}", column, column, compression=codec)


def legacy():
    column = pa.array([None if k % 5 == 1 else [TEXTS[k % 6], str(k)] for k in range(N)])
    pair("legacy", column, column, use_legacy_format=True)
    version = ipc.MetadataVersion.V4
    pair("legacy-v4", column, column, use_legacy_format=True, metadata_version=version)
    pair("v4", column, column, metadata_version=version)


def extensions():
    storage = pa.array([bytes([k % 256] * 16) for k in range(N)], pa.binary(16))
    pair("uuid", pa.ExtensionArray.from_storage(pa.uuid(), storage), storage)
    text = pa.array(["{}"] * N)
    pair("json", pa.ExtensionArray.from_storage(pa.json_(pa.utf8()), text), text)


def refused():
    kinds = pa.array([0, 1, 0], pa.int8())
    sparse = pa.UnionArray.from_sparse(kinds, [pa.array([1, 2, 3]), pa.array(["a", "b", "c"])])
    offsets = pa.array([0, 0, 1], pa.int32())
    dense = pa.UnionArray.from_dense(kinds, offsets, [pa.array([1, 2]), pa.array(["b"])])
    interval = pa.array([pa.MonthDayNano([1, 2, 3])] * 3)
    for name, column in [("a union", sparse), ("a union-dense", dense), ("an interval", interval)]:
        for stream in [True, False]:
            for nested in [True, False]:
                kept = pa.StructArray.from_arrays([column], ["inner"]) if nested else column
                batch = pa.record_batch([kept], ["the column"])
                write(f"{name}-{stream}-{nested}", "refused", [batch], stream)


list_views()
run_ends()
dictionaries()
compression()
legacy()
extensions()
refused()
