/// Makes Parquet files of one column by hand, also such as no writer makes.
struct MiniParquet {
  /// Thrift's compact protocol, as far as it is needed.
  struct Thrift {
    private(set) var bytes: [UInt8] = []
    private var last = [0]

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

    mutating func integer(_ id: Int, _ value: Int) {
      head(id, 6)
      number(value)
    }

    mutating func bool(_ id: Int, _ value: Bool) { head(id, value ? 1 : 2) }

    mutating func number(_ value: Int) {
      varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
    }

    mutating func text(_ id: Int, _ value: String) {
      head(id, 8)
      element(value)
    }

    mutating func element(_ value: String) {
      varint(UInt64(value.utf8.count))
      bytes += value.utf8
    }

    mutating func structure(_ id: Int, _ body: (inout Thrift) -> Void) {
      head(id, 12)
      element(body)
    }

    mutating func element(_ body: (inout Thrift) -> Void) {
      last.append(0)
      body(&self)
      bytes.append(0)
      last.removeLast()
    }

    mutating func list(_ id: Int, _ type: UInt8, _ count: Int) {
      head(id, 9)
      if count < 15 {
        bytes.append(UInt8(count) << 4 | type)
      } else {
        bytes.append(0xF0 | type)
        varint(UInt64(count))
      }
    }

    mutating func end() { bytes.append(0) }
  }

  var physical = 1
  /// Of values of fixed length.
  var typeLength: Int?
  /// The digits of a decimal.
  var decimal: (precision: Int, scale: Int)?
  /// 0 required, 1 optional, 2 repeated.
  var repetition = 1
  /// Whether the repetition is written as a truth value, as fastparquet does.
  var repetitionIsBool = false
  var codec = 0
  var rows = 1
  var values = 1
  var encoding = 0
  var levelEncoding = 3
  /// Said of the page; nil for what is true.
  var unpackedSize: Int?
  /// What stands in the page.
  var page: [UInt8] = []
  /// A dictionary page, and how many values it is said to have.
  var dictionary: (bytes: [UInt8], count: Int)?

  /// The file.
  var file: [UInt8] {
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
  static func run(_ value: UInt8, _ count: Int) -> [UInt8] {
    var (head, run) = (UInt64(count) << 1, [UInt8]())
    while head >= 0x80 {
      run.append(UInt8(truncatingIfNeeded: head) | 0x80)
      head >>= 7
    }
    run += [UInt8(head), value]
    return [UInt8(run.count), 0, 0, 0] + run
  }
}
