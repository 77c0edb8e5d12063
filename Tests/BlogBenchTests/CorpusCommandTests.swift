import ArgumentParser
import Foundation
import Testing

@testable import BlogBench

@Suite struct CorpusCommandTests {
    /// Runs `body` with a folder that is new and is removed afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let result = Result { try body(folder) }
        try FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    private func corpus(_ arguments: String...) throws -> CorpusCommand {
        try CorpusCommand.parse(arguments)
    }

    @Test func aSiteIsWrittenAsItWasGenerated() throws {
        try withFolder { folder in
            let out = "\(folder)/new/site"
            let line = try corpus("--posts", "4", "--comments", "6", "--seed", "2", "--out", out).write()
            var files = 0
            var bytes = 0
            try Corpus(CorpusSettings(posts: 4, comments: 6, seed: 2)).write { path, text in
                let written = try String(contentsOfFile: "\(out)/\(path)", encoding: .utf8)
                #expect(written == text)
                files += 1
                bytes += text.utf8.count
            }
            #expect(files == 32)
            #expect((20_000..<40_000).contains(bytes))
            #expect(line == "wrote 4 posts and 6 comments to \(out): 32 files, 0.0 MB")
        }
    }

    @Test func aFolderWithAnythingInItIsLeftAlone() throws {
        try withFolder { folder in
            try "mine".write(toFile: "\(folder)/notes.txt", atomically: false, encoding: .utf8)
            let error = try #require(throws: CorpusError.self) { try corpus("--posts", "1", "--out", folder).write() }
            #expect(error.code.rawValue == 73)
            #expect(
                error.description
                    == "\(folder) is not empty; name a new folder, or remove this one yourself if nothing in it matters"
            )
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
        }
    }

    @Test func aFileIsNoFolder() throws {
        try withFolder { folder in
            try "mine".write(toFile: "\(folder)/notes.txt", atomically: false, encoding: .utf8)
            let error = try #require(throws: CorpusError.self) {
                try corpus("--posts", "1", "--out", "\(folder)/notes.txt").write()
            }
            #expect(error.code.rawValue == 73)
            #expect(try String(contentsOfFile: "\(folder)/notes.txt", encoding: .utf8) == "mine")
        }
    }

    @Test func aThemeIsCopiedWithItsFolders() throws {
        try withFolder { folder in
            let theme = "\(folder)/theme"
            try FileManager.default.createDirectory(atPath: "\(theme)/assets", withIntermediateDirectories: true)
            try "body {}".write(toFile: "\(theme)/assets/site.css", atomically: false, encoding: .utf8)
            _ = try corpus("--posts", "1", "--out", "\(folder)/site", "--theme", theme).write()
            let copy = "\(folder)/site/templates/assets/site.css"
            #expect(try String(contentsOfFile: copy, encoding: .utf8) == "body {}")
        }
    }

    @Test func aThemeThatDoesNotExistStopsEverything() throws {
        try withFolder { folder in
            let error = try #require(throws: CorpusError.self) {
                try corpus("--posts", "1", "--out", "\(folder)/site", "--theme", "\(folder)/none").write()
            }
            #expect(error.code.rawValue == 66)
            #expect(error.description == "no theme: \(folder)/none is not a folder")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(arguments: [
        (["--posts", "0", "--out", "x"], "--posts is 0; it must be from 1 to 1000000."),
        (["--posts", "1000001", "--out", "x"], "--posts is 1000001; it must be from 1 to 1000000."),
        (["--posts", "1", "--comments=-1", "--out", "x"], "--comments is -1; it must be from 0 to 10000000."),
        (["--posts", "1", "--out", ""], "--out is empty; it must name a folder."),
    ])
    func numbersOutOfRangeAreRefused(arguments: [String], message: String) throws {
        let error = try #require(throws: (any Error).self) { try CorpusCommand.parse(arguments) }
        #expect(CorpusCommand.message(for: error) == message)
        #expect(CorpusCommand.exitCode(for: error).rawValue == 64)
    }
}
