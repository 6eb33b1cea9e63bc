#!/usr/bin/env python3
"""Glosses a second through our pipeline and through onnxruntime, in turns on the same machine.

    make model && swift build -c release --product columnar-retrieval
    pip install numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0 tokenizers==0.23.3
    python3 scripts/compare-retrieval.py [GLOSSES] [ROUNDS]

Both begin with text and end with vectors, and have as many threads as there are cores. The peer has
the graph that onnxruntime's own optimiser makes of a BERT (Attention, SkipLayerNormalization,
BiasGelu), Hugging Face's tokenizer, and batches of 64: of texts sorted by length, so that
little is padded, and of texts as they come.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy
import onnx
import onnxruntime
import tokenizers
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = ROOT / ".models/all-MiniLM-L6-v2"
OURS = ROOT / ".build/release/columnar-retrieval"
BATCH = 64
THREADS = os.cpu_count()

import importlib.util
spec = importlib.util.spec_from_file_location("golden", ROOT / "scripts/make-embedding-golden.py")
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)
W = {name: array.astype(numpy.float32) for name, array in golden.W.items()}


def graph():
    nodes, weights = [], []

    def weight(name, array):
        weights.append(numpy_helper.from_array(numpy.ascontiguousarray(array), name))
        return name

    def add(op, inputs, outputs, domain="", **attributes):
        nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))

    ms = "com.microsoft"
    e = "embeddings."
    add("EmbedLayerNormalization",
        ["ids", "segments", weight("word", W[e + "word_embeddings.weight"]),
         weight("position", W[e + "position_embeddings.weight"]),
         weight("kind", W[e + "token_type_embeddings.weight"]),
         weight("eg", W[e + "LayerNorm.weight"]), weight("eb", W[e + "LayerNorm.bias"])],
        ["x0", "unused"], ms, epsilon=1e-12)
    for i in range(6):
        p = f"encoder.layer.{i}."
        a = p + "attention.self."
        parts = ("query", "key", "value")
        qkv = numpy.concatenate([W[a + part + ".weight"] for part in parts]).T
        bias = numpy.concatenate([W[a + part + ".bias"] for part in parts])
        add("Attention", [f"x{i}", weight(f"qkv{i}", qkv), weight(f"qkvb{i}", bias), "mask"], [f"c{i}"], ms,
            num_heads=12)
        add("MatMul", [f"c{i}", weight(f"o{i}", W[p + "attention.output.dense.weight"].T)], [f"d{i}"])
        add("SkipLayerNormalization",
            [f"d{i}", f"x{i}", weight(f"g1{i}", W[p + "attention.output.LayerNorm.weight"]),
             weight(f"b1{i}", W[p + "attention.output.LayerNorm.bias"]),
             weight(f"ob{i}", W[p + "attention.output.dense.bias"])], [f"y{i}"], ms, epsilon=1e-12)
        add("MatMul", [f"y{i}", weight(f"w{i}", W[p + "intermediate.dense.weight"].T)], [f"h{i}"])
        add("BiasGelu", [f"h{i}", weight(f"wb{i}", W[p + "intermediate.dense.bias"])], [f"g{i}"], ms)
        add("MatMul", [f"g{i}", weight(f"n{i}", W[p + "output.dense.weight"].T)], [f"e{i}"])
        add("SkipLayerNormalization",
            [f"e{i}", f"y{i}", weight(f"g2{i}", W[p + "output.LayerNorm.weight"]),
             weight(f"b2{i}", W[p + "output.LayerNorm.bias"]),
             weight(f"nb{i}", W[p + "output.dense.bias"])], [f"x{i + 1}"], ms, epsilon=1e-12)
    ids = [helper.make_tensor_value_info(name, TensorProto.INT32, ["b", "s"])
           for name in ("ids", "segments", "mask")]
    out = helper.make_tensor_value_info("x6", TensorProto.FLOAT, ["b", "s", 384])
    model = helper.make_model(
        helper.make_graph(nodes, "minilm", ids, [out], weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(ms, 1)])
    model.ir_version = 9
    return model.SerializeToString()


class Peer:
    def __init__(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        self.session = onnxruntime.InferenceSession(graph(), options, providers=["CPUExecutionProvider"])
        self.tokenizer = tokenizers.Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def embed(self, texts, sort):
        encoded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i])) if sort else range(len(texts))
        order = list(order)
        result = numpy.empty((len(texts), 384), numpy.float32)
        for start in range(0, len(order), BATCH):
            part = order[start:start + BATCH]
            length = max(len(encoded[i]) for i in part)
            ids = numpy.zeros((len(part), length), numpy.int32)
            mask = numpy.zeros((len(part), length), numpy.int32)
            for row, i in enumerate(part):
                ids[row, :len(encoded[i])] = encoded[i]
                mask[row, :len(encoded[i])] = 1
            x = self.session.run(None, {"ids": ids, "mask": mask, "segments": numpy.zeros_like(ids)})[0]
            mean = numpy.einsum("bsd,bs->bd", x, mask.astype(numpy.float32)) / mask.sum(1, keepdims=True)
            result[part] = mean / numpy.linalg.norm(mean, axis=1, keepdims=True)
        return result


def ours(count, output=None):
    command = [OURS, "--measure", str(count)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(line.split(": ") for line in text.splitlines())


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8192
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    peer = Peer()
    for case in __import__("json").loads(golden.OUT.read_text()):
        vector = peer.embed([case["text"]], True)[0]
        difference = abs(vector - numpy.array(case["embedding"])).max()
        assert difference < 1e-4, (case["text"], difference)
    texts = subprocess.run(
        [OURS, "--measure", str(count), "--print-texts"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(texts) == count
    peer.embed(texts[:512], True)
    times = {"ours": [], "onnxruntime, sorted by length": [], "onnxruntime, as they come": []}
    for _ in range(rounds):
        said = ours(count)
        times["ours"].append(float(said["seconds"]))
        for name, sort in (("onnxruntime, sorted by length", True), ("onnxruntime, as they come", False)):
            start = time.perf_counter()
            peer.embed(texts, sort)
            times[name].append(time.perf_counter() - start)
    flops = float(said["flops"])
    base = statistics.median(times["ours"])
    print(f"{count} glosses, {said['tokens']} tokens, {THREADS} threads, {said['instructions']}, "
          f"median of {rounds}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:32} {count / median:7.0f}/s  {flops / median / 1e9:6.1f} GFLOP/s  "
              f"{median / base:5.2f} x ours  ({min(seconds):.2f} to {max(seconds):.2f} s)")


main()
