// swift-tools-version: 6.1
import PackageDescription

/// The whole package: modules in layers, tests that mirror them, the demo.
///
/// Compression codecs come from system libraries. Each stands behind a trait that is on by default,
/// so that a build without one of them is one `--disable-default-traits` away.
let package = Package(
  name: "columnar",
  products: [
    .library(name: "Columnar", targets: ["Columnar"]),
    .library(name: "Pipelines", targets: ["Pipelines"]),
    .library(name: "ColumnarTesting", targets: ["ColumnarTesting"]),
    .executable(name: "columnar", targets: ["columnar-cli"]),
  ],
  traits: [
    .trait(name: "Zlib", description: "Read and write gzip-compressed files (needs zlib)"),
    .trait(name: "Zstd", description: "Read files packed with Zstandard (needs libzstd)"),
    .trait(name: "LZ4", description: "Read files packed with LZ4 (needs liblz4)"),
    .trait(name: "Snappy", description: "Read Parquet files packed with Snappy (needs libsnappy)"),
    .trait(name: "Brotli", description: "Read Parquet files packed with Brotli (needs libbrotli)"),
    // What a system Arrow library adds; see docs/reference.md.
    .trait(name: "LibArrow", description: "ORC and encrypted Parquet (needs libarrow, libparquet)"),
    .trait(name: "ArrowGLib", description: "ORC (needs arrow-glib and parquet-glib)"),
    .default(enabledTraits: ["Zlib", "Zstd", "LZ4", "Snappy", "Brotli"]),
  ],
  targets: [
    .target(name: "CColumnarSystem"),
    // The structs of Arrow's C interfaces, and calls that a system Arrow library answers if a trait
    // builds one in.
    .target(
      name: "CArrowShim",
      dependencies: [
        .target(name: "CArrowGLib", condition: .when(traits: ["ArrowGLib"])),
        .target(name: "CArrowCxx", condition: .when(traits: ["LibArrow"])),
      ],
      cSettings: [
        .define("COLUMNAR_ARROW_GLIB", .when(traits: ["ArrowGLib"])),
        .define("COLUMNAR_LIBARROW", .when(traits: ["LibArrow"])),
      ]),
    .target(
      name: "CArrowCxx",
      dependencies: [.target(name: "CLibArrow", condition: .when(traits: ["LibArrow"]))],
      cxxSettings: [.define("COLUMNAR_LIBARROW", .when(traits: ["LibArrow"]))]),
    .systemLibrary(
      name: "CLibArrow", pkgConfig: "parquet",
      providers: [.apt(["libarrow-dev", "libparquet-dev"]), .brew(["apache-arrow"])]),
    .systemLibrary(
      name: "CArrowGLib", pkgConfig: "parquet-glib",
      providers: [
        .apt(["libarrow-glib-dev", "libparquet-glib-dev"]), .brew(["apache-arrow-glib"]),
      ]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
    .systemLibrary(
      name: "CSnappy", pkgConfig: "snappy",
      providers: [.apt(["libsnappy-dev"]), .brew(["snappy"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec",
      providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
    .target(name: "ColumnarCore", dependencies: ["CColumnarSystem"]),
    .target(
      name: "ColumnarIO",
      dependencies: [
        "CArrowShim", "ColumnarCore", "CColumnarSystem",
        .target(name: "CZlib", condition: .when(traits: ["Zlib"])),
        .target(name: "CZstd", condition: .when(traits: ["Zstd"])),
        .target(name: "CLZ4", condition: .when(traits: ["LZ4"])),
        .target(name: "CSnappy", condition: .when(traits: ["Snappy"])),
        .target(name: "CBrotli", condition: .when(traits: ["Brotli"])),
      ]),
    .target(
      name: "Columnar",
      dependencies: ["CArrowShim", "ColumnarCore", "ColumnarIO", "CColumnarSystem"]),
    .target(name: "Pipelines", dependencies: ["Columnar", "ColumnarCore", "ColumnarIO"]),
    .target(name: "ColumnarTesting", dependencies: ["Columnar", "ColumnarCore", "Pipelines"]),
    // The command line tool.
    .executableTarget(
      name: "columnar-cli", dependencies: ["Columnar", "ColumnarCore", "ColumnarIO"]),
    .executableTarget(
      name: "columnar-demo", dependencies: ["Columnar", "MiniLM", "Pipelines"],
      path: "Examples/Demo"),
    // A sentence embedder: its kernels, its tokenizer and layers, and a search over WordNet with it.
    .target(name: "CMiniLM", path: "Examples/CMiniLM", exclude: ["minilm_vectors.inc"]),
    .target(name: "MiniLM", dependencies: ["CMiniLM"], path: "Examples/MiniLM"),
    .executableTarget(
      name: "columnar-retrieval", dependencies: ["Columnar", "MiniLM", "Pipelines"],
      path: "Examples/Retrieval"),
    .executableTarget(
      name: "columnar-seed", dependencies: ["Columnar", "Pipelines"], path: "Examples/Seed"),
    // What the tests of isolated functions start as a worker process.
    .executableTarget(
      name: "worker-fixture", dependencies: ["Columnar", "ColumnarCore", "Pipelines"],
      path: "Tests/WorkerFixture"),
    // Parquet files made by hand, for the tests of the reader and for fuzzing it.
    .target(name: "MiniParquet", path: "Tests/MiniParquet"),
    .testTarget(
      name: "ColumnarCoreTests", dependencies: ["ColumnarCore", "ColumnarTesting"],
      exclude: ["Decimals/decimals.txt", "Decimals/make_decimals.py"]),
    .testTarget(
      name: "ColumnarIOTests",
      dependencies: [
        "CArrowShim", "ColumnarIO", "ColumnarTesting", "MiniParquet",
        .target(name: "CZlib", condition: .when(traits: ["Zlib"])),
      ],
      exclude: [
        "CSV/Golden", "CSV/csv_peer.py", "Files/formats_peer.py", "Fuzzed",
        "ArrowIPC/pyarrow_peer.py", "ArrowIPC/odd_peer.py",
        "JSONLines/json_peer.py", "Parquet/Golden", "Parquet/make_golden.py",
        "Parquet/make_pruning.py", "Parquet/Writing/parquet_peer.py",
      ]),
    .testTarget(
      name: "ColumnarTests",
      dependencies: [
        "CArrowShim", "Columnar", "ColumnarIO", "ColumnarTesting", "worker-fixture", "columnar-cli",
      ],
      exclude: [
        "Frames/pruning_peer.py", "Frames/unified_peer.py", "Plan/Goldens",
        "Execution/Workers/pyarrow_client.py",
      ]),
    .testTarget(
      name: "PipelinesTests", dependencies: ["Pipelines", "ColumnarTesting", "worker-fixture"],
      exclude: ["Mistakes/Fixture.swift.txt"]),
    .testTarget(
      name: "ExamplesTests",
      dependencies: ["CMiniLM", "MiniLM", "Pipelines", "columnar-retrieval", "columnar-seed"],
      exclude: ["MiniLM/embeddings.golden.json"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)

// What libFuzzer runs, by `make fuzz` only: no build but that one has a use for it.
if Context.environment["COLUMNAR_FUZZ"] != nil {
  package.products.append(.executable(name: "columnar-fuzz", targets: ["columnar-fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "columnar-fuzz", dependencies: ["ColumnarCore", "ColumnarIO", "MiniParquet"],
      path: "Fuzz",
      exclude: ["run.sh", "seeds"]))
}
