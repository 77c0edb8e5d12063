// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

/// Every Swift target is compiled with the same rules. A warning is an error in all builds, CI or not, so that none piles up.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let macroTestSupport: [Target.Dependency] = [
    .product(name: "SwiftSyntaxMacrosGenericTestSupport", package: "swift-syntax"),
    .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
]

/// A dependency of the builds that have a trait.
func with(_ trait: String, _ target: String) -> Target.Dependency {
    .target(name: target, condition: .when(traits: [trait]))
}

let package = Package(
    name: "blog",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "blog", targets: ["blog"]),
        .library(name: "ORM", targets: ["ORM"]),
        .library(name: "ORMMigrations", targets: ["ORMMigrations"]),
        .library(name: "ORMMigrationCommands", targets: ["ORMMigrationCommands"]),
        .library(name: "ORMSQLite", targets: ["ORMSQLite"]),
        .library(name: "ORMPostgres", targets: ["ORMPostgres"]),
        .library(name: "ORMMySQL", targets: ["ORMMySQL"]),
        .library(name: "ORMTesting", targets: ["ORMTesting"]),
    ],
    // Drivers that need a server's client library. A plain build has none of them, and needs none of these libraries.
    traits: [
        .trait(name: "Postgres", description: "The driver for PostgreSQL, by libpq (Debian: libpq-dev)"),
        .trait(name: "MySQL", description: "The driver for MariaDB and MySQL, by libmariadb (Debian: libmariadb-dev)"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
    ],
    targets: [
        // C libraries: a module map and a shim header each. One Swift target imports each of them.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libxcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        // A header of the C library that its module leaves out.
        .systemLibrary(name: "CMalloc"),

        // Bytes and texts for whoever reads many of them.
        .target(name: "Bytes", swiftSettings: strict),

        // The ORM, a product of its own.
        .macro(
            name: "ORMMacros",
            dependencies: [
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
            ],
            swiftSettings: strict),
        .target(name: "ORM", dependencies: ["ORMMacros", "Bytes", logging], swiftSettings: strict),
        .target(name: "ORMSQLite", dependencies: ["ORM", "Bytes", "CSQLite"], swiftSettings: strict),
        // What these two engines are told is always there, for migrations; their drivers come by a trait.
        .target(
            name: "ORMPostgres", dependencies: ["ORM", "Bytes", with("Postgres", "CPostgres")], swiftSettings: strict),
        .target(name: "ORMMySQL", dependencies: ["ORM", "Bytes", with("MySQL", "CMariaDB")], swiftSettings: strict),
        .target(name: "ORMMigrations", dependencies: ["ORM"], swiftSettings: strict),
        .target(
            name: "ORMMigrationCommands", dependencies: ["ORM", "ORMMigrations", argumentParser], swiftSettings: strict),
        // A small package's own `migrate`: to read, and to see that it stays true.
        .target(
            name: "ShopSchema",
            dependencies: ["ORM", "ORMSQLite", "ORMPostgres", "ORMMigrations", "ORMMigrationCommands"],
            path: "Examples/Shop/Schema", swiftSettings: strict),
        .executableTarget(
            name: "ShopExample", dependencies: ["ShopSchema", "ORMMigrationCommands", argumentParser],
            path: "Examples/Shop/Command", swiftSettings: strict),
        .target(name: "ORMTesting", dependencies: ["ORM"], swiftSettings: strict),

        // Text in, text out: these know no database.
        .target(name: "Markdown", dependencies: ["Bytes", "CCmark"], swiftSettings: strict),
        .target(name: "XML", dependencies: ["Bytes", "CXML2"], swiftSettings: strict),
        .target(name: "Templates", dependencies: ["Bytes"], swiftSettings: strict),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: strict),

        // The blog.
        .target(name: "BlogConfiguration", dependencies: [yams], swiftSettings: strict),
        .target(name: "BlogModels", dependencies: ["ORM", "ORMMigrations"], swiftSettings: strict),
        .target(
            name: "BlogImport",
            dependencies: ["ORM", "BlogModels", "BlogConfiguration", "Bytes", "Markdown", "XML", "Gzip", yams, crypto],
            swiftSettings: strict),
        .target(
            name: "BlogSite",
            dependencies: [
                "ORM", "BlogModels", "BlogConfiguration", "Bytes", "Markdown", "XML", "Templates", "Gzip", crypto,
            ],
            swiftSettings: strict),
        .target(
            name: "BlogOperations",
            dependencies: ["ORM", "BlogModels", "BlogConfiguration", "CCrypt"],
            swiftSettings: strict),
        .target(
            name: "BlogCLI",
            dependencies: [
                "ORM", "ORMSQLite", "ORMPostgres", "ORMMySQL", "ORMMigrations", "ORMMigrationCommands", "BlogModels",
                "BlogConfiguration", "BlogImport", "BlogOperations", "BlogSite", "Markdown", "Templates", "CMalloc",
                argumentParser,
                flyingSocks,
                logging,
            ],
            swiftSettings: strict),
        .executableTarget(name: "blog", dependencies: ["BlogCLI"], swiftSettings: strict),
        .executableTarget(
            name: "blog-schema",
            dependencies: [
                "BlogModels", "ORM", "ORMSQLite", "ORMPostgres", "ORMMySQL", "ORMMigrations", "ORMMigrationCommands",
                argumentParser,
            ],
            swiftSettings: strict),
        .target(name: "BlogBench", dependencies: ["Markdown", argumentParser], swiftSettings: strict),
        .executableTarget(name: "blog-bench", dependencies: ["BlogBench", argumentParser], swiftSettings: strict),

        // Tests mirror the sources.
        .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: strict),
        .testTarget(name: "ORMMacrosTests", dependencies: ["ORMMacros"] + macroTestSupport, swiftSettings: strict),
        .testTarget(
            name: "ORMTests", dependencies: ["ORM", "ORMSQLite", "ORMTesting", logging], swiftSettings: strict),
        .testTarget(name: "ORMSQLiteTests", dependencies: ["ORMSQLite", "ORMTesting"], swiftSettings: strict),
        // Servers that tests start, and that end with them; and what holds on all of them.
        .target(
            name: "ServerSupport", dependencies: ["ORM", "ORMMigrations", "BlogModels", "ORMTesting"],
            path: "Tests/ServerSupport", swiftSettings: strict),
        .testTarget(
            name: "ORMPostgresTests",
            dependencies: ["ORM", "ORMPostgres", "ORMMigrations", "ORMTesting", "ServerSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ORMMySQLTests",
            dependencies: ["ORM", "ORMMySQL", "ORMMigrations", "ORMTesting", "ServerSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ORMMigrationsTests",
            dependencies: [
                "ORMMigrations", "ORM", "ORMSQLite", "ORMPostgres", "ORMMySQL", "ORMTesting", "MigrationFixtures",
                "migration-child",
            ],
            swiftSettings: strict),
        // A process that migrates, for tests that kill it and let two of them meet.
        .target(
            name: "MigrationFixtures", dependencies: ["ORMMigrations", "ORM", "ORMSQLite", "ORMTesting"],
            path: "Tests/MigrationFixtures", swiftSettings: strict),
        .executableTarget(
            name: "migration-child", dependencies: ["MigrationFixtures", "ORMMigrations", "ORM", "ORMSQLite"],
            path: "Tests/MigrationChild", swiftSettings: strict),
        .testTarget(
            name: "ORMMigrationCommandsTests",
            dependencies: ["ORMMigrationCommands", "ORMMigrations", "ShopSchema", "ORM", "ORMSQLite", argumentParser],
            swiftSettings: strict),
        .testTarget(
            name: "ORMDocumentationTests",
            dependencies: [
                "ORM", "ORMSQLite", "ORMPostgres", "ORMMigrations", "ORMMigrationCommands", "ORMTesting", logging,
                argumentParser,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MarkdownTests", dependencies: ["Markdown"], exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(name: "XMLTests", dependencies: ["XML"], swiftSettings: strict),
        .testTarget(
            name: "TemplatesTests", dependencies: ["Templates"], exclude: ["Jinja"], swiftSettings: strict),
        .testTarget(name: "BlogConfigurationTests", dependencies: ["BlogConfiguration"], swiftSettings: strict),
        .testTarget(
            name: "BlogModelsTests",
            dependencies: ["BlogModels", "ORM", "ORMMigrations", "ORMSQLite", "ORMPostgres", "ORMMySQL", "ORMTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "BlogImportTests",
            dependencies: ["BlogImport", "BlogModels", "BlogConfiguration", "ORM", "ORMSQLite", "ORMTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "BlogOperationsTests",
            dependencies: [
                "BlogOperations", "BlogModels", "BlogConfiguration", "ORM", "ORMSQLite", "ORMTesting",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BlogSiteTests",
            dependencies: [
                "BlogSite", "BlogModels", "BlogConfiguration", "Templates", "ORM", "ORMSQLite", "ORMTesting",
            ],
            exclude: ["Search/words.json"], swiftSettings: strict),
        .testTarget(
            name: "BlogCLITests",
            dependencies: [
                "BlogCLI", "BlogSite", "BlogModels", "ORM", "ORMMigrations", "ORMSQLite", "ORMTesting", "ServerSupport",
                "MigrationFixtures", "blog", argumentParser, logging,
            ],
            swiftSettings: strict),
        .testTarget(name: "BlogBenchTests", dependencies: ["BlogBench", argumentParser], swiftSettings: strict),
    ]
)
