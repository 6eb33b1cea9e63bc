/// Which of Arrow's layouts text, binary values and lists are written in.
public enum ArrowLayout: Sendable, Hashable {
  /// Views and 64-bit lists, the engine's own: nothing is converted.
  ///
  /// Readers must know Arrow's format 1.4 of 2023.
  case views
  /// 32-bit offsets, which every reader knows; batches are cut where 2^31 bytes are not enough.
  case offsets
  /// 64-bit offsets.
  case largeOffsets
}
