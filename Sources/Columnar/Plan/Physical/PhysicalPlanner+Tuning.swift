import ColumnarCore

/// Which calls an engine with `tuning: .automatic` tunes.
extension PhysicalPlanner {
  /// Whether calls of a function stand behind an exchange that is tuned: not where they are known
  /// to be cheap.
  func tunes(_ function: UserFunction, _ options: EffectiveOptions) -> Bool {
    guard let memory = configuration.tuning, options.isOpen(function, configuration) else {
      return false
    }
    return !memory.isCheap(TuningMemory.Key(function))
  }

  /// How the exchange before a function's calls is tuned.
  func tuning(
    of function: UserFunction, _ options: EffectiveOptions, isCut: Bool
  ) -> ExchangeSpec.Tuning? {
    guard let memory = configuration.tuning, options.isOpen(function, configuration) else {
      return nil
    }
    let key = TuningMemory.Key(function)
    let limits = CallTuner.Limits(
      rows: isCut ? options.batchSize.value ?? ExecutionSize.batchRows : nil,
      slots: options.maxConcurrency.value, cores: configuration.threads,
      isBatch: function.kind == .batch)
    return ExchangeSpec.Tuning(
      tuner: CallTuner(limits, learned: memory.learned(of: key)), key: key)
  }
}

extension EffectiveOptions {
  /// Whether an engine that tunes has something to decide: a batch size or a concurrency that nothing
  /// states, of calls that are made here.
  package func isOpen(_ function: UserFunction, _ configuration: EngineConfiguration) -> Bool {
    guard configuration.tuning != nil, !configuration.isSequential, contract.value != .ordered,
      !runsInWorkers(configuration), function.kind == .row || function.kind == .batch
    else { return false }
    return maxConcurrency.value == nil || (batchSize.value == nil && maxBatchBytes.value == nil)
  }

  /// The calls that may be in flight on an engine; where it tunes, at most.
  package func slots(for function: UserFunction, _ configuration: EngineConfiguration) -> Int {
    let threads = configuration.threads
    guard configuration.tuning != nil, maxConcurrency.value == nil, contract.value != .ordered,
      !configuration.isSequential, !runsInWorkers(configuration)
    else {
      return slots(for: function, threads: threads)
    }
    if function.kind == .async { return GateTuner.most }
    return isOpen(function, configuration)
      ? max(threads, CallTuner.mostSlots) : slots(for: function, threads: threads)
  }
}
