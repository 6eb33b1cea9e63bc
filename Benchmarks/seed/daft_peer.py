"""The seed's tests written directly on Daft: row, batch and class functions, batches of Arrow
arrays, and expressions. Asked by driver.py; see workloads.py."""

import daft
import pyarrow.compute as pc
from daft import DataType, Series, col

from workloads import MEAN, STD, WORKLOADS, Model, clean, lower, normalize, serve, words

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
    whole = ARROW[clean]

    @daft.cls(**options)
    class Predictor:
        def __init__(self):
            self.model = Model(milliseconds)

        @daft.method(return_dtype=dtype)
        def row(self, text):
            return self.model.predict(text)

        @daft.method.batch(return_dtype=dtype, batch_size=batch_size)
        def batch(self, series: Series):
            return [self.model.predict(text) for text in series.to_pylist()]

        @daft.method.batch(return_dtype=dtype, batch_size=batch_size)
        def arrow(self, series: Series):
            return whole(series.to_arrow())

    return getattr(Predictor(), variant)(col("input"))


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


def expression(case, variant):
    name, _, number = case.rpartition("-")
    work = WORKLOADS[case][1]
    if case in ("stateless", "stateless-wide", "cumulative-1"):
        return stateless(variant)
    if case in ("stateful-given", "combined-given"):
        return given(variant)
    if case == "stateful":
        return stateful(variant, 0)
    if case == "stateful-made":
        return stateful(variant, 100)
    if case == "combined":
        return stateful(variant, 200, batch_size=1024, max_concurrency=4, use_process=True)
    if case == "process-on":
        return plain(work, variant, use_process=True)
    if case == "hierarchy-engine":  # Daft has no engine-wide batch size: said at the function
        return plain(work, variant, batch_size=2048)
    if case == "hierarchy-node":
        return plain(work, variant, batch_size=512)
    if name == "concurrency" and variant != "native":
        return stateful(variant, 0, max_concurrency=int(number))
    if name == "batch":
        return plain(work, variant, batch_size=int(number))
    if case == "batch-udf-1":
        return plain(work, variant, batch_size=1)
    if name == "cumulative":
        return stateful(
            "row" if number == "2" else variant,
            10,
            batch_size=4096 if number >= "4" else None,
            **({"max_concurrency": 4} if number >= "5" else {}),
            **({"use_process": True} if number >= "6" else {}),
        )
    return plain(work, variant)


def make(case, variant, boundary):
    inputs = {"input": WORKLOADS[case][0]()}
    if case.endswith("-given"):
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
