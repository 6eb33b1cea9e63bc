/// Makes Parquet files of one column by hand, also such as no writer makes.
package struct MiniParquet {
  /// Thrift's compact protocol, as far as it is needed.
  package struct Thrift {
    package private(set) var bytes: [UInt8] = []
    private var last = [0]

    package init() {}

    private mutating func varint(_ value: UInt64) {
      var value = value
      while value >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
        value >>= 7
      }
      bytes.append(UInt8(value))
    }

    private mutating func head(_ id: Int, _ type: UInt8) {
      bytes.append(UInt8(id - last[last.count - 1]) << 4 | type)
      last[last.count - 1] = id
    }

    package mutating func integer(_ id: Int, _ value: Int) {
      head(id, 6)
      number(value)
    }

    package mutating func bool(_ id: Int, _ value: Bool) { head(id, value ? 1 : 2) }

    package mutating func number(_ value: Int) {
      varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
    }

    package mutating func text(_ id: Int, _ value: String) {
      head(id, 8)
      element(value)
    }

    package mutating func element(_ value: String) {
      varint(UInt64(value.utf8.count))
      bytes += value.utf8
    }

    package mutating func structure(_ id: Int, _ body: (inout Thrift) -> Void) {
      head(id, 12)
      element(body)
    }

    package mutating func element(_ body: (inout Thrift) -> Void) {
      last.append(0)
      body(&self)
      bytes.append(0)
      last.removeLast()
    }

    package mutating func list(_ id: Int, _ type: UInt8, _ count: Int) {
      head(id, 9)
      if count < 15 {
        bytes.append(UInt8(count) << 4 | type)
      } else {
        bytes.append(0xF0 | type)
        varint(UInt64(count))
      }
    }

    package mutating func end() { bytes.append(0) }
  }

  package var physical = 1
  /// Of values of fixed length.
  package var typeLength: Int?
  /// The digits of a decimal.
  package var decimal: (precision: Int, scale: Int)?
  /// 0 required, 1 optional, 2 repeated.
  package var repetition = 1
  /// Whether the repetition is written as a truth value, as fastparquet does.
  package var repetitionIsBool = false
  package var codec = 0
  package var rows = 1
  package var values = 1
  package var encoding = 0
  package var levelEncoding = 3
  /// Said of the page; nil for what is true.
  package var unpackedSize: Int?
  /// What stands in the page.
  package var page: [UInt8] = []
  /// A dictionary page, and how many values it is said to have.
  package var dictionary: (bytes: [UInt8], count: Int)?

  package init(
    physical: Int = 1, repetition: Int = 1, repetitionIsBool: Bool = false, codec: Int = 0,
    rows: Int = 1, values: Int = 1,
    encoding: Int = 0, levelEncoding: Int = 3, unpackedSize: Int? = nil, page: [UInt8] = [],
    dictionary: (bytes: [UInt8], count: Int)? = nil
  ) {
    self.physical = physical
    self.repetition = repetition
    self.repetitionIsBool = repetitionIsBool
    self.codec = codec
    self.rows = rows
    self.values = values
    self.encoding = encoding
    self.levelEncoding = levelEncoding
    self.unpackedSize = unpackedSize
    self.page = page
    self.dictionary = dictionary
  }

  /// The file.
  package var file: [UInt8] {
    var bytes = Array("PAR1".utf8)
    if let dictionary {
      bytes += header(2, dictionary.bytes.count) { header in
        header.structure(7) {
          $0.integer(1, dictionary.count)
          $0.integer(2, 0)
        }
      }
      bytes += dictionary.bytes
    }
    let dataOffset = bytes.count
    bytes += header(0, page.count) { header in
      header.structure(5) {
        $0.integer(1, values)
        $0.integer(2, encoding)
        $0.integer(3, levelEncoding)
        $0.integer(4, levelEncoding)
      }
    }
    bytes += page
    let footer = footer(dataOffset, bytes.count - 4)
    bytes += footer
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
    return bytes + Array("PAR1".utf8)
  }

  private func header(_ kind: Int, _ size: Int, _ detail: (inout Thrift) -> Void) -> [UInt8] {
    var header = Thrift()
    header.integer(1, kind)
    header.integer(2, kind == 0 ? unpackedSize ?? size : size)
    header.integer(3, size)
    detail(&header)
    header.end()
    return header.bytes
  }

  private func footer(_ dataOffset: Int, _ size: Int) -> [UInt8] {
    var footer = Thrift()
    footer.integer(1, 1)
    footer.list(2, 12, 2)
    footer.element {
      $0.text(4, "schema")
      $0.integer(5, 1)
    }
    footer.element {
      $0.integer(1, physical)
      if let typeLength { $0.integer(2, typeLength) }
      if repetitionIsBool {
        $0.bool(3, repetition == 1)
      } else {
        $0.integer(3, repetition)
      }
      $0.text(4, "c")
      if let decimal {
        $0.integer(6, 5)
        $0.integer(7, decimal.scale)
        $0.integer(8, decimal.precision)
      }
    }
    footer.integer(3, rows)
    footer.list(4, 12, 1)
    footer.element { group in
      group.list(1, 12, 1)
      group.element { chunk in
        chunk.integer(2, 0)
        chunk.structure(3) {
          $0.integer(1, physical)
          $0.list(2, 5, 1)
          $0.number(encoding)
          $0.list(3, 8, 1)
          $0.element("c")
          $0.integer(4, codec)
          $0.integer(5, values)
          $0.integer(6, size)
          $0.integer(7, size)
          $0.integer(9, dataOffset)
          if dictionary != nil { $0.integer(11, 4) }
        }
      }
      group.integer(2, size)
      group.integer(3, rows)
    }
    footer.end()
    return footer.bytes
  }

  /// Levels as one run of equal values, behind their length.
  package static func run(_ value: UInt8, _ count: Int) -> [UInt8] {
    var (head, run) = (UInt64(count) << 1, [UInt8]())
    while head >= 0x80 {
      run.append(UInt8(truncatingIfNeeded: head) | 0x80)
      head >>= 7
    }
    run += [UInt8(head), value]
    return [UInt8(run.count), 0, 0, 0] + run
  }
}
