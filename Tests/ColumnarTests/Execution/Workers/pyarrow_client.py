"""pyarrow as the client of a program's functions: python pyarrow_client.py FIXTURE

Prints what is not as it should be; exits with 1 if there is any such thing.
"""
import io
import subprocess
import sys

import pyarrow as pa
import pyarrow.ipc as ipc

fixture = sys.argv[1]
mistakes = []


def expect(name, found, expected):
    if found != expected:
        mistakes.append(f"{name}: found {found!r}, expected {expected!r}")


def stream(schema, batches):
    sink = io.BytesIO()
    with ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue()


def run(name, data, arguments=()):
    done = subprocess.run(
        [fixture, *arguments, "--columnar-worker", *([name] if name else [])],
        input=data, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def answers(name, types, *batches, arguments=()):
    """The type and the values of each batch of answers to batches of columns."""
    schema = pa.schema([(f"c{k}", type) for k, type in enumerate(types)])
    made = [
        pa.record_batch([pa.array(values, type) for values, type in zip(batch, types)], schema)
        for batch in batches]
    status, output, errors = run(name, stream(schema, made), arguments)
    expect(f"status of {name} {types}, which said {errors}", status, 0)
    if status != 0:
        return None, []
    reader = ipc.open_stream(output)
    return reader.schema.field(0).type, [batch.column(0).to_pylist() for batch in reader]


def is_right(name, types, batches, type, expected, **keywords):
    found = answers(name, types, *batches, **keywords)
    expect(f"{name} of {types}", found, (type, expected))


long = "a text of more than twelve bytes"

# Types, nulls, several batches, empty ones.
ints = [[[1, 2, None]], [[]], [[-3]]]
doubles = [[2, 4, None], [], [-6]]
for type in [pa.int8(), pa.int16(), pa.int32(), pa.int64()]:
    is_right("double", [type], ints, pa.int64(), doubles)
is_right("double", [pa.null()], [[[None, None]]], pa.int64(), [[None, None]])
is_right("double", [pa.int64()], [], pa.int64(), [])
is_right("double", [pa.int64()], [[[]]], pa.int64(), [[]])
is_right("not", [pa.bool_()], [[[True, None, False]]], pa.bool_(), [[False, None, True]])
for type in [pa.float32(), pa.float64()]:
    is_right("root", [type], [[[4.0, None, 0.25]]], pa.float64(), [[2.0, None, 0.5]])
for type in [pa.string(), pa.large_string(), pa.string_view()]:
    is_right(
        "shout", [type], [[["a", None, "", long]], [["ä"]]], pa.string(),
        [["A!", None, "!", long.upper() + "!"], ["Ä!"]])
for type in [pa.list_(pa.float64()), pa.large_list(pa.float64())]:
    is_right(
        "sum", [type], [[[[1.0, 2.5], None, []]], [[[4.0]]]], pa.float64(),
        [[3.5, None, 0.0], [4.0]])
type, lists = answers("lists", [pa.int64()], [[1, 3, None, 2]])
expect("lists", [value if value is None else len(value) for value in lists[0]], [1, None, None, 2])
is_right(
    "score", [pa.int64(), pa.float64(), pa.string()], [[[2, None], [0.5, 1.0], ["abc", "d"]]],
    pa.float64(), [[4.0, None]])
many = list(range(200_000))
is_right("double", [pa.int64()], [[many], [many]], pa.int64(), [[2 * x for x in many]] * 2)

# Texts coded with a dictionary, another one per batch.
coded = [pa.array(values).dictionary_encode() for values in (["a", "b", None, "a"], [long, "b"])]
schema = pa.schema([("t", coded[0].type)])
status, output, errors = run(
    "shout", stream(schema, [pa.record_batch([column], schema) for column in coded]))
expect(f"status of coded texts, {errors}", status, 0)
expect(
    "coded texts", [batch.column(0).to_pylist() for batch in ipc.open_stream(output)],
    [["A!", "B!", None, "A!"], [long.upper() + "!", "B!"]])

# A node, among further columns, by the name of its input; the program's own argument stands before.
schema = pa.schema([("other", pa.int64()), ("text", pa.string())])
batch = pa.record_batch([pa.array([1, 2]), pa.array(["a", "äö"])], schema)
status, output, errors = run("embed/length", stream(schema, [batch]), ["pipelines"])
expect(f"status of a node, {errors}", status, 0)
if status == 0:
    expect("a node", ipc.open_stream(output).read_all().column(0).to_pylist(), [[1, 1], [4, 1]])

# One batch at a time: each answer is there before the next question.
process = subprocess.Popen(
    [fixture, "--columnar-worker", "double"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
schema = pa.schema([("x", pa.int64())])
writer = ipc.new_stream(process.stdin, schema)
reader = None
for k in range(5):
    # The first one takes the schema along.
    writer.write_batch(pa.record_batch([pa.array([k])], schema))
    process.stdin.flush()
    reader = reader or ipc.open_stream(process.stdout)
    expect("an answer", reader.read_next_batch().column(0).to_pylist(), [2 * k])
writer.close()
process.stdin.close()
expect("status after a conversation", process.wait(timeout=60), 0)


def is_error(what, result, *texts):
    status, _, errors = result
    expect(f"status after {what}", status, 1)
    for text in texts:
        if text not in errors:
            mistakes.append(f"{what}: no {text!r} in {errors!r}")


def ints_of(*batches):
    return stream(schema, [pa.record_batch([pa.array(v, pa.int64())], schema) for v in batches])


# Errors: the answers before stand, the row is that of the stream.
failed = run("failing", ints_of([1, 2], [3, 1234]))
is_error("an error of the function", failed, "unlucky(1234)", "at row 3 ", 'node "failing"')
reader = ipc.open_stream(failed[1])
expect("answers before an error", reader.read_next_batch().column(0).to_pylist(), [1, 2])
is_error("a state that cannot be made", run("brokenState", ints_of([1])), '"model" could not be')
texts = stream(pa.schema([("t", pa.string())]), [])
is_error("another type", run("double", texts), "is int64, but column \"t\"", "is string")
unsigned = stream(pa.schema([("u", pa.uint64())]), [])
is_error("a type that does not widen", run("double", unsigned), "is uint64")
is_error("too few columns", run("score", ints_of()), "takes 3 columns", "has 1")
is_error("an unknown name", run("dubble", ints_of()), 'Did you mean "double"?')
is_error("no name", run(None, ints_of()), "takes the name of a function")
is_error("no stream", run("double", b""), "has no schema")
is_error("a broken stream", run("double", ints_of([1])[:-20]), "it ends within a message")

# Rows that are collected are told, and null.
floats = pa.schema([("x", pa.float64())])
status, output, errors = run(
    "root", stream(floats, [pa.record_batch([pa.array(v)], floats) for v in ([4.0], [1.0, -9.0])]))
expect("status of collected rows", status, 0)
expect("collected rows", ipc.open_stream(output).read_all().column(0).to_pylist(), [2.0, 1.0, None])
expect("what is told of them", "failed at row 2: root(-9.0): unlucky(-9)" in errors, True)

# A crash is seen by its signal, states are finished at the end.
status, _, _ = run("poison", ints_of([-4]))
expect("status of a crash", status, -9)
status, _, errors = run("stateful", ints_of([1], [2]))
expect("states", (status, "tally made" in errors, "tally finished" in errors), (0, True, True))

print("\n".join(mistakes))
sys.exit(1 if mistakes else 0)
