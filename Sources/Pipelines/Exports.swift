@_exported import Columnar
