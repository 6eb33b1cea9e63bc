"""`make bench-seed`: the seed's tests here, on Daft and on hypernodes, in turns, on the same data.

Every side runs in a process of its own that is asked for one run at a time. Warm: each way to do a
test once, which is not counted, then all of them in turns, in another order each round. Cold: the
first run of a new process, which has its program, its libraries and its data ready. Every result
is compared with that of plain Python. Writes results/seed-peers.json, README.md and charts.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

import cases
import report
import workloads

HERE = pathlib.Path(__file__).resolve().parent
BENCHMARKS = HERE.parent
RESULTS = BENCHMARKS / "results" / "seed-peers.json"

ROUNDS = 7
# Rounds of what takes this many seconds or more.
FEWER = ((4.0, 2), (1.5, 3), (0.4, 5))
COLD_ROUNDS = 5

QUIET = {"DAFT_PROGRESS_BAR": "0", "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "1"}


class Peer:
    """One side's process."""

    def __init__(self, command, folder=HERE):
        # Worker processes of the peers look for the modules there too.
        environment = os.environ | QUIET | {"PYTHONPATH": f"{folder}{os.pathsep}{HERE}"}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def ask(self, case, variant, boundary):
        """The milliseconds of a run; its result must be the expected one."""
        self.process.stdin.write(f"{case} {variant} {boundary}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        milliseconds, _, digest = answer.partition(" ")
        if digest != expected(case):
            what = answer or "the process ended"
            raise RuntimeError(f"{case} {variant} {boundary}: {what[:400]}")
        return float(milliseconds)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def expected(case, known={}):
    if case not in known:
        known[case] = workloads.expected(case)
    return known[case]


def ways(case):
    """Side, variant and boundary of every way to do a test."""
    for boundary in case.boundaries:
        yield from (("ours", variant, boundary) for variant in case.ours)
        yield from (("daft", variant, boundary) for variant in case.daft)
    if case.hypernodes:
        yield ("hypernodes", "row", "records")


def rounds_for(seconds):
    return next((rounds for limit, rounds in FEWER if seconds >= limit), ROUNDS)


def warm(case, peers):
    """The times of every way to do a test, in turns."""
    times, wanted = {}, {}
    for way in ways(case):
        start = time.monotonic()
        try:
            peers[way[0]].ask(case.name, *way[1:])
        except RuntimeError as error:
            if way[0] == "ours":
                raise
            print(f"  {way[0]} left out: {error}", file=sys.stderr, flush=True)
            continue
        wanted[way] = rounds_for(time.monotonic() - start)
        times[way] = []
    order = random.Random(0)
    for round_ in range(ROUNDS):
        turn = [way for way in times if round_ < wanted[way]]
        order.shuffle(turn)
        for way in turn:
            times[way].append(peers[way[0]].ask(case.name, *way[1:]))
    return [line(way, "warm", taken) for way, taken in times.items()]


def cold(case, lines, commands):
    """The first run of new processes, in turns; from lists to records. Of Daft only what was
    quickest when warm, and of ours the row function."""
    records = [line for line in lines if line["boundary"] == "records"]
    daft = [line for line in records if line["side"] == "daft"]
    best = min(daft, key=lambda line: line["median"])["variant"] if daft else None
    chosen = [
        (line["side"], line["variant"], "records")
        for line in records
        if line["variant"] == (best if line["side"] == "daft" else "row")
    ]
    times = {way: [] for way in chosen}
    whole = {way: [] for way in chosen}
    for _ in range(COLD_ROUNDS):
        for way in chosen:
            start = time.monotonic()
            peer = Peer(*commands[way[0]])
            times[way].append(peer.ask(case.name, *way[1:]))
            whole[way].append((time.monotonic() - start) * 1e3)
            peer.close()
    return [
        line(way, "cold", taken) | {"whole": round(statistics.median(whole[way]), 4)}
        for way, taken in times.items()
    ]


def line(way, temperature, times):
    side, variant, boundary = way
    return {
        "side": side,
        "variant": variant,
        "boundary": boundary,
        "temperature": temperature,
        "runs": len(times),
        "median": round(statistics.median(times), 4),
        "min": round(min(times), 4),
        "max": round(max(times), 4),
    }


def versions(python, packages):
    """The versions that a Python has of its packages."""
    program = (
        "import platform\nfrom importlib.metadata import version, PackageNotFoundError\n"
        "print('python', platform.python_version())\n"
        f"for name in {packages!r}:\n"
        "    try: print(name, version(name))\n"
        "    except PackageNotFoundError: pass"
    )
    text = subprocess.run([python, "-c", program], capture_output=True, text=True).stdout
    return dict(part.split() for part in text.splitlines())


def machine():
    """Processor, cores, memory and system."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    processor = next(
        (row.split(":")[1].strip() for row in info.splitlines() if row.startswith("model name")),
        "unknown processor",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = subprocess.run(
        ["sh", "-c", ". /etc/os-release && echo $PRETTY_NAME"], capture_output=True, text=True
    ).stdout.strip()
    return f"{processor}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {system}"


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=BENCHMARKS)
    return done.stdout.strip().splitlines()[0] if done.stdout.strip() else "unknown"


def measure(arguments):
    """Everything, as it is written to the results."""
    checkout = arguments.hypernodes_checkout
    source = pathlib.Path(checkout) if checkout else None
    folder = source / "src" if source and (source / "src").is_dir() else source or HERE
    commands = {
        "ours": ([arguments.ours, "--serve-seed"],),
        "daft": ([arguments.daft_python, str(HERE / "daft_peer.py")],),
        "hypernodes": (
            [arguments.hypernodes_python, str(HERE / "hypernodes_peer.py")],
            folder,
        ),
    }
    result = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": machine(),
        "version": output("git", "describe", "--tags", "--always", "--dirty"),
        "swift": output(*arguments.swift.split(), "--version"),
        "daft": versions(arguments.daft_python, ["daft", "pyarrow"]),
        "hypernodes": versions(arguments.hypernodes_python, ["hypernodes", "daft", "pyarrow"])
        | ({"hypernodes": f"checkout {source.name}"} if checkout else {}),
        "load": round(os.getloadavg()[0], 2),
        "cases": [],
    }
    chosen = [case for case in cases.CASES if arguments.only in case.name]
    peers = {side: Peer(*command) for side, command in commands.items()}
    for case in chosen:
        print(f"  {case.name}", file=sys.stderr, flush=True)
        result["cases"].append({"case": case.name, "lines": warm(case, peers)})
    for peer in peers.values():
        peer.close()
    for case, entry in zip(chosen, result["cases"]):
        if case.cold:
            print(f"  {case.name}, cold", file=sys.stderr, flush=True)
            entry["lines"] += cold(case, entry["lines"], commands)
    return result


def main():
    parser = argparse.ArgumentParser(description="The seed's tests here and on its own systems.")
    parser.add_argument("--ours", help="the program columnar-bench")
    parser.add_argument("--daft-python", help="a Python with requirements-daft.txt")
    parser.add_argument("--hypernodes-python", help="a Python with requirements-hypernodes.txt")
    parser.add_argument("--hypernodes-checkout", help="a checkout to run in place of the package")
    parser.add_argument("--swift", default="swift", help="the Swift command")
    parser.add_argument("--only", default="", help="only cases with this in their names")
    parser.add_argument("--report", action="store_true", help="only write the page and the charts")
    arguments = parser.parse_args()
    if not arguments.report:
        start = time.monotonic()
        result = measure(arguments)
        if arguments.only:  # a part must not pass for the whole
            print(report.text(result))
            return
        result["seconds"] = round(time.monotonic() - start)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    result = json.loads(RESULTS.read_text())
    print(report.text(result))
    report.write(result, BENCHMARKS)


main()
