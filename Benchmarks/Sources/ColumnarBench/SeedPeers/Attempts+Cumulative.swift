import Columnar

private let hellos: @Sendable () -> [String] = { Texts.hello(5_000) }

private func step(_ options: UDFOptions) -> AttemptMaker {
  let make = stateful(hellos, milliseconds: 10, options)
  return { variant, isRecords in variant == "row" ? try make(variant, isRecords) : nil }
}

/// The seed's options one after the other, on 5,000 texts and a model that takes 10 ms to make.
let cumulativeAttempts: [String: AttemptMaker] = [
  "cumulative-1": stateless(UDFOptions(batchSize: 1)),
  "cumulative-2": step(UDFOptions(batchSize: 1)),
  "cumulative-3": step(UDFOptions()),
  "cumulative-4": step(UDFOptions(batchSize: 4096)),
  "cumulative-5": step(UDFOptions(batchSize: 4096, maxConcurrency: 4)),
  "cumulative-6": oneFunction(hellos, IsolatedFunctions.predictSoon),
]
