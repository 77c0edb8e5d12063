// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product depends on nothing that only its benchmarks need.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "blog", path: "..", traits: ["Postgres", "MySQL"]),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // The corpus and the measures, and the work as the ORM does it on any engine.
        .target(
            name: "BenchmarkWork", dependencies: [.product(name: "ORM", package: "blog")], swiftSettings: strict),
        // On a server, beside the program in C that does the same.
        .executableTarget(
            name: "server-bench",
            dependencies: [
                "BenchmarkWork", .product(name: "ORM", package: "blog"),
                .product(name: "ORMPostgres", package: "blog"), .product(name: "ORMMySQL", package: "blog"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "orm-bench",
            dependencies: [
                "BenchmarkWork",
                .product(name: "ORMSQLite", package: "blog"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        // A long condition; the compiler says of every expression that takes it a millisecond or more.
        .target(
            name: "TypeChecking",
            dependencies: [.product(name: "ORM", package: "blog")],
            swiftSettings: strict + [.unsafeFlags(["-Xfrontend", "-warn-long-expression-type-checking=1"])]),
    ]
)
