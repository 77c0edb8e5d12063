// swift-tools-version: 6.2
import PackageDescription

/// The fuzz targets: a package of its own, so that ordinary builds know nothing of sanitizers. `Sources/` links to the modules
/// that are fuzzed. `make fuzz-markdown` in the package above builds and runs them.
let fuzzed: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]

let package = Package(
    name: "markdown-fuzzing",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "Bytes", swiftSettings: fuzzed),
        .target(name: "Markdown", dependencies: ["Bytes", "CCmark"], swiftSettings: fuzzed),
        .target(name: "XML", dependencies: ["Bytes", "CXML2"], swiftSettings: fuzzed),
        .target(name: "FuzzDriver", swiftSettings: fuzzed),
        .executableTarget(
            name: "FuzzMarkdown", dependencies: ["FuzzDriver", "Markdown", "XML"], swiftSettings: fuzzed,
            linkerSettings: linked),
        .executableTarget(
            name: "FuzzHTML", dependencies: ["FuzzDriver", "XML"], swiftSettings: fuzzed, linkerSettings: linked),
    ]
)
