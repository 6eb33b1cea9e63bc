import ColumnarCore
import ColumnarIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes what happens in runs to a file that Perfetto (ui.perfetto.dev) and Chrome's `about:tracing` open: a process per run, a
/// track per thread, a slice per batch.
///
/// The format is the array of the Trace Event Format. The file is whole after every run, and every 64 KB in between, so that
/// one of a program that was killed can be read too. Writing that fails (a full disk) ends the trace, not the run; `error`
/// tells.
public final class TraceFile: RunListener {
  private struct State {
    var text = ""
    var hasEvents = false
    var end: off_t = 0
    var runs: [Int: Duration] = [:]
    var error: ColumnarError?
  }

  public let detail: RunDetail
  private let path: String
  private let descriptor: Int32
  private let began = MonotonicClock.nanoseconds()
  private let state = Monitor(State())
  private static let flushedBytes = 1 << 16

  /// A trace in a new file at `path`; what stood there is replaced.
  public init(_ path: String, detail: RunDetail = .batches) throws {
    self.path = path
    self.detail = detail
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw MappedFile.systemError("cannot create", path) }
    state.withLock { flush(&$0) }
  }

  deinit {
    state.withLock { flush(&$0) }
    close(descriptor)
  }

  /// What went wrong with writing; nil if nothing did.
  public var error: ColumnarError? { state.withLock { $0.error } }

  public func receive(_ event: RunEvent) {
    state.withLock { state in
      if case .runStarted = event.kind {
        let now = Duration.passed(from: began, to: MonotonicClock.nanoseconds())
        state.runs[event.run] = now - event.time
      }
      add(event, &state)
      if case .runFinished = event.kind {
        state.runs[event.run] = nil
        flush(&state)
      } else if state.text.utf8.count >= Self.flushedBytes {
        flush(&state)
      }
    }
  }

  // MARK: Events

  private func add(_ event: RunEvent, _ state: inout State) {
    guard let slice = TraceSlice(event) else { return }
    let start = (state.runs[event.run] ?? .zero) + event.time
    for line in slice.lines(from: start) {
      state.text += (state.hasEvents ? ",\n" : "") + line
      state.hasEvents = true
    }
  }

  /// Appends what was noted, over the bracket that ended the file.
  private func flush(_ state: inout State) {
    guard state.error == nil else {
      state.text = ""
      return
    }
    var text = (state.end == 0 ? "[\n" : "") + state.text
    state.text = ""
    let length = text.utf8.count
    text += "\n]\n"
    let isWritten = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      var at = state.end
      while !rest.isEmpty {
        let sent = pwrite(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, at)
        if sent < 0, errno == EINTR { continue }
        if sent <= 0 { return false }
        at += off_t(sent)
        rest = rest.dropFirst(sent)
      }
      return true
    }
    guard isWritten else {
      state.error = MappedFile.systemError("cannot write the trace", path)
      // Of what was written halfway nothing counts.
      if ftruncate(descriptor, state.end) == 0 { _ = pwrite(descriptor, "\n]\n", 3, state.end) }
      return
    }
    state.end += off_t(length)
  }
}

/// An event as lines of the Trace Event Format.
private struct TraceSlice {
  private let event: RunEvent
  /// A slice so long, up to the event's time; nil: an instant.
  private var duration: Duration?
  private var name: String
  private var arguments: [(String, String)] = []

  init?(_ event: RunEvent) {
    self.event = event
    name = event.node ?? event.pipeline
    switch event.kind {
    case .nodeStarted, .nestedStarted, .nodeFinished: return nil
    case .runStarted(let items): arguments = items.map { [("items", "\($0)")] } ?? []
    case .runFinished(let error):
      duration = event.time
      arguments = error.map { [("error", JSONText.quoted($0.message))] } ?? []
    case .nestedFinished: return nil
    case .batchFinished(let batch):
      duration = batch.duration
      arguments = [("items", "\(batch.items)"), ("skipped", "\(batch.skipped)")]
    case .itemFinished(let item, let duration):
      self.duration = duration
      arguments =
        item.map { [("item", $0.elements.isEmpty ? "\($0)" : JSONText.quoted("\($0)"))] } ?? []
    case .cacheHit(let items):
      name += ": from the cache"
      arguments = [("items", "\(items)")]
    case .retried(let error):
      name += ": called again"
      arguments = error.map { [("error", JSONText.quoted($0))] } ?? []
    case .itemsFailed(let count, let error):
      name += ": failed"
      arguments = [("items", "\(count)"), ("error", JSONText.quoted(error.message))]
    case .failed(let error):
      name += ": failed"
      arguments = [("error", JSONText.quoted(error.message))]
    }
  }

  /// The lines of an event whose time since the trace began is `time`.
  func lines(from time: Duration) -> [String] {
    if case .runStarted = event.kind {
      return [
        line("M", [("name", "\"process_name\""), ("args", "{\"name\":\(JSONText.quoted(name))}")])
      ]
    }
    var fields = [("name", JSONText.quoted(name)), ("cat", "\"\(category)\"")]
    if let duration {
      fields += [("ts", Self.micros(time - duration)), ("dur", Self.micros(duration))]
    } else {
      fields += [("ts", Self.micros(time)), ("s", "\"t\"")]
    }
    let args = arguments.map { "\"\($0)\":\($1)" }.joined(separator: ",")
    return [line(duration == nil ? "i" : "X", fields + [("args", "{\(args)}")])]
  }

  private var category: String {
    switch event.kind {
    case .runFinished: "run"
    case .itemFinished: "item"
    case .batchFinished: "batch"
    default: "note"
    }
  }

  private func line(_ phase: String, _ fields: [(String, String)]) -> String {
    // A run has a track of its own above those of the threads.
    let track = if case .runFinished = event.kind { 0 } else { event.thread }
    let head = [("ph", "\"\(phase)\""), ("pid", "\(event.run)"), ("tid", "\(track)")]
    return "{" + (head + fields).map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func micros(_ duration: Duration) -> String {
    let nanoseconds = max(0, Int(duration / .nanoseconds(1)))
    let rest = "\(nanoseconds % 1_000)"
    return "\(nanoseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

/// Text as a string of JSON.
package enum JSONText {
  package static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
