import ColumnarCore

/// Chooses, while a function runs, how many rows its calls take and how many are in flight.
///
/// A value without a clock: it is told what calls took. Calls that compute get one thread per core;
/// calls that wait get as many as keep the cores busy, fewer again where more of them only wait
/// longer. A unit of work is so long that handing it over costs little, and so short that threads
/// end together and a heavy row holds nothing up.
package struct CallTuner: Sendable {
  /// What is decided elsewhere.
  package struct Limits: Sendable {
    /// The rows of every call, where someone said so.
    package var rows: Int?
    /// The calls in flight, where someone said so.
    package var slots: Int?
    package var cores: Int
    /// Whether rows are handed to one call, whose cost besides its rows counts.
    package var isBatch: Bool

    package init(rows: Int? = nil, slots: Int? = nil, cores: Int, isBatch: Bool) {
      (self.rows, self.slots, self.cores, self.isBatch) = (rows, slots, max(1, cores), isBatch)
    }
  }

  /// What earlier calls came to, by which later ones start.
  package struct Learned: Sendable {
    /// The nanoseconds of a row, and of a call besides.
    package var perRow: Double
    package var perCall: Double
    /// The part of the time that is spent waiting.
    package var waiting: Double
    package var rows: Int
    package var slots: Int

    package init(perRow: Double, perCall: Double, waiting: Double, rows: Int, slots: Int) {
      self.perRow = perRow
      self.perCall = perCall
      self.waiting = waiting
      self.rows = rows
      self.slots = slots
    }

    /// Whether calls are best made where their rows are: handing over such cheap rows gains nothing.
    package var isCheap: Bool { waiting < 0.3 && perRow < 3_000 && perCall < perRow * 400 }
  }

  /// The nanoseconds of a unit of work.
  package static let unit = 2_000_000.0
  /// The most calls in flight that wait on threads.
  package static let mostSlots = 64
  /// The most rows of a unit of work.
  package static let mostRows = 65_536
  /// How much of a batch's time its call may cost.
  private static let callShare = 0.03

  package let limits: Limits
  /// The rows that the next call should take.
  package private(set) var rows: Int
  /// The calls that may be in flight.
  package private(set) var slots: Int
  /// Counts the changes of `slots`: calls that began before the last one tell nothing of it.
  package private(set) var epoch = 0

  /// What was measured since the last change of `slots`; older calls count less.
  private var recent = Sums()
  /// What a row took when as many calls were in flight as there are cores.
  private var baseline: Double?
  /// By the power of two of their rows: what batches took.
  private var sizes: [Int: Sums] = [:]
  private var isSettled = false

  private struct Sums {
    var calls = 0.0
    var rows = 0.0
    var time = WorkTime()

    mutating func add(_ count: Int, _ time: WorkTime, keeping share: Double) {
      let time = time.own
      calls = calls * share + 1
      rows = rows * share + Double(count)
      self.time.wall = self.time.wall * share + time.wall
      self.time.computing = self.time.computing * share + time.computing
      self.time.waits = time.waits + (self.time.waits > 0 ? 1 : 0)
    }
  }

  /// A tuner that starts small, or with what was learned.
  package init(_ limits: Limits, learned: Learned? = nil) {
    self.limits = limits
    rows = limits.rows ?? learned?.rows ?? 16
    slots = limits.slots ?? learned?.slots ?? limits.cores
  }

  /// What can be kept for the next run; nil if nothing was measured.
  package var learned: Learned? {
    guard recent.rows > 0 else { return nil }
    let cost = self.cost
    return Learned(
      perRow: cost.perRow, perCall: cost.perCall, waiting: recent.time.waitingShare, rows: rows,
      slots: slots)
  }

  /// A call of so many rows that began in `epoch` has ended.
  package mutating func record(rows count: Int, _ time: WorkTime, epoch: Int) {
    guard count > 0 else { return }
    sizes[Self.power(count), default: Sums()].add(count, time, keeping: 0.8)
    guard epoch == self.epoch else { return }
    recent.add(count, time, keeping: 0.9)
    if limits.slots == nil { tuneSlots() }
    if limits.rows == nil { tuneRows() }
  }

  // MARK: Concurrency

  private mutating func tuneSlots() {
    let waiting = recent.time.waitingShare
    let perRow = recent.time.wall / recent.rows
    if slots <= limits.cores {
      guard waiting >= 0.3, recent.time.wall >= 200_000 || recent.calls >= 4 else { return }
      baseline = perRow
      // Threads that wait leave their core to others.
      let wanted = Int(Double(limits.cores) / max(0.001, 1 - waiting))
      if !isSettled { change(to: min(Self.mostSlots, max(2 * limits.cores, wanted))) }
      return
    }
    // Enough calls must have been made side by side.
    guard recent.calls >= min(8, Double(slots) / 2) else { return }
    if waiting < 0.2 {
      isSettled = true
      change(to: limits.cores)
    } else if let baseline, baseline > 0, !isSettled {
      // So many times longer, so many times too many: a service that takes just some calls at once.
      let growth = perRow / baseline
      isSettled = true
      if growth > 1.8 { change(to: max(limits.cores, Int(Double(slots) / growth * 1.25))) }
    }
  }

  private mutating func change(to count: Int) {
    guard count != slots else { return }
    slots = count
    epoch += 1
    recent = Sums()
  }

  // MARK: Rows

  private mutating func tuneRows() {
    let cost = self.cost
    var wanted = Self.unit / max(0.5, cost.perRow)
    if limits.isBatch {
      let most = 50 * Self.unit / max(0.5, cost.perRow)
      let needed = cost.perCall * (1 - Self.callShare) / Self.callShare / max(0.5, cost.perRow)
      wanted = max(wanted, min(needed, most))
      // One size tells nothing of what a call costs besides its rows.
      if sizes.count == 1, recent.time.wall / max(1, recent.calls) < 10 * Self.unit {
        wanted = max(wanted, Double(rows) * 8)
      }
    }
    rows = max(1, min(Self.mostRows, min(rows * 8, Int(min(wanted, 1e9)))))
  }

  /// What a row costs, and a call besides; where calls wait, the time that passes is what counts.
  private var cost: (perRow: Double, perCall: Double) {
    func time(_ sums: Sums) -> Double {
      recent.time.waitingShare >= 0.3 ? sums.time.wall : min(sums.time.computing, sums.time.wall)
    }
    let mean = recent.rows > 0 ? time(recent) / recent.rows : 0
    guard limits.isBatch, let least = sizes.keys.min(), let most = sizes.keys.max(),
      most >= least + 2, let small = sizes[least], let large = sizes[most]
    else { return (mean, 0) }
    let (few, many) = (small.rows / small.calls, large.rows / large.calls)
    let (short, long) = (time(small) / small.calls, time(large) / large.calls)
    let perRow = max((long - short) / max(1, many - few), long / many * 0.02)
    return (perRow, max(0, short - perRow * few))
  }

  private static func power(_ count: Int) -> Int { Int.bitWidth - count.leadingZeroBitCount }
}
