// The snippets of docs/optimization-guide.md, run: `swift run -c release columnar-seed`.

import Pipelines

let (parsing, embed) = (try ProcessIsolation.pipeline(), try Combined.pipeline())

// snippet: serve
Worker.serveIfAsked(parsing, embed)  // at the top of main
// snippet end

let texts = (0..<10_000).map { "  Text NUMBER \($0)  " }

print("1. State:", try StatefulParameters.solution(texts, on: .columnar).count, "vectors")
print("4. In worker processes:", try ProcessIsolation.run(texts).prefix(3), "words")
print("5. Everything at once:", try Combined.run(texts).count, "vectors")
print("6. Who decides:")
_ = try Hierarchy.explained()
print("7. Advice:")
_ = try DecisionTree.run(texts)
print("8. A benchmark:")
for line in try CustomBenchmark.run(texts) { print(line) }
print("9. Pitfalls:")
for warning in try Pitfalls.warnings(texts) { print(warning) }
print("10. Minimal:", try Minimal.run(texts).prefix(2))
print("10. Optimized:", try Optimized.run(texts).count, "vectors")
