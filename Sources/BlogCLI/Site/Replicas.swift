import BlogConfiguration
import BlogModels
import ORM

/// Databases that follow the site's own by themselves, a little behind: what `build` and `stats` may read from.
///
/// A run reads from one database from beginning to end, because two replicas may be at two states, and from a replica only when that has
/// all that the primary has: it has the same counters. So a run sees what it, or anybody before it, has written.
struct Replicas {
    /// How a replica stands to the primary.
    enum Standing: Equatable {
        /// It has all that the primary has.
        case current
        /// It lacks something yet.
        case behind
        /// It follows another database.
        case foreign
    }

    let places: [DatabasePlace]

    /// Those that belong to the database that commands use: `DATABASE_REPLICA_URLS` (separated by spaces), or `replicas` in blog.yml beside
    /// the database that is named there. With `--database` there are none.
    init(of site: Site, _ options: GlobalOptions, _ console: Console) throws {
        var urls: [String] = []
        if options.database == nil {
            if let list = console.environment["DATABASE_REPLICA_URLS"] {
                urls = list.split(whereSeparator: \.isWhitespace).map(String.init)
            } else if console.environment["DATABASE_URL"] == nil {
                urls = site.configuration.replicas
            }
        }
        places = try urls.map { try DatabasePlace($0, root: site.root) }
    }

    /// Runs `body` with the database to read from: a replica that is reachable and current, or the primary.
    ///
    /// - `note`: is told why a replica was left out.
    func reading<Result>(
        _ primary: Database, note: (String) -> Void, _ body: (Database) async throws -> Result
    ) async throws -> Result {
        // In no particular order, so that many readers share them.
        for place in places.shuffled() {
            // Opening a file that is not there would make it.
            guard place.isThere else {
                note("there is no \(place.description); reading elsewhere")
                continue
            }
            let replica: Database
            do {
                replica = try await place.open()
            } catch let error as ORMError {
                note("\(error.message); reading elsewhere")
                continue
            }
            let result: Result? = try await replica.closing { replica in
                switch try await Self.standing(of: replica, to: primary) {
                case .current: return try await body(replica)
                case .behind: note("the replica \(place.description) is behind; reading elsewhere")
                case .foreign: note("\(place.description) is no replica of the site's database; reading elsewhere")
                }
                return nil
            }
            if let result { return result }
        }
        return try await body(primary)
    }

    /// How a replica stands to the primary.
    static func standing(of replica: Database, to primary: Database) async throws -> Standing {
        let wanted = try await SiteState.get(1, on: primary)
        guard try await replica.hasTable(SiteState.schema.table), let found = try await SiteState.find(1, on: replica)
        else { return .behind }
        guard found.databaseID == wanted.databaseID else { return .foreign }
        // It may be ahead of what was read before, when somebody wrote meanwhile.
        let isCurrent =
            found.changeCounter >= wanted.changeCounter && found.importGeneration >= wanted.importGeneration
        return isCurrent ? .current : .behind
    }
}
