import ColumnarCore
import Glibc

/// Writes batches as an Arrow file that appears under its name only when it is whole, or as a
/// stream into a descriptor.
///
/// Used by one thread at a time; several threads may make messages with `encoder` and hand them in
/// in order, where there are no dictionaries.
package final class ArrowWriter {
  private enum Output {
    case file(OutputFile)
    case descriptor(Int32, String)
  }

  /// Makes messages of batches.
  package let encoder: IPCEncoder
  private let output: Output
  private let format: ArrowWriteOptions.Format
  private var position = 0
  /// Where messages stand: offset, length of the metadata, length of the body.
  private var dictionaryBlocks: [Int64] = []
  private var batchBlocks: [Int64] = []
  /// One column written as codes.
  private struct Coder {
    let position: Int
    let id: Int64
    let coder: IPCDictionaryEncoder
    /// Whether its dictionary was begun.
    var isStarted = false
  }
  private var coders: [Coder]
  /// Small batches that wait to be written as one.
  private var waiting: [Batch] = []
  private var waitingRows = 0
  /// Fewer rows than this are not worth a message of their own.
  package static let smallBatch = 4096

  /// Starts a file at `path` (`-`: standard output); columns that cannot be written are an error
  /// before anything is made.
  package convenience init(
    path: String, schema: Schema, options: ArrowWriteOptions = ArrowWriteOptions()
  ) throws {
    let made = try Self.schema(schema, options)
    try self.init(made, .file(try OutputFile(path)), options)
  }

  /// Starts a stream into a descriptor, which stays the caller's to close; `name` is what errors
  /// call it.
  package convenience init(
    descriptor: Int32, name: String, schema: Schema,
    options: ArrowWriteOptions = ArrowWriteOptions(format: .stream)
  ) throws {
    try self.init(try Self.schema(schema, options), .descriptor(descriptor, name), options)
  }

  private static func schema(_ schema: Schema, _ options: ArrowWriteOptions) throws -> IPCSchema {
    // A codec that is not there is told before a file is made.
    _ = try IPCDeflater(options.compression)
    return try IPCSchema(
      schema, layout: options.layout, dictionaryColumns: options.dictionaryColumns)
  }

  private init(_ schema: IPCSchema, _ output: Output, _ options: ArrowWriteOptions) throws {
    encoder = IPCEncoder(schema, compression: options.compression)
    self.output = output
    format = options.format
    coders = schema.fields.enumerated().compactMap { position, field in
      field.codes.map {
        Coder(position: position, id: $0.id, coder: IPCDictionaryEncoder(field.dataType))
      }
    }
    if format == .file { try put(ArrowFileReader.magic + [0, 0]) }
    try put(IPCMessage.framed(schema.encoded(), offset: position))
  }

  /// Whether batches must be handed in as they are, because their codes follow from those before.
  package var needsBatches: Bool { !coders.isEmpty }

  /// Appends the rows of a batch.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ batch: Batch) throws {
    try guarding {
      guard batch.count < Self.smallBatch else {
        try flush()
        return try append(batch)
      }
      guard batch.count > 0 else { return }
      waiting.append(batch)
      waitingRows += batch.count
      if waitingRows >= 2 * Self.smallBatch { try flush() }
    }
  }

  /// Appends a message of `encoder`.
  package func write(_ encoded: EncodedBatch, _ message: Buffer) throws {
    try guarding {
      try flush()
      try append(encoded, message, to: &batchBlocks)
    }
  }

  /// Writes the rest, and makes a file appear.
  package func finish() throws {
    try guarding {
      try flush()
      try put(IPCMessage.end)
      if format == .file { try putFooter() }
    }
    if case .file(let file) = output { try file.commit() }
  }

  /// Gives a file up; nothing of it is left.
  package func discard() {
    if case .file(let file) = output { file.discard() }
  }

  private func guarding(_ body: () throws -> Void) throws {
    do { try body() } catch {
      discard()
      throw error
    }
  }

  private func flush() throws {
    guard !waiting.isEmpty else { return }
    let batch = Batch.concatenating(waiting, schema: encoder.schema.schema)
    waiting = []
    waitingRows = 0
    try append(batch)
  }

  private func append(_ batch: Batch) throws {
    var columns = batch.columns
    for k in coders.indices {
      let (codes, added) = coders[k].coder.encode(columns[coders[k].position])
      columns[coders[k].position] = codes
      guard added.count > 0 || !coders[k].isStarted else { continue }
      let encoded = try encoder.plan(
        dictionary: coders[k].id, values: added, isDelta: coders[k].isStarted)
      try append(encoded, encoded.message(), to: &dictionaryBlocks)
      coders[k].isStarted = true
    }
    try append(coded: Batch(unchecked: batch.schema, columns: columns, count: batch.count))
  }

  private func append(coded batch: Batch) throws {
    do {
      let encoded = try encoder.plan(batch)
      try append(encoded, encoded.message(), to: &batchBlocks)
    } catch let error as ColumnarError where error.code == .resourcesExhausted && batch.count > 1 {
      // Too much for 32-bit offsets: in halves it may fit.
      try append(coded: batch.slice(0..<(batch.count / 2)))
      try append(coded: batch.slice((batch.count / 2)..<batch.count))
    }
  }

  private func append(_ encoded: EncodedBatch, _ message: Buffer, to blocks: inout [Int64]) throws {
    blocks += [Int64(position), Int64(encoded.headSize), Int64(encoded.bodySize)]
    try message.withBytes { try put($0) }
  }

  private func putFooter() throws {
    let footer = FlatWriter.write(
      .table([
        .int16(4), encoder.schema.flat, .structs(dictionaryBlocks, size: 3),
        .structs(batchBlocks, size: 3),
      ]))
    let length = UInt32(truncatingIfNeeded: footer.count)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
    try put(footer + bytes + ArrowFileReader.magic)
  }

  private func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try put($0) } }

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    position += bytes.count
    switch output {
    case .file(let file): try file.write(bytes)
    case .descriptor(let descriptor, let name):
      var at = 0
      while at < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
        let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
        if written < 0 {
          if errno == EINTR { continue }
          throw MappedFile.systemError("cannot write", name)
        }
        at += written
      }
    }
  }
}
