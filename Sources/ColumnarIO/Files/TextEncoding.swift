/// How the letters of a text are written as bytes.
public enum TextEncoding: Sendable, Hashable {
  /// UTF-8, or UTF-16 where the text begins with a byte order mark of it.
  case utf8
  /// UTF-16 whose units have their high byte last, or first.
  case utf16LittleEndian, utf16BigEndian
  /// Windows-1252, the usual one of Western European files that are older than UTF-8; it contains
  /// all printable letters of ISO 8859-1 (Latin-1).
  case windows1252
}
