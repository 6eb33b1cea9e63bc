// Search in WordNet by meaning: `columnar-retrieval "a large feline"`.

import Foundation

do {
  let options = try CommandLineOptions(CommandLine.arguments.dropFirst())
  if let missing = ModelFolder.missing { throw RetrievalError(missing) }
  if let count = options.measured {
    try Measurement(count: count).run(printingTexts: options.printsTexts)
    exit(0)
  }
  let corpus = try Corpus.loaded(limit: options.limit)
  for query in options.queries {
    let start = ContinuousClock.now
    let found = try corpus.nearest(to: query, count: options.count)
    print("\(query): \(ContinuousClock.now - start)")
    print(found)
  }
} catch {
  FileHandle.standardError.write(Data("columnar-retrieval: \(error)\n".utf8))
  exit(1)
}
