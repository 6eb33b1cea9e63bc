extension Column {
  /// The rows of `runs`, in their order; absent ones give nulls.
  ///
  /// The runs are within the column. Cost: a memory copy per run, and nothing per row, where the
  /// rows have a fixed width and no nulls.
  package func taking(_ runs: borrowing RowRuns) -> Column {
    let count = runs.count
    switch encoding {
    case .constant:
      if !runs.hasAbsent { return .constant(storage.children[0], count: count) }
      return decoded().taking(runs)
    case .dictionary:
      return .dictionary(
        codes: copied(runs, width: 4), values: storage.children[0], validity: validity(of: runs),
        count: count)
    case .plain: break
    }
    if let width = type.physical.width {
      let values = copied(runs, width: width)
      let validity = validity(of: runs)
      guard type.physical == .bytes else {
        return Column(type: type, values: values, validity: validity, count: count)
      }
      return Column(
        type: type, views: values, blocks: storage.blocks, validity: validity, count: count)
    }
    return takingUnsized(runs)
  }

  /// Of a type whose rows have no width of their own.
  private func takingUnsized(_ runs: borrowing RowRuns) -> Column {
    let count = runs.count
    switch type.physical {
    case .list: return takingLists(runs)
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = type.kind else { return self }
      var elements = RowRuns()
      runs.forEachRun { run in
        if run.isAbsent {
          elements.append(absent: run.count * size)
        } else {
          elements.append(((offset + run.start) * size)..<((offset + run.start + run.count) * size))
        }
      }
      return Column(
        fixedSizeListOf: storage.children[0].taking(elements), size: size,
        validity: validity(of: runs), count: count)
    case .structure:
      var children: [Column] = []
      for child in structChildren { children.append(child.taking(runs)) }
      return Column(
        fields: type.fields ?? [], children: children, validity: validity(of: runs), count: count)
    case .bool:
      let source = bits
      var taken = BitmapBuilder(capacity: count)
      runs.forEachRun { run in
        if run.isAbsent {
          taken.append(repeating: false, count: run.count)
        } else {
          taken.append(source.slice(run.rows))
        }
      }
      return Column(bits: taken.finish(), validity: validity(of: runs))
    case .opaque:
      var objects: [any Sendable] = []
      objects.reserveCapacity(count)
      runs.forEachRun { run in
        if run.isAbsent {
          for _ in 0..<run.count { objects.append(Absent.value) }
        } else {
          objects += storage.objects[(offset + run.start)..<(offset + run.start + run.count)]
        }
      }
      return Column(
        storage: ColumnStorage(
          type: type, validity: validity(of: runs)?.compactBuffer, objects: objects),
        count: count)
    default: return .nulls(count)
    }
  }

  /// Lists by runs: those of a run lie side by side, and so do their elements, but for what stands
  /// under a null.
  private func takingLists(_ runs: borrowing RowRuns) -> Column {
    let lists = ListView(self)
    let validity = lists.validity
    var elements = RowRuns()
    var offsets = MutableBuffer(capacity: (runs.count + 1) * 8)
    offsets.append(Int64(0))
    runs.forEachRun { run in
      if run.isAbsent {
        for _ in 0..<run.count { offsets.append(Int64(elements.count)) }
        return
      }
      for row in run.rows {
        if validity?.isSet(row) ?? true { elements.append(lists.range(row)) }
        offsets.append(Int64(elements.count))
      }
    }
    return Column(
      listOf: lists.elements.taking(elements), offsets: offsets.freeze(),
      validity: self.validity(of: runs), count: runs.count)
  }

  /// The values of the runs' rows, `width` bytes each; zeros where rows are absent.
  private func copied(_ runs: borrowing RowRuns, width: Int) -> Buffer {
    let memory = MutableBuffer(count: runs.count * width)
    let source = storage.values.start + offset * width
    var target = memory.start
    runs.forEachRun { run in
      let length = run.count &* width
      if run.isAbsent {
        target.initializeMemory(as: UInt8.self, repeating: 0, count: length)
      } else {
        target.copyMemory(from: source + run.start &* width, byteCount: length)
      }
      target += length
    }
    return memory.freeze()
  }

  /// Validity of the runs' rows: that of the source, and not of absent rows.
  private func validity(of runs: borrowing RowRuns) -> Bitmap? {
    let source = validity
    guard source != nil || runs.hasAbsent else { return nil }
    var bits = BitmapBuilder(capacity: runs.count)
    runs.forEachRun { run in
      if run.isAbsent {
        bits.append(repeating: false, count: run.count)
      } else if let source {
        bits.append(source.slice(run.rows))
      } else {
        bits.append(repeating: true, count: run.count)
      }
    }
    return bits.clearCount == 0 ? nil : bits.finish()
  }
}
