import ColumnarCore

/// The values that files have by the names of their folders: `year=2024/month=3/part.parquet`.
package struct HivePartitions: Sendable {
  /// What stands for null in such a name.
  private static let null = "__HIVE_DEFAULT_PARTITION__"

  /// A column per key, in the order of the folders.
  package let fields: [Field]
  /// For each file a column of one row per key.
  package let values: [[Column]]

  /// Takes the keys of all files, which must be the same, and finds types for them.
  package init(_ files: [FilePattern.Found], _ options: FileSetOptions) throws {
    let pairs = files.map { file in
      options.partitions == .none || (file.isNamed && options.partitions == .automatic)
        ? [] : file.folders.compactMap(Self.pair)
    }
    let keys = pairs.first?.map(\.key) ?? []
    for (file, pairs) in zip(files, pairs) where pairs.map(\.key) != keys {
      func shown(_ keys: [String]) -> String {
        keys.isEmpty ? "none" : keys.map { "\"\(MessageText.shown($0))\"" }.joined(separator: ", ")
      }
      throw ColumnarError(
        .typeMismatch,
        "Files of one table must lie in folders of the same keys, but \"\(files[0].path)\" has "
          + "\(shown(keys)) and \"\(file.path)\" has \(shown(pairs.map(\.key))). Scan them one by "
          + "one, or set partitions to .none.", context: [.file(file.path)])
    }
    if let key = keys.indices.first(where: { keys[..<$0].contains(keys[$0]) }) {
      throw ColumnarError(
        .duplicateName,
        "\"\(files[0].path)\" lies in two folders of key \"\(keys[key])\". Set partitions to .none, "
          + "or rename one.", context: [.file(files[0].path)])
    }
    if let unknown = options.partitionTypes.keys.sorted().first(where: { !keys.contains($0) }) {
      throw ColumnarError(
        .columnNotFound,
        "partitionTypes names \"\(unknown)\", but no folder is called \(unknown)=….")
    }
    var (fields, columns) = ([Field](), [Column]())
    for (k, key) in keys.enumerated() {
      let texts = Self.column(pairs.map { $0[k].value })
      let typed = try Self.typed(texts, key, options.partitionTypes[key])
      fields.append(Field(key, typed.type))
      columns.append(typed)
    }
    self.fields = fields
    values = files.indices.map { file in columns.map { $0.slice(file..<(file + 1)) } }
  }

  private static func column(_ texts: [String?]) -> Column {
    var builder = BytesBuilder(capacity: texts.count)
    for text in texts { builder.append(text) }
    return builder.finish(as: .string)
  }

  private static func typed(_ texts: Column, _ key: String, _ type: DataType?) throws -> Column {
    if let type {
      do { return try texts.cast(to: type, strict: true) } catch let error as ColumnarError {
        throw ColumnarError(
          error.code, "Folders named \"\(key)=…\": \(error.message)", context: error.context)
      }
    }
    guard texts.nullCount < texts.count else { return texts }
    for type in [DataType.int64, .date] {
      if let typed = try? texts.cast(to: type, strict: true) { return typed }
    }
    return texts
  }

  /// Key and value of a folder's name; nil if it is no such name.
  private static func pair(_ name: String) -> (key: String, value: String?)? {
    guard let sign = name.utf8.firstIndex(of: UInt8(ascii: "=")), sign > name.startIndex else {
      return nil
    }
    let value = String(decoding: name.utf8[name.utf8.index(after: sign)...], as: UTF8.self)
    return (
      unescaped(String(name[..<sign])), value == null || value.isEmpty ? nil : unescaped(value)
    )
  }

  /// Text with `%41` made `A`; what is no such code stays.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var (result, at) = ([UInt8](), 0)
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
        let high = digit(bytes[at + 1]), let low = digit(bytes[at + 2])
      {
        result.append(high << 4 | low)
        at += 3
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
