import Foundation
import ORM
import ORMMigrations
import Testing

struct MigrationFileTests {
    private static let long = String(repeating: "very_", count: 18)

    /// Every operation that a file is written with, in lines short and long.
    private static let operations: [MigrationOperation] = [
        .createTable(
            TableState(
                "posts",
                columns: [
                    ColumnState("id", .integer, isPrimaryKey: true),
                    ColumnState(
                        "slug_\(long)", .text, maxLength: 200, isNullable: true, isUnique: true,
                        default: .value(.text("a \"b\" \\ \n\u{1}")), comment: "what readers see"),
                    ColumnState("price", .decimal(precision: 8, scale: 2), default: .value(.decimal(Decimal(-1.25)))),
                    ColumnState("small", .int16, range: -5...7),
                    ColumnState("large", .integer, range: 0 ... .max),
                    ColumnState("made", .timestamp, default: .now),
                    ColumnState("when", .timestamp, default: .value(.date(Date(timeIntervalSince1970: 1.5)))),
                    ColumnState("bytes", .bytes, default: .value(.bytes([0, 255]))),
                    ColumnState(
                        "uuid", .uuid,
                        default: .value(.uuid(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))))),
                    ColumnState(
                        "author", .text, references: ReferenceState("users", "username", onDelete: .setNull)),
                ],
                indexes: [
                    IndexState(
                        "posts_a_\(long)", on: ["author", "slug_\(long)"], isUnique: true, where: "{small} > 0"),
                    IndexState(
                        "posts_small", on: ["small"], where: PortableSQL("{small} = 1", for: ["postgres": "{small}"])),
                ],
                checks: [
                    CheckState(
                        "posts_small", PortableSQL(nil, for: ["sqlite": "{small} > 0", "mysql": "{small} >= 1"]))
                ])),
        .createTable(TableState("tags", columns: [ColumnState("id", .integer, isPrimaryKey: true)])),
        .dropTable("pages"), .renameTable("users", to: "people"),
        .addColumn("tags", ColumnState("weight", .real), before: "id", filling: .value(.double(0.5))),
        .alterColumn("tags", ColumnState("weight", .real, default: .sql("1 + 1"))),
        .renameColumn("tags", "weight", to: "size"), .dropColumn("tags", "size"),
        .addIndex("tags", IndexState("tags_id", on: ["id"])), .dropIndex("tags", "tags_id"),
        .addCheck("tags", CheckState("tags_id", "{id} > 0")), .dropCheck("tags", "tags_id"),
    ]

    /// What `swift format lint --strict` says of a text: nothing, when it is as it would leave it.
    private func complaints(about source: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "migration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Migration.swift")
        try Data(source.utf8).write(to: file)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "format", "lint", "--strict", "--configuration", Self.configuration, file.path,
        ]
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let complaints = String(decoding: output, as: UTF8.self)
        return process.terminationStatus == 0 ? complaints : "status \(process.terminationStatus): \(complaints)"
    }

    private static let configuration = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".swift-format").path

    @Test func aFileIsAsTheFormatterWouldLeaveIt() throws {
        let file = MigrationFile(
            "0002_everything_at_once", after: ["0001_initial"], operations: Self.operations, remarks: ["what to mind"])
        let everything = try complaints(about: file.source)
        #expect(everything == "")
        let merge = MigrationFile("0004_merge", after: ["0003_a", "0003_b"], operations: [])
        let single = MigrationFile("0003_b", after: [], operations: [Self.operations[0]])
        let indexes =
            try MigrationIndex.source(listing: ["0001_a", "0002_b"])
            + "\n" + MigrationIndex.source(listing: ["0001_a"])
        let rest = try complaints(about: merge.source + "\n" + single.source + "\n" + indexes)
        #expect(rest == "")
    }

    @Test func aSmallFile() {
        let file = MigrationFile(
            "0002_add_posts_rating", after: ["0001_initial"],
            operations: [
                .addColumn("posts", ColumnState("rating", .integer, default: .value(.int(0)))),
                .createTable(
                    TableState(
                        "tags",
                        columns: [
                            ColumnState("id", .integer, isPrimaryKey: true),
                            ColumnState("name", .text, maxLength: 50, isUnique: true),
                        ])),
            ])
        #expect(file.fileName == "0002_add_posts_rating.swift")
        #expect(file.identifier == "addPostsRating0002")
        #expect(
            file.source == """
                import ORM
                import ORMMigrations

                extension Migrations {
                    static let addPostsRating0002 = Migration(
                        "0002_add_posts_rating", after: ["0001_initial"],
                        operations: [
                            .addColumn("posts", ColumnState("rating", .integer, default: .value(.int(0)))),
                            .createTable(
                                TableState(
                                    "tags",
                                    columns: [
                                        ColumnState("id", .integer, isPrimaryKey: true),
                                        ColumnState("name", .text, maxLength: 50, isUnique: true),
                                    ])),
                        ])
                }

                """)
    }

    @Test func aMergeHasNoOperations() {
        #expect(
            MigrationFile("0003_merge", after: ["0002_a", "0002_b"], operations: []).source == """
                import ORMMigrations

                extension Migrations {
                    static let merge0003 = Migration("0003_merge", after: ["0002_a", "0002_b"], operations: [])
                }

                """)
    }

    @Test func theListKeepsWhatAPersonWroteAroundIt() throws {
        let first = try MigrationIndex.source(listing: ["0001_initial"])
        #expect(
            first == """
                import ORMMigrations

                /// The schema's history, oldest first. The list is kept by `migrate make`.
                enum Migrations {
                    static let all: [Migration] = [
                        initial0001
                    ]
                }

                """)
        let own = first.split(separator: "static").joined(separator: "package static") + "// own\n"
        #expect(
            try MigrationIndex.source(listing: ["0002_b", "0001_initial"], in: own) == """
                import ORMMigrations

                /// The schema's history, oldest first. The list is kept by `migrate make`.
                enum Migrations {
                    package static let all: [Migration] = [
                        initial0001,
                        b0002,
                    ]
                }
                // own

                """)
        #expect(throws: ORMError.self) { try MigrationIndex.source(listing: [], in: "enum Migrations {}") }
    }
}
