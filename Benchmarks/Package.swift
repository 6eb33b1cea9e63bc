// swift-tools-version: 6.1
import PackageDescription

/// The benchmarks: a harness that knows nothing of Columnar, the reference loops in C, and the
/// suites, which use Columnar as any other package would.
let package = Package(
  name: "columnar-benchmarks",
  products: [.executable(name: "columnar-bench", targets: ["columnar-bench"])],
  dependencies: [.package(name: "columnar", path: "..")],
  targets: [
    .target(name: "CReference"),
    .target(name: "Harness"),
    .executableTarget(
      name: "columnar-bench",
      dependencies: [
        "CReference", "Harness",
        .product(name: "Columnar", package: "columnar"),
        .product(name: "Pipelines", package: "columnar"),
      ],
      path: "Sources/ColumnarBench"),
  ],
  swiftLanguageModes: [.v6]
)
