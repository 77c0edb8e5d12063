import Synchronization

/// A database server made for the tests of this process, and gone with it.
public protocol DatabaseServer: AnyObject, Sendable {
    /// The database that is there from the start.
    var ownDatabase: String { get }
    /// The URL of a database, by the server's socket.
    func url(_ database: String) -> String
    /// Runs SQL by the engine's own shell; gives what it prints.
    @discardableResult func run(_ sql: String, on database: String) throws -> String
    /// Kills the server at once, as a power cut would.
    func kill() throws
    /// Starts it again, on the data that are there.
    func restart() throws
}

extension DatabaseServer {
    /// The URL of a new, empty database.
    public func makeDatabase() throws -> String {
        let name = unusedDatabaseName()
        try run("CREATE DATABASE \(name)", on: ownDatabase)
        return url(name)
    }

    /// Runs SQL in the database of a URL that ``makeDatabase()`` gave.
    @discardableResult
    public func run(_ sql: String, at url: String) throws -> String {
        let name = url.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) } ?? ""
        return try run(sql, on: name)
    }

    func socketURL(_ scheme: String, user: String, _ database: String, socket: String) -> String {
        "\(scheme)://\(user)@/\(database)?socket=\(socket.replacing("/", with: "%2F"))"
    }
}

/// A name that no test of this process gives a database: `test_7`.
public func unusedDatabaseName() -> String { "test_\(count.wrappingAdd(1, ordering: .relaxed).newValue)" }

private let count = Atomic(0)
