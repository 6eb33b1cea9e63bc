"""Makes JSON Lines, and compares ours with what Python's json, pyarrow, Polars and DuckDB read."""
import json, math, random, sys

def text(r):
    return "".join(r.choice("ab \"\\/\n\t\u00e9\u20ac\U0001F600{}[]:,") for _ in range(r.randrange(25)))

def number(r):
    return r.choice([0, -1, 2**53 + 1, -2**63, r.randrange(-1000, 1000)])

def double(r):
    return r.choice([0.5, -1e-300, 1e300, r.random(), r.gauss(0, 1e6), 3.0])

def row(r):
    out = {"i": number(r), "d": double(r), "b": r.random() < 0.5, "s": text(r),
           "l": [number(r) for _ in range(r.randrange(4))],
           "o": {"x": double(r), "y": {"z": text(r)}},
           "lo": [{"k": text(r), "v": [r.random()]} for _ in range(r.randrange(3))]}
    for key in list(out):
        dice = r.random()
        if dice < 0.1: out[key] = None
        elif dice < 0.2: del out[key]
    items = list(out.items())
    if r.random() < 0.3: r.shuffle(items)
    return dict(items)

def plain(value, like):
    """The value with the keys that are missing as None, as a column of structs has them."""
    if isinstance(like, dict) and value is not None:
        return {k: plain(value.get(k), v) for k, v in like.items()}
    if isinstance(like, list) and value is not None:
        return [plain(v, like[0]) for v in value]
    return value

LIKE = {"i": 0, "d": 0.0, "b": True, "s": "", "l": [0], "o": {"x": 0.0, "y": {"z": ""}},
        "lo": [{"k": "", "v": [0.0]}]}

def make(path, seed):
    r = random.Random(seed)
    with open(path, "w", encoding="utf-8", newline="") as out:
        for k in range(500):
            line = json.dumps(row(r), ensure_ascii=r.random() < 0.5,
                              separators=r.choice([(",", ":"), (", ", " : ")]))
            out.write(line + r.choice(["\n", "\r\n", "\n\n"]))

def rows(path):
    def refuse(name): raise ValueError(name)
    with open(path, encoding="utf-8", newline="\n") as file:
        return [plain(json.loads(line, parse_constant=refuse), LIKE) for line in file if line.strip()]

def compare(theirs, ours):
    wanted, got = rows(theirs), rows(ours)
    assert wanted == got, next((a, b) for a, b in zip(wanted, got) if a != b)
    # What others make of what we wrote.
    import pyarrow.json
    assert [plain(v, LIKE) for v in pyarrow.json.read_json(ours).to_pylist()] == wanted, "pyarrow"
    try:
        import polars
        assert polars.read_ndjson(ours, infer_schema_length=None).to_dicts() == wanted, "polars"
    except ImportError:
        pass
    try:
        import duckdb
        read = duckdb.sql(f"select * from read_json('{ours}', format='newline_delimited', sample_size=-1)")
        names = read.columns
        assert [plain(dict(zip(names, v)), LIKE) for v in read.fetchall()] == wanted, "duckdb"
    except ImportError:
        pass
    print("same")

def judge(path):
    """The numbers of the lines that are no JSON object, by the letter of the standard."""
    def refuse(name): raise ValueError(name)
    def pairs(items):
        for key, value in items:
            key.encode("utf-8")
            if isinstance(value, str): value.encode("utf-8")
        return dict(items)
    def check(value):
        if isinstance(value, str): value.encode("utf-8")
        elif isinstance(value, list):
            for v in value: check(v)
        elif isinstance(value, dict):
            for k, v in value.items(): check(k); check(v)
    bad = []
    with open(path, "rb") as file:
        for number, line in enumerate(file.read().split(b"\n"), 1):
            try:
                text = line.decode("utf-8")
                if not text.strip(" \t\r"): continue
                value = json.loads(text, parse_constant=refuse, object_pairs_hook=pairs)
                check(value)
                if not isinstance(value, dict): raise ValueError("no object")
            except (ValueError, RecursionError):
                bad.append(number)
    print(",".join(map(str, bad)))

if __name__ == "__main__":
    {"make": lambda: make(sys.argv[2], int(sys.argv[3])),
     "compare": lambda: compare(sys.argv[2], sys.argv[3]),
     "judge": lambda: judge(sys.argv[2])}[sys.argv[1]]()
