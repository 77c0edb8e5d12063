// swift-tools-version: 6.2
import PackageDescription

let fuzzed: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

// A package of its own, because everything in it is compiled with libFuzzer's instruments and the address sanitizer. The
// engine's sources are those of the program, by a symbolic link.
let package = Package(
    name: "template-fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Bytes", swiftSettings: fuzzed),
        .target(name: "Templates", dependencies: ["Bytes"], swiftSettings: fuzzed),
        .executableTarget(
            name: "template-fuzz", dependencies: ["Templates"],
            swiftSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=address"])]),
    ]
)
