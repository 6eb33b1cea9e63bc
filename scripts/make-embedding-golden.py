#!/usr/bin/env python3
"""Writes what the examples' sentence encoder is tested against: token ids by Hugging Face's
tokenizer, and embeddings by the forward pass below, in float64 numpy, from the same weights.

    make model
    pip install numpy==2.4.6 tokenizers==0.23.3 && python3 scripts/make-embedding-golden.py
"""

import json
import math
import pathlib

import numpy
import tokenizers

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = ROOT / ".models/all-MiniLM-L6-v2"
OUT = ROOT / "Tests/ExamplesTests/MiniLM/embeddings.golden.json"

TEXTS = [
    "", " \t\n", "hello world", "a large feline", "Hello, WORLD!", "a plant or animal that is atypically small",
    "an unusually small organism", "Café déjà-vu naïve", "e\u0301 \u0301 ÅÄÖ ẞ İstanbul", "😀 👍🏽 👨‍👩‍👧 🇩🇪",
    "漢字かな交じり文 中文 text", "Москва Ёлка Ελλάδα", "مُحَمَّد العربية שָׁלוֹם", "don't can't 3.14 $5 50%",
    "null\x00byte\x07bell\ufffd zero\u200bwidth", "a" * 101, "x", "?!" * 20,
    "the quick brown fox jumps over the lazy dog. " * 12, "very long text of many words, " * 200,
]


def tensors():
    data = (MODEL / "model.safetensors").read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)

    def array(entry):
        start, end = entry["data_offsets"]
        raw = numpy.frombuffer(data[8 + size + start:8 + size + end], "<f4")
        return raw.reshape(entry["shape"]).astype(numpy.float64)

    return {name: array(entry) for name, entry in header.items() if entry["dtype"] == "F32"}


W = tensors()
erf = numpy.vectorize(math.erf)


def linear(x, name):
    return x @ W[name + ".weight"].T + W[name + ".bias"]


def norm(x, name):
    centred = x - x.mean(-1, keepdims=True)
    return centred / numpy.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-12) * W[name + ".weight"] \
        + W[name + ".bias"]


def heads(x):
    return x.reshape(len(x), 12, 32).transpose(1, 0, 2)


def embed(ids):
    e = "embeddings."
    x = W[e + "word_embeddings.weight"][ids] + W[e + "position_embeddings.weight"][:len(ids)] \
        + W[e + "token_type_embeddings.weight"][0]
    x = norm(x, e + "LayerNorm")
    for layer in range(6):
        p = f"encoder.layer.{layer}."
        q, k, v = (heads(linear(x, p + "attention.self." + part)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(32)
        shares = numpy.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        context = (shares @ v).transpose(1, 0, 2).reshape(len(x), 384)
        x = norm(x + linear(context, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        inner = linear(x, p + "intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        x = norm(x + linear(inner, p + "output.dense"), p + "output.LayerNorm")
    mean = x.mean(0)
    return mean / numpy.linalg.norm(mean)


if __name__ == "__main__":
    tokenizer = tokenizers.Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    cases = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        vector = [round(float(x), 7) for x in embed(ids)]
        cases.append({"text": text, "ids": ids, "embedding": vector})
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    OUT.write_text(f"[\n{lines}\n]\n")
