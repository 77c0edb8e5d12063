import BenchmarkWork
import Foundation
import ORM
import ORMMySQL
import ORMPostgres

/// Measures the ORM at the benchmark's work on a server's empty database, or how many point reads its pool does in a second.
/// `Scripts/bench-postgres` and `Scripts/bench-mariadb` run it beside a program in C.
///
/// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
@main
struct ServerBench {
    static let usage = """
        usage: server-bench work URL SENTENCES POSTS
               server-bench pool URL SECONDS POSTS     on the database that the work has filled

        """

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 4, let posts = arguments.last.flatMap({ Int($0) }) else { refuse() }
        let (mode, url, third) = (arguments[1], arguments[2], arguments[3])
        let address = try DatabaseURL(url)
        let driver: any Driver =
            MySQLDriver.schemes.contains(address.scheme)
            ? try MySQLDriver(url: address) : try PostgresDriver(url: address)
        // Not on the main actor, whose queue is no place for a program's work.
        try await Task.detached {
            switch mode {
            case "work":
                try await ORMContender.run(Corpus(posts: posts, sentences: third), ORMContender(driver))
            case "pool":
                guard let seconds = Int(third) else { refuse() }
                try await PoolBench.run(driver, seconds: seconds, posts: posts)
            default: refuse()
            }
        }.value
    }

    private static func refuse() -> Never {
        FileHandle.standardError.write(Data(usage.utf8))
        exit(64)
    }
}
