import ColumnarCore
import ColumnarIO

/// What footers say of each column over all row groups.
struct ParquetTotals {
  /// One column's parts, in the order of the row groups.
  private struct Total {
    let name: String
    var chunks: [ParquetChunkSummary]

    var type: DataType { chunks[0].type }
    /// Nil where one part does not say.
    var nulls: Int? {
      chunks.reduce(0 as Int?) { sum, chunk in
        sum.flatMap { sum in chunk.nulls.map { sum + $0 } }
      }
    }

    /// The bounds of those parts that hold values; none where one does not say, or where bounds of
    /// different types would have to be compared.
    var bounds: [(least: Column, greatest: Column)] {
      var found: [(least: Column, greatest: Column)] = []
      for chunk in chunks where chunk.rows > 0 && chunk.nulls != chunk.rows {
        guard chunk.type == type, let least = chunk.minimum, let greatest = chunk.maximum else {
          return []
        }
        found.append((least, greatest))
      }
      return found
    }

    func distinct(_ texts: (ParquetChunkSummary) -> [String]) -> String {
      var seen: [String] = []
      for text in chunks.flatMap(texts) where !seen.contains(text) { seen.append(text) }
      return seen.joined(separator: " ")
    }
  }

  private var totals: [Total] = []

  init(_ chunks: [ParquetChunkSummary]) {
    var places: [String: Int] = [:]
    for chunk in chunks {
      if let place = places[chunk.column] {
        totals[place].chunks.append(chunk)
      } else {
        places[chunk.column] = totals.count
        totals.append(Total(name: chunk.column, chunks: [chunk]))
      }
    }
  }

  /// A row per column.
  func frame() throws -> DataFrame {
    let bounds = try bounds()
    let types: [String] = totals.map { "\($0.type)" }
    let (least, greatest): ([String?], [String?]) = (bounds.map(\.least), bounds.map(\.greatest))
    let encodings: [String] = totals.map { $0.distinct { $0.encodings } }
    let codecs: [String] = totals.map { $0.distinct { [$0.codec] } }
    func sum(_ count: (ParquetChunkSummary) -> Int) -> [Int] {
      totals.map { $0.chunks.reduce(0) { $0 &+ count($1) } }
    }
    return try DataFrame([
      "column": totals.map(\.name), "type": types, "rows": sum(\.rows),
      "nulls": totals.map(\.nulls), "min": least, "max": greatest, "encodings": encodings,
      "codec": codecs, "compressed": sum(\.compressedSize),
      "uncompressed": sum(\.uncompressedSize),
    ])
  }

  /// The least and greatest values as text, all found by one query: a row for each row group.
  private func bounds() throws -> [(least: String?, greatest: String?)] {
    let bounds = totals.map(\.bounds)
    var (fields, aggregates) = ([Field](), [Expr]())
    for (k, found) in bounds.enumerated() where found.count > 1 {
      fields += [Field("a\(k)", totals[k].type), Field("z\(k)", totals[k].type)]
      aggregates += [col("a\(k)").min().as("a\(k)"), col("z\(k)").max().as("z\(k)")]
    }
    let one: [(least: String?, greatest: String?)] = bounds.map { found in
      found.count == 1 ? (found[0].least.text(at: 0), found[0].greatest.text(at: 0)) : (nil, nil)
    }
    guard !aggregates.isEmpty else { return one }
    let schema = try Schema(fields)
    let rows = bounds.map(\.count).max() ?? 0
    let batches = (0..<rows).map { row in
      let columns = bounds.enumerated().flatMap { k, found -> [Column] in
        if found.count < 2 { return [] }
        guard row < found.count else {
          return Array(repeating: .nulls(of: totals[k].type, count: 1), count: 2)
        }
        return [found[row].least, found[row].greatest]
      }
      return Batch(unchecked: schema, columns: columns, count: 1)
    }
    let result = try DataFrame(schema: schema, partitions: [batches]).lazy.select(aggregates)
      .collect()
    func text(_ name: String) throws -> String? {
      let column = try result.column(name)
      return column.isNull(0) ? nil : column.text(at: 0)
    }
    return try bounds.enumerated().map { k, found in
      found.count < 2 ? one[k] : (try text("a\(k)"), try text("z\(k)"))
    }
  }
}
