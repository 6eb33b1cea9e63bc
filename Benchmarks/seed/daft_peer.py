"""The seed's tests written directly on Daft: row, batch and class functions, batches of Arrow
arrays, and expressions. Asked by driver.py; see workloads.py."""

import daft
import pyarrow.compute as pc
from daft import DataType, Series, col

from workloads import (
    MEAN,
    SCALES,
    STD,
    WORKLOADS,
    Model,
    clean,
    lower,
    normalize,
    serve,
    words,
)

TYPES = {
    clean: (DataType.string(), str),
    lower: (DataType.string(), str),
    words: (DataType.int64(), int),
    normalize: (DataType.float64(), float),
}

# The same work on whole Arrow arrays.
ARROW = {
    clean: lambda texts: pc.utf8_lower(pc.utf8_trim_whitespace(texts)),
    lower: pc.utf8_lower,
    words: lambda texts: pc.list_value_length(pc.utf8_split_whitespace(texts)).cast("int64"),
    normalize: lambda values: pc.divide(pc.subtract(values.cast("float64"), MEAN), STD),
}

# The same work without a function of ours.
NATIVE = {
    clean: lambda text: text.strip().lower(),
    lower: lambda text: text.lower(),
    words: lambda text: text.split(" ").length().cast(DataType.int64()),
    normalize: lambda value: (value - MEAN) / STD,
}


def plain(work, variant, batch_size=None, use_process=None):
    """A function or expression without state."""
    dtype, _ = TYPES[work]
    if variant == "native":
        return NATIVE[work](col("input"))
    if variant == "row":
        return daft.func(work, return_dtype=dtype, use_process=use_process)(col("input"))
    whole = ARROW[work]

    @daft.func.batch(return_dtype=dtype, batch_size=batch_size, use_process=use_process)
    def lists(series: Series):
        return [work(value) for value in series.to_pylist()]

    @daft.func.batch(return_dtype=dtype, batch_size=batch_size, use_process=use_process)
    def arrays(series: Series):
        return whole(series.to_arrow())

    return {"batch": lists, "arrow": arrays}[variant](col("input"))


def stateful(variant, milliseconds, batch_size=None, **options):
    """A class whose instances hold a model that takes so long to make."""
    dtype = DataType.string()

    @daft.cls(**options)
    class Rows:
        def __init__(self):
            self.model = Model(milliseconds)

        @daft.method(return_dtype=dtype)
        def predict(self, text):
            return self.model.predict(text)

    @daft.cls(**options)
    class Batches:
        def __init__(self):
            self.model = Model(milliseconds)

        @daft.method.batch(return_dtype=dtype, batch_size=batch_size)
        def predict(self, series: Series):
            return [self.model.predict(text) for text in series.to_pylist()]

    return {"row": Rows, "batch": Batches}[variant]().predict(col("input"))


def stateless(variant):
    """A model of 10 ms for every row."""
    if variant != "row":
        raise ValueError("there are only rows")
    function = daft.func(lambda text: Model(10).predict(text), return_dtype=DataType.string())
    return function(col("input"))


def given(variant):
    """A model made before the run, in a column of its own beside the texts."""
    if variant != "row":
        raise ValueError("there are only rows")
    function = daft.func(lambda text, model: model.predict(text), return_dtype=DataType.string())
    return function(col("input"), col("model"))


# What is asked of the class of each case that has one: how long its model takes to make, and
# Daft's options.
CLASSES = {
    "stateful": {"milliseconds": 0},
    "stateful-made": {"milliseconds": 100},
    "combined": {
        "milliseconds": 200,
        "batch_size": 1024,
        "max_concurrency": 4,
        "use_process": True,
    },
    "cumulative-2": {"milliseconds": 10},
    "cumulative-3": {"milliseconds": 10},
    "cumulative-4": {"milliseconds": 10, "batch_size": 4096},
    "cumulative-5": {"milliseconds": 10, "batch_size": 4096, "max_concurrency": 4},
    "cumulative-6": {
        "milliseconds": 10,
        "batch_size": 4096,
        "max_concurrency": 4,
        "use_process": True,
    },
}
CLASSES |= {f"concurrency-{n}": {"milliseconds": 0, "max_concurrency": n} for n in (1, 2, 4, 8)}

# What is asked of the function of each case that has one. Daft has no options for a whole engine:
# those of "hierarchy-engine" are said at the function.
FUNCTIONS = {
    "process-on": {"use_process": True},
    "hierarchy-engine": {"batch_size": 2048},
    "hierarchy-node": {"batch_size": 512},
    "batch-udf-1": {"batch_size": 1},
}
FUNCTIONS |= {f"batch-{size}": {"batch_size": size} for size in (128, 512, 1024, 2048, 4096)}


def expression(case, variant):
    if case in SCALES:
        return stateless(variant)
    if case == "stateful-given":
        return given(variant)
    if case in CLASSES and variant != "native":
        return stateful(variant, **CLASSES[case])
    return plain(WORKLOADS[case][1], variant, **FUNCTIONS.get(case, {}))


def make(case, variant, boundary):
    inputs = {"input": WORKLOADS[case][0]()}
    if case == "stateful-given":
        inputs["model"] = [Model(100)] * len(inputs["input"])

    # A class function is built for every run: its instances may outlive one.
    def select(frame):
        return frame.select(expression(case, variant).alias("result"))

    if boundary == "records":
        return (
            lambda: select(daft.from_pydict(inputs)).to_pylist(),
            lambda records: [record["result"] for record in records],
        )
    frame = daft.from_pydict(inputs).collect()
    return lambda: select(frame).collect(), lambda result: result.to_pydict()["result"]


serve(make)
