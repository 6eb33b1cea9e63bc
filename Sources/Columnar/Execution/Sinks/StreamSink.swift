import ColumnarCore

/// Hands batches in the order of the rows to whoever reads them, and waits for him.
package final class StreamSink: Sink {
  private let channel: StreamChannel

  /// A sink into `channel`, which the caller finishes.
  package init(_ channel: StreamChannel) { self.channel = channel }

  package func makeLocal() {}

  package func combine(_ local: consuming Void) {}

  package func consume(
    _ batch: Batch, _ position: BatchPosition, _ local: inout Void
  ) throws -> Flow {
    try channel.push(batch, sequence: position.sequence) ? .more : .done
  }

  package func endMorsel(_ position: BatchPosition, _ local: inout Void) {
    channel.end(position.sequence)
  }

  package func morselFailed(_ sequence: Int) { channel.fail(sequence) }

  package var isPatient: Bool { true }

  package var wantsMore: Bool { !channel.isAbandoned }
}
