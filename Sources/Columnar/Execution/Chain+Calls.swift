import ColumnarCore

/// Where a call goes in a chain.
extension Chain {
  /// The same chain with a call behind an exchange; behind the last one where it need not be cut
  /// anew.
  ///
  /// An exchange gives its jobs out in the order of the rows, so that one slow job of a function
  /// would keep all later ones from the next function. Two functions behind one exchange have no
  /// order between them: a job goes from one to the other at once, while its rows are in the cache.
  /// There are consumers for both, and each function lets in as many as it may have.
  func calling(
    _ call: CallOperator, behind exchange: ExchangeSpec, columns: [BoundColumn]
  ) -> Chain {
    var chain = self
    if let last = chain.segments.last, last.takes(exchange) {
      let count = chain.segments.count
      chain.segments[count - 1].exchange.slots += exchange.slots
      chain.segments[count - 1].operators = last.operators.map {
        ($0 as? CallOperator)?.bounded(to: last.exchange.slots) ?? $0
      }
      return chain.appending(call.bounded(to: exchange.slots), columns: columns)
    }
    chain.segments.append(Segment(exchange: exchange, operators: []))
    return chain.appending(call, columns: columns)
  }

  /// The same chain, if expressions that call functions are to follow, with the batches of each piece
  /// of a file shared out among the threads.
  ///
  /// A piece is read on one thread, and holds many batches: all of them, if the file is packed.
  func sharedOut(for exprs: [BoundExpr], _ configuration: EngineConfiguration) -> Chain {
    let readsFile = inputs.contains { input in
      let table = (input.source as? ScanSource)?.table
      return table is FileTable || table is ParquetTable
    }
    guard readsFile, segments.isEmpty, configuration.threads > 1, !configuration.isSequential,
      exprs.contains(where: \.containsCall)
    else { return self }
    return behindExchange(slots: configuration.threads)
  }
}

extension Chain.Segment {
  /// Whether the jobs behind this exchange are those that `other` would make.
  ///
  /// Where only one call may run at a time, batches come in order, and an exchange that is tuned
  /// measures one function.
  fileprivate func takes(_ other: ExchangeSpec) -> Bool {
    guard exchange.slots > 1, other.slots > 1, exchange.tuning == nil, other.tuning == nil else {
      return false
    }
    guard let cut = other.cut else {
      return operators.allSatisfy { $0.keepsRows || $0 is FilterOperator }
    }
    return exchange.cut?.isJust(cut.rows) == true && cut.isJust(cut.rows)
      && operators.allSatisfy(\.keepsRows)
  }
}

extension BatchCutter.Spec {
  /// Whether pieces have so many rows, and nothing else is asked of them.
  fileprivate func isJust(_ rows: Int?) -> Bool {
    rows != nil && self.rows == rows && bytes == nil && chosen == nil
  }
}
