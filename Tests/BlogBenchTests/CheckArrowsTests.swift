import Foundation
import Testing

/// `Scripts/check-arrows`, on small packages made for it.
@Suite struct CheckArrowsTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Scripts/check-arrows").standardizedFileURL

    /// What the script prints for a package with these files, and its exit code.
    private func check(_ files: [String: String]) throws -> (output: String, code: Int32) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "arrows-\(UUID().uuidString)")
        let result = Result {
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            let output = Pipe()
            let process = Process()
            process.executableURL = Self.script
            process.arguments = [folder.path()]
            process.standardOutput = output
            try process.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (output: String(decoding: bytes, as: UTF8.self), code: process.terminationStatus)
        }
        try FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    /// The two files that make a C module and its only importer.
    private let sqlite = [
        "Sources/CSQLite/module.modulemap": "", "Sources/ORMSQLite/a.swift": "import CSQLite\nimport ORM\n",
    ]

    @Test func allowedImportsOfEveryFormPassInSilence() throws {
        let source = """
            import FoundationEssentials
            package import ORM
            @_spi(Rows) public import BlogModels
            import struct Foundation.Date

            // import BlogSite would be wrong, and so would print("x")
            let text = "import BlogSite; print(1)"
            let code = \"""
                import BlogSite
                print(2)
                \"""
            func blueprint() { stream.print(text) }
            """
        let result = try check(sqlite.merging(["Sources/BlogImport/a.swift": source]) { $1 })
        #expect(result.output == "")
        #expect(result.code == 0)
    }

    @Test(arguments: [
        (
            "Sources/Templates/a.swift", "\nimport BlogModels",
            "Sources/Templates/a.swift:2: error: Templates may not import BlogModels"
        ),
        ("Sources/ORM/a.swift", "import Foundation", "Sources/ORM/a.swift:1: error: ORM may not import Foundation"),
        (
            "Sources/BlogSite/a.swift", "package import ORMSQLite",
            "Sources/BlogSite/a.swift:1: error: BlogSite may not import ORMSQLite"
        ),
        (
            "Sources/BlogSite/a.swift", "import struct Yams.Node",
            "Sources/BlogSite/a.swift:1: error: BlogSite may not import Yams"
        ),
        ("Sources/ORM/a.swift", "  print(1)", "Sources/ORM/a.swift:1: error: print is for BlogCLI"),
        ("Sources/New/a.swift", "", "Sources/New/a.swift:1: error: the target New has no line in Scripts/check-arrows"),
        (
            "Tests/ORMTests/a.swift", "import CSQLite",
            "Tests/ORMTests/a.swift:1: error: a test imports the C module CSQLite"
        ),
    ])
    func aWrongArrowIsReportedWithItsPlace(path: String, source: String, start: String) throws {
        let result = try check(sqlite.merging([path: source]) { $1 })
        #expect(result.output.hasPrefix(start))
        #expect(result.output.filter { $0 == "\n" }.count == 1)
        #expect(result.code == 1)
    }

    @Test func aCModuleHasExactlyOneImporter() throws {
        let none = try check(["Sources/CSQLite/module.modulemap": "", "Sources/ORMSQLite/a.swift": ""])
        #expect(
            none.output
                == "Sources/CSQLite/module.modulemap:1: error: CSQLite is imported by 0 targets; it must be one\n")
        #expect(none.code == 1)

        let two = try check(sqlite.merging(["Sources/ORM/a.swift": "import CSQLite"]) { $1 })
        #expect(two.output.contains("error: CSQLite is imported by 2 targets; it must be one: ORM, ORMSQLite\n"))
        #expect(two.code == 1)
    }
}
