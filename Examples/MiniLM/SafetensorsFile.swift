import Foundation

/// A file of named tensors in the safetensors format, mapped into memory: the length of a JSON
/// header as 8 bytes, the header, and the numbers one tensor after the other.
///
/// Nothing in the file is trusted: each range and shape is checked before it is used.
package final class SafetensorsFile: Sendable {
  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    // swift-format-ignore: AlwaysUseLowerCamelCase
    var data_offsets: [Int]
  }

  /// A header entry that may be the metadata, which is text and not a tensor.
  private struct LossyEntry: Decodable {
    var entry: Entry?

    init(from decoder: any Decoder) throws { entry = try? Entry(from: decoder) }
  }

  /// The format's own limit; a real header has some kilobytes.
  private static let longestHeader = 100_000_000

  private let file: MappedFile
  private let entries: [String: Entry]
  /// Where the numbers begin.
  private let start: Int

  /// Maps a file and reads its header.
  ///
  /// - Throws: `ModelError` when it can't be read or is no safetensors file.
  package init(path: String) throws {
    file = try MappedFile(path: path)
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw ModelError("\(path) has \(bytes.count) bytes, too few for a safetensors file")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= Self.longestHeader, Int(length) <= bytes.count - 8 else {
      throw ModelError(
        "\(path) says that its header has \(length) bytes, of \(bytes.count) in the file: it is cut "
          + "off, or no safetensors file")
    }
    start = 8 + Int(length)
    do {
      let header = try JSONDecoder().decode([String: LossyEntry].self, from: Data(bytes[8..<start]))
      entries = header.compactMapValues(\.entry)
    } catch {
      throw ModelError("the header of \(path) is no JSON of tensors: \(error)")
    }
  }

  /// The numbers of a tensor of 32-bit floats, where they lie in the file; they are there as long as
  /// this object is.
  ///
  /// - Throws: `ModelError` when there is none of that name, shape and type, or when it lies outside
  ///   of the file.
  func floats(_ name: String, shape: [Int]) throws -> UnsafeBufferPointer<Float> {
    guard let entry = entries[name] else {
      throw ModelError("\(file.path) has no tensor \"\(name)\": is it another model's?")
    }
    guard entry.dtype == "F32", entry.shape == shape else {
      throw ModelError(
        "the tensor \"\(name)\" in \(file.path) is \(entry.dtype) \(entry.shape), not F32 \(shape): is it "
          + "another model's?")
    }
    let count = shape.reduce(1, *)
    let room = file.bytes.count - start
    guard entry.data_offsets.count == 2,
      case (let from, let to) = (entry.data_offsets[0], entry.data_offsets[1]),
      from >= 0, from <= to, to <= room, to - from == count * 4
    else {
      throw ModelError(
        "the tensor \"\(name)\" of \(count) numbers is said to be at bytes \(entry.data_offsets) of \(room) "
          + "in \(file.path): the file is damaged or cut off; fetch it again")
    }
    let place = UnsafeRawBufferPointer(rebasing: file.bytes[(start + from)..<(start + to)])
    guard let base = place.baseAddress, Int(bitPattern: base) % 4 == 0 else {
      throw ModelError(
        "the tensor \"\(name)\" in \(file.path) doesn't begin at a multiple of 4 bytes")
    }
    return UnsafeBufferPointer(start: base.assumingMemoryBound(to: Float.self), count: count)
  }
}
