import BenchmarkWork
import Foundation
import ORMSQLite

/// Measures one library at the benchmark's work. `Scripts/bench-orm` runs it, and what it is compared with, several times.
///
/// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
@main
struct ORMBench {
    static let usage = "usage: orm-bench CONTENDER DATABASE SENTENCES POSTS   (orm, grdb-codable, grdb-columns)\n"

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 4, let posts = arguments.last.flatMap({ Int($0) }) else { refuse() }
        let (name, path, sentences) = (arguments[1], arguments[2], arguments[3])
        let corpus = try Corpus(posts: posts, sentences: sentences)
        // Not on the main actor, whose queue is no place for a program's work.
        try await Task.detached {
            switch name {
            case ORMContender.name: try await ORMContender.run(corpus, ORMContender(SQLiteDriver(path: path)))
            case GRDBContender<CodablePost>.name:
                try await GRDBContender<CodablePost>.run(corpus, GRDBContender(path: path))
            case GRDBContender<ColumnPost>.name:
                try await GRDBContender<ColumnPost>.run(corpus, GRDBContender(path: path))
            default: refuse()
            }
        }.value
    }

    private static func refuse() -> Never {
        FileHandle.standardError.write(Data(usage.utf8))
        exit(64)
    }
}
