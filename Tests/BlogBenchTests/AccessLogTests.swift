import ArgumentParser
import Foundation
import Testing

@testable import BlogBench

@Suite struct AccessLogTests {
    private func text(_ format: AccessLog.Format, lines: Int = 3000, seed: UInt64 = 1) throws -> (
        String, AccessLog.Summary
    ) {
        var bytes: [UInt8] = []
        let log = AccessLog(CorpusSettings(posts: 20, comments: 0, seed: seed), format: format)
        let summary = try log.write(lines: lines) { bytes += $0 }
        return (String(decoding: bytes, as: UTF8.self), summary)
    }

    @Test(arguments: AccessLog.Format.allCases)
    func theSameSeedGivesTheSameLog(format: AccessLog.Format) throws {
        let (first, summary) = try text(format)
        #expect(try text(format).0 == first)
        #expect(try text(format, seed: 2).0 != first)
        #expect(first.split(separator: "\n").count == 3000)
        #expect((summary.lines, summary.bytes) == (3000, first.utf8.count))
        #expect((400..<1000).contains(summary.views))
    }

    @Test func combinedLinesHaveTheFormOfTheFormat() throws {
        let shape =
            #/203\.0\.\d+\.\d+ - - \[\d\d/Jan/2026:\d\d:\d\d:\d\d \+0000\] "(GET|HEAD) /\S* HTTP/1\.1" (200|301|304|404) \d+ "[^"]+" "[^"]+"/#
        for line in try text(.combined, lines: 500).0.split(separator: "\n") {
            #expect(line.wholeMatch(of: shape) != nil, "\(line)")
        }
    }

    @Test func aFileThatIsThereIsLeftAlone() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let command = try AccessLogCommand.parse(["--lines", "10", "--posts", "3", "--out", file])
        #expect(try command.write().hasPrefix("wrote 10 lines to \(file): 0.0 MB, "))
        let written = try String(contentsOfFile: file, encoding: .utf8)
        let error = try #require(throws: CorpusError.self) { try command.write() }
        #expect(error.code == .cannotCreate)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == written)
    }

    @Test(arguments: [["--lines", "0"], ["--lines", "1", "--posts", "0"], ["--lines", "1", "--format", "iis"]])
    func wrongNumbersAreRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try AccessLogCommand.parse(arguments + ["--out", "x"]) }
    }
}
