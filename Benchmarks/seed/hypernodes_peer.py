"""The seed's tests on hypernodes with its DaftEngine, from lists to records: it has no other
boundary. Asked by driver.py; see workloads.py.

The guide's `stateful_params` and `daft_config` are keywords that no released `node` accepts. What
takes their place: the `stateful` class decorator and the engine's `default_daft_config`. Of the
latter a plain node heeds nothing, and a node with a stateful parameter heeds `max_concurrency` and
`use_process`; `batch_size` reaches neither.
"""

import hypernodes
from hypernodes import Pipeline, node
from hypernodes.integrations.daft import DaftEngine

from workloads import MEAN, STD, WORKLOADS, Model, clean, lower, normalize, serve, words

# Checkouts from before the decorator hand the object through a column, as the seed's day did.
stateful = getattr(hypernodes, "stateful", lambda kind: kind)
LazyModel = stateful(Model)


@node(output_name="result")
def clean_node(input: str) -> str:
    return input.strip().lower()


@node(output_name="result")
def lower_node(input: str) -> str:
    return input.lower()


@node(output_name="result")
def words_node(input: str) -> int:
    return len(input.split())


@node(output_name="result")
def normalize_node(input: float, mean: float, std: float) -> float:
    return (input - mean) / std


@node(output_name="result")
def stateless_node(input: str) -> str:
    return Model(10).predict(input)


@node(output_name="result")
def predict_node(input: str, model: Model) -> str:
    return model.predict(input)


# A worker process is started only for a node with a stateful parameter, so it is given one.
@node(output_name="result")
def words_in_process_node(input: str, model: Model) -> int:
    return len(input.split())


NODES = {clean: clean_node, lower: lower_node, words: words_node, normalize: normalize_node}

# How long the model takes to make, where there is one that each run makes.
MODELS = {"stateful": 0, "stateful-made": 100, "combined": 200, "process-on": 0}
MODELS |= {f"cumulative-{step}": 10 for step in range(2, 7)}

# What the engine is asked for, in so far as it may heed it.
CONFIGS = {
    "combined": {"batch_size": 1024, "max_concurrency": 4, "use_process": True},
    "process-on": {"use_process": True},
    "hierarchy-engine": {"batch_size": 2048},
    "hierarchy-node": {"batch_size": 512},
    "cumulative-4": {"batch_size": 4096},
    "cumulative-5": {"batch_size": 4096, "max_concurrency": 4},
    "cumulative-6": {"batch_size": 4096, "max_concurrency": 4, "use_process": True},
}
CONFIGS |= {f"batch-{size}": {"batch_size": size} for size in (128, 512, 1024, 2048, 4096)}
CONFIGS |= {f"concurrency-{width}": {"max_concurrency": width} for width in (1, 2, 4, 8)}

# Where the guide's `use_batch_udf` is left out or off.
ROW_WISE = {"batch-udf-1", "cumulative-1", "cumulative-2"}


def make(case, variant, boundary):
    if boundary != "records":
        raise ValueError("hypernodes goes from lists to records only")
    inputs, work = WORKLOADS[case]
    data = {"input": inputs()}
    engine = DaftEngine(
        use_batch_udf=case not in ROW_WISE, default_daft_config=CONFIGS.get(case, {})
    )
    if work is normalize:
        data |= {"mean": MEAN, "std": STD}
    if case.startswith("stateless") or case == "cumulative-1":
        chosen = stateless_node
    elif case == "process-on":
        chosen = words_in_process_node
    elif case in MODELS or case == "stateful-given":
        chosen = predict_node
    else:
        chosen = NODES[work]
    if case == "stateful-given":
        data["model"] = Model(100)
    pipeline = Pipeline(nodes=[chosen], engine=engine)

    def run():
        now = data
        if case in MODELS:
            now = data | {"model": LazyModel(MODELS[case])}
        return pipeline.map(inputs=now, map_over="input")

    return run, lambda records: [record["result"] for record in records]


serve(make)
