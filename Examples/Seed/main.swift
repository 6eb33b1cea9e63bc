// The guide's quick reference, run: the minimal example, the optimised one, and a benchmark of one's own.

let texts = (0..<10_000).map { "  Text NUMBER \($0)  " }

print("Minimal:", try Minimal.run(texts).prefix(2))
print("Optimized:", try Optimized.run(texts).prefix(2))
for line in try CustomBenchmark.run(texts) { print(line) }
