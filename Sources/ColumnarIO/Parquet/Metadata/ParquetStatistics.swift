import ColumnarCore

/// What a file says about the values of a column chunk, as it says it.
package struct ParquetStatistics: Sendable {
  /// Bounds of the values, in plain encoding without a length; not always themselves values.
  package var minimum: Buffer?
  package var maximum: Buffer?
  /// Bounds by signed comparison, of files from before 2017.
  var legacyMinimum: Buffer?
  var legacyMaximum: Buffer?
  package var nullCount: Int?
  package var nanCount: Int?

  init() {}

  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, id, type in
      switch id {
      case 1: legacyMaximum = try reader.binary(type)
      case 2: legacyMinimum = try reader.binary(type)
      case 3: nullCount = try reader.integer(type)
      case 5: maximum = try reader.binary(type)
      case 6: minimum = try reader.binary(type)
      case 9: nanCount = try reader.integer(type)
      default: return false
      }
      return true
    }
  }
}
