// swift-tools-version: 6.2
import PackageDescription

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// A package of its own, so that the program never depends on the engines it is compared with. The engine's sources are
// those of the program, by a symbolic link: inside of one package its `package` declarations are visible.
let package = Package(
    name: "template-bench",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/stencilproject/Stencil", exact: "0.15.1"),
    ],
    targets: [
        .target(name: "Bytes", swiftSettings: features),
        .target(name: "Templates", dependencies: ["Bytes"], swiftSettings: features),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "template-bench",
            dependencies: [
                "Templates", "CAllocations", .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Stencil", package: "Stencil"),
            ]),
    ]
)
