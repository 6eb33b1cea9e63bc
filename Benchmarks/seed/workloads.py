"""The seed's tests: their inputs, what must come out, and how a peer is asked for a run.

A peer reads lines `CASE VARIANT BOUNDARY` and answers `MILLISECONDS COUNT CHECKSUM` or
`error TEXT`. The boundary is `records` (lists in, a list of dictionaries out) or `columns` (a
column in memory in, a column out).
"""

import array
import sys
import time
import zlib

MEAN, STD = 25000.0, 1000.0

# Where every row makes a model of 10 ms, so many of the 5,000 rows are run and scaled up.
SAMPLED = 128


def hello(count):
    return [f"  HELLO {i}  " for i in range(count)]


def hello_world(count):
    return [f"  Hello World {i}  " for i in range(count)]


def hello_upper(count):
    return [f"  HELLO WORLD {i}  " for i in range(count)]


def short(count):
    return [f"Text {i}" for i in range(count)]


def long(count):
    return [f"Hello world {i}" * 50 for i in range(count)]


def clean(text):
    return text.strip().lower()


def lower(text):
    return text.lower()


def words(text):
    return len(text.split())


def normalize(value):
    return (value - MEAN) / STD


class Model:
    """Takes time to make, and counts its calls."""

    def __init__(self, milliseconds=0):
        time.sleep(milliseconds / 1e3)
        self.calls = 0

    def predict(self, text):
        self.calls += 1
        return text.strip().lower()


# The input and the work of each case.
WORKLOADS = {
    "stateless": (lambda: hello(SAMPLED), clean),
    "stateless-wide": (lambda: hello(SAMPLED), clean),
    "stateful": (lambda: hello(5000), clean),
    "stateful-made": (lambda: hello(5000), clean),
    "stateful-given": (lambda: hello(5000), clean),
    "process-off": (lambda: long(3000), words),
    "process-on": (lambda: long(3000), words),
    "combined": (lambda: hello_upper(10_000), clean),
    "hierarchy-engine": (lambda: short(5000), lower),
    "hierarchy-node": (lambda: short(5000), lower),
    "text": (lambda: [f"Text NUMBER {i}" for i in range(50_000)], lower),
    "batch-udf": (lambda: hello_world(10_000), clean),
    "batch-udf-1": (lambda: hello_world(10_000), clean),
    "cumulative-1": (lambda: hello(SAMPLED), clean),
}
for size in (128, 512, 1024, 2048, 4096):
    WORKLOADS[f"batch-{size}"] = (lambda: list(range(50_000)), normalize)
for width in (1, 2, 4, 8):
    WORKLOADS[f"concurrency-{width}"] = (lambda: short(10_000), clean)
for step in range(2, 7):
    WORKLOADS[f"cumulative-{step}"] = (lambda: hello(5000), clean)

# What to multiply times by.
SCALES = {name: 5000 / SAMPLED for name in ("stateless", "stateless-wide", "cumulative-1")}


def digest(values):
    """How many values, and a checksum of their bytes; as in Digest.swift."""
    if isinstance(values[0], str):
        data = "".join(f"{value}\n" for value in values).encode()
    else:
        data = array.array("q" if isinstance(values[0], int) else "d", values).tobytes()
    return f"{len(values)} {zlib.crc32(data)}"


def expected(case):
    """The digest that every peer must give."""
    inputs, work = WORKLOADS[case]
    return digest([work(value) for value in inputs()])


def serve(make):
    """Answers until the input ends; `make(case, variant, boundary)` gives what to time, and what
    gives the values of its result."""
    ready = {}
    for line in sys.stdin:
        words = tuple(line.split())
        try:
            if words not in ready:
                ready[words] = make(*words)
            run, values = ready[words]
            start = time.perf_counter()
            result = run()
            elapsed = (time.perf_counter() - start) * 1e3
            answer = f"{elapsed * SCALES.get(words[0], 1):.4f} {digest(values(result))}"
        except Exception as error:  # the driver says which case failed, and goes on
            answer = f"error {type(error).__name__}: {error}".replace("\n", " ")
        print(answer, flush=True)
