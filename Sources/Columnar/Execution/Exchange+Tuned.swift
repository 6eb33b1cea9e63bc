import ColumnarCore

/// Batches in the order of the rows that no job has taken yet.
struct OpenRows {
  /// Those before `first` were taken.
  var batches: [(batch: Batch, partition: Int)?] = []
  var first = 0
  var count = 0
}

/// Jobs that are cut when they are taken, by what the tuner then knows.
extension Exchange.State {
  /// Whether jobs are cut so: a tuner chooses their rows.
  var cutsJobs: Bool { tuner.map { $0.limits.rows == nil } ?? false }

  /// How many jobs the open rows are about, of which none is taken before it is full, unless no more
  /// rows come: a batch function's calls cost something besides their rows.
  var openJobs: Int {
    guard open.count > 0, let tuner, cutsJobs else { return 0 }
    let isFull = isClosed || !tuner.limits.isBatch || open.count >= tuner.rows
    return isFull ? max(1, open.count / max(1, tuner.rows)) : 0
  }

  /// Whether a consumer that asks for a job is one too many.
  mutating func mustLeave() -> Bool {
    guard let tuner, live - leaving > max(1, tuner.slots) else { return false }
    leaving += 1
    return true
  }

  mutating func add(_ piece: BatchCutter.Piece, _ partition: Int) {
    for batch in piece.parts { open.batches.append((batch, partition)) }
    open.count += piece.rows
    queuedRows += piece.rows
  }

  /// The next job, if rows are waiting.
  mutating func cutFirst() -> Exchange.Job? {
    guard let tuner, let partition = open.next?.partition else { return nil }
    let wanted = share(of: tuner)
    var piece = BatchCutter.Piece()
    while piece.rows < wanted, open.next?.partition == partition,
      let batch = open.take(wanted - piece.rows)
    {
      piece.add(batch)
    }
    let job = Exchange.Job(
      number: jobCount, partition: partition, firstRow: rowCount, piece: piece, epoch: tuner.epoch,
      keepsBatches: !tuner.limits.isBatch)
    jobCount += 1
    rowCount += piece.rows
    inFlight += 1
    return job
  }

  /// The rows of the next job: what the tuner says, but less towards the end, so that no consumer is
  /// left with a job when the others have none.
  ///
  /// Calls of single rows get shorter and shorter jobs, down to a sixteenth; those of batches, which
  /// cost something each, equally long ones, as many as there are consumers.
  private mutating func share(of tuner: CallTuner) -> Int {
    let (rows, slots) = (max(1, tuner.rows), max(1, tuner.slots))
    guard tuner.limits.isBatch else {
      return min(rows, max(1, rows / 16, open.count / (2 * slots)))
    }
    if let last, last.epoch == tuner.epoch, open.count < last.open {
      self.last?.open = open.count
      return last.rows
    }
    let jobs = (open.count + rows - 1) / rows
    guard jobs <= 4 * slots else { return rows }
    let equal = (jobs + slots - 1) / slots * slots
    let share = max(1, (open.count + equal - 1) / equal)
    last = isClosed ? LastJobs(rows: share, open: open.count, epoch: tuner.epoch) : nil
    return share
  }
}

/// How the last rows are shared out.
struct LastJobs {
  /// The rows of each job.
  let rows: Int
  /// The rows that were open when the last job was taken.
  var open: Int
  /// The state of the tuner.
  let epoch: Int
}

extension OpenRows {
  /// The batch that is taken next.
  var next: (batch: Batch, partition: Int)? {
    first < batches.count ? batches[first] : nil
  }

  /// Takes a batch, or as many of its rows as are wanted.
  mutating func take(_ wanted: Int) -> Batch? {
    guard let (batch, partition) = next else { return nil }
    if batch.count > wanted {
      batches[first] = (batch.slice(wanted..<batch.count), partition)
      count -= wanted
      return batch.slice(0..<wanted)
    }
    batches[first] = nil
    first += 1
    count -= batch.count
    // What is left moves to the front only when it is the smaller part.
    if first > batches.count / 2 {
      batches.removeFirst(first)
      first = 0
    }
    return batch
  }
}
