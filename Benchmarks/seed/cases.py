"""What `make bench-seed` runs, in the order of its tables."""

from dataclasses import dataclass

ALL = ("row", "batch", "arrow", "native")
BOTH = ("records", "columns")


@dataclass(frozen=True)
class Case:
    """One line of the tables; its name is known to all peers."""

    name: str
    title: str
    rows: int
    # The guide's figure, ms.
    published: float | None = None
    # Sleep that nobody is spared, ms: the constructor that each run makes at least once.
    floor: float = 0
    daft: tuple = ALL
    ours: tuple = ("row", "batch", "native")
    hypernodes: bool = True
    boundaries: tuple = BOTH
    # Whether its first run in a process is measured too.
    cold: bool = False
    # Why it is as it is, where it falls short or where the figures need a word.
    why: str = ""


CLASS = {"daft": ("row", "batch"), "ours": ("row", "batch")}
ROW = {"daft": ("row",), "ours": ("row",)}

SLEEPS = (
    "nothing but sleep, so the number of rows in flight decides: one in Daft, two threads here, "
    "six in hypernodes, which hands every row of a plain node to a pool of threads"
)
SHARED = "the sleep is in everybody's figure and bounds the ratio"

CASES = [
    Case(
        "stateless",
        "constructor (10 ms) in every row",
        5000,
        62_340,
        **ROW,
        why=SLEEPS,
    ),
    Case(
        "stateless-wide",
        "the same, 64 rows in flight",
        5000,
        62_340,
        daft=(),
        ours=("row",),
        why="still nothing but sleep, 64 rows at once here (`maxConcurrency: 64, batchSize: "
        "1`), six in hypernodes, which has no option for it",
    ),
    Case(
        "stateful-made",
        "constructor (100 ms) once, in the run",
        5000,
        None,
        100,
        **CLASS,
        cold=True,
        why=SHARED,
    ),
    Case("stateful", "the same less the constructor", 5000, 1070, **CLASS),
    Case(
        "stateful-given",
        "model handed in as an input",
        5000,
        1070,
        **ROW,
        boundaries=("records",),
        why="the object goes through a Python column there, copied by pickling; here it is shared",
    ),
    Case("batch-128", "normalise, batch size 128", 50_000, 128.3),
    Case("batch-512", "normalise, batch size 512", 50_000, 87.1),
    Case("batch-1024", "normalise, batch size 1,024", 50_000, 79.8, cold=True),
    Case("batch-2048", "normalise, batch size 2,048", 50_000, 75.4),
    Case("batch-4096", "normalise, batch size 4,096", 50_000, 71.6),
    Case(
        "process-off",
        "count words, threads",
        3000,
        15.5,
        ours=("row",),
        cold=True,
        why="two thirds of our time are the closure itself, a loop over 2.4 MB of text",
    ),
    Case(
        "process-on",
        "count words, worker processes",
        3000,
        15.0,
        daft=("row", "batch"),
        ours=("row",),
        why="the workers are started for every run; the guide's figure is of a setting that "
        "reached nothing, and so is the 1.03x",
    ),
    Case(
        "concurrency-1",
        "strip and lower, concurrency 1",
        10_000,
        12.4,
        daft=("row", "batch", "native"),
    ),
    Case(
        "concurrency-2",
        "strip and lower, concurrency 2",
        10_000,
        12.1,
        daft=("row", "batch", "native"),
    ),
    Case(
        "concurrency-4",
        "strip and lower, concurrency 4",
        10_000,
        11.7,
        daft=("row", "batch", "native"),
        cold=True,
    ),
    Case(
        "concurrency-8",
        "strip and lower, concurrency 8",
        10_000,
        12.2,
        daft=("row", "batch", "native"),
    ),
    Case(
        "combined",
        "all options, constructor (200 ms)",
        10_000,
        None,
        200,
        daft=("row", "batch"),
        ours=("row",),
        cold=True,
        why=SHARED,
    ),
    Case("hierarchy-engine", "lower, batch size 2,048 for the engine", 5000),
    Case("hierarchy-node", "lower, batch size 512 for the node", 5000, cold=True),
    Case("text", "lower, texts of 17 bytes", 50_000, cold=True),
    Case("batch-udf", "strip and lower, default batches", 10_000, 13.5, cold=True),
    Case(
        "batch-udf-1",
        "strip and lower, one row per batch",
        10_000,
        108.6,
        daft=("row", "batch"),
        ours=("row", "batch"),
        boundaries=("records",),
    ),
    Case(
        "cumulative-1",
        "constructor (10 ms) in every row",
        5000,
        **ROW,
        boundaries=("records",),
        why=SLEEPS,
    ),
    Case(
        "cumulative-2",
        "+ state, one row at a time",
        5000,
        None,
        10,
        **ROW,
        boundaries=("records",),
        why=SHARED,
    ),
    Case(
        "cumulative-3",
        "+ batches",
        5000,
        None,
        10,
        daft=("batch",),
        ours=("row",),
        boundaries=("records",),
        why=SHARED,
    ),
    Case(
        "cumulative-4",
        "+ batch size 4,096",
        5000,
        None,
        10,
        daft=("batch",),
        ours=("row",),
        boundaries=("records",),
        why=SHARED,
    ),
    Case(
        "cumulative-5",
        "+ concurrency 4",
        5000,
        None,
        10,
        daft=("batch",),
        ours=("row",),
        boundaries=("records",),
        why=SHARED,
    ),
    Case(
        "cumulative-6",
        "+ worker processes",
        5000,
        None,
        10,
        daft=("batch",),
        ours=("row",),
        boundaries=("records",),
        why=SHARED,
    ),
]
