"""The other side of FormatAgreementTests: `formats_peer.py FOLDER SEED...` compares what pyarrow reads
in the files of one seed with each other, and writes them anew."""
import sys

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq


def plain(kind):
    """The type with one layout for each kind of text and list."""
    if pa.types.is_dictionary(kind):
        return plain(kind.value_type)
    if pa.types.is_string_view(kind) or pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_binary_view(kind) or pa.types.is_large_binary(kind):
        return pa.binary()
    if pa.types.is_fixed_size_list(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(f.name, plain(f.type)) for f in kind])
    return kind


def values(column):
    return [row for chunk in column.chunks for row in rows(chunk)]


def rows(array):
    """The rows as nested lists; numbers stand for dates and times, of which Python has not all."""
    kind = array.type
    valid = array.is_valid().to_pylist()
    if pa.types.is_dictionary(kind):
        return rows(array.dictionary_decode())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        inner, at = rows(array.values), array.offsets.to_pylist()
        return [inner[a:b] if v else None for a, b, v in zip(at, at[1:], valid)]
    if pa.types.is_fixed_size_list(kind):
        size = kind.list_size
        inner = rows(array.values.slice(array.offset * size, len(array) * size))
        return [inner[k * size:(k + 1) * size] if v else None for k, v in enumerate(valid)]
    if pa.types.is_struct(kind):
        parts = [rows(array.field(k)) for k in range(kind.num_fields)]
        return [list(row) if v else None for row, v in zip(zip(*parts), valid)]
    if pa.types.is_temporal(kind):
        return array.cast(pa.int32() if kind.bit_width == 32 else pa.int64()).to_pylist()
    if pa.types.is_floating(kind):
        return [None if v is None else repr(v) for v in array.to_pylist()]
    return array.to_pylist()


def main():
    folder = sys.argv[1]
    for seed in sys.argv[2:]:
        base = f"{folder}/{seed}"
        with pa.memory_map(base + ".arrow") as source:
            first = ipc.open_file(source).read_all()
        with pa.memory_map(base + ".arrows") as source:
            second = ipc.open_stream(source).read_all()
        third = pq.read_table(base + ".parquet", page_checksum_verification=True)
        for table in (first, second, third):
            table.validate(full=True)
            assert table.schema.names == first.schema.names, seed
        for name in first.schema.names:
            kinds = [plain(t.schema.field(name).type) for t in (first, second, third)]
            assert kinds[0] == kinds[1] == kinds[2], (seed, name, kinds)
            expected = values(first[name])
            for what, table in (("stream", second), ("Parquet", third)):
                found = values(table[name])
                assert found == expected, (seed, name, kinds[0], what, next(
                    ((k, a, b) for k, (a, b) in enumerate(zip(found, expected)) if a != b), None))
        with ipc.new_file(base + "-theirs.arrow", first.schema) as writer:
            writer.write_table(first, max_chunksize=17)
        pq.write_table(third, base + "-theirs.parquet", row_group_size=30, data_page_size=100)
    print("same")


main()
