import ORM

/// A program's migrations in the order in which they are applied.
///
/// ```swift
/// let graph = try MigrationGraph([initial, rating])
/// graph.migrations.map(\.name)          // ["0001_initial", "0002_rating"]
/// try graph.state()["posts"]            // the table as the last migration leaves it
/// ```
public struct MigrationGraph: Sendable {
    /// The migrations, each behind its parents; those that could stand in either order, by name.
    public let migrations: [Migration]
    private let byName: [String: Migration]

    /// The graph of these migrations. Throws `.migration` for two of one name, a parent that is not there, and a circle.
    public init(_ migrations: [Migration]) throws {
        byName = try Self.named(migrations)
        self.migrations = try Self.sorted(byName)
    }

    /// The migration of a name; `nil` when the program has none.
    public subscript(name: String) -> Migration? { byName[name] }

    /// The migrations that no other one follows, by name. More than one are branches: see ``checkBranches()``.
    public var heads: [Migration] {
        let parents = Set(migrations.flatMap(\.parents))
        return migrations.filter { !parents.contains($0.name) }
    }

    /// Throws `.migration` when there is more than one head, naming them and the migration that brings them together.
    public func checkBranches() throws {
        let heads = heads
        guard heads.count > 1 else { return }
        let names = heads.map { "\($0.name) (\($0.file))" }.joined(separator: " and ")
        let parents = heads.map { "\"\($0.name)\"" }.joined(separator: ", ")
        throw ORMError(
            .migration,
            "the migrations end in \(heads.count) branches, \(names): bring them together by one that comes after all of them, "
                + "Migration(\"\(nextName("merge"))\", after: [\(parents)], operations: [])")
    }

    /// The name of the next migration: the next number, and a word for what it does.
    ///
    /// ```swift
    /// graph.nextName("rating")   // 0003_rating
    /// ```
    public func nextName(_ word: String) -> String {
        let last = migrations.compactMap { Int($0.name.prefix { $0.isASCII && $0.isNumber }) }.max() ?? 0
        let number = "\(last + 1)"
        return String(repeating: "0", count: max(0, 4 - number.count)) + number + "_" + word
    }

    /// A migration and all that come before it, in order.
    public func path(to name: String) throws -> [Migration] {
        var needed: Set<String> = []
        var open = [try find(name).name]
        while let name = open.popLast() {
            if needed.insert(name).inserted { open += byName[name]?.parents ?? [] }
        }
        return migrations.filter { needed.contains($0.name) }
    }

    /// The migration that a person means: its name, or the start of it that no other name has. Throws `.migration`, naming the nearest,
    /// for an unknown one.
    public func find(_ target: String) throws -> Migration {
        if let migration = byName[target] { return migration }
        let candidates = migrations.filter { !target.isEmpty && $0.name.hasPrefix(target) }
        if candidates.count == 1 { return candidates[0] }
        if candidates.count > 1 {
            let names = candidates.map(\.name).joined(separator: ", ")
            throw ORMError(.migration, "\(target) may mean any of \(names): say which")
        }
        let near = nearest(to: target, among: migrations.map(\.name)).map { ": did you mean \($0)?" } ?? ""
        throw ORMError(.migration, "there is no migration \(target)\(near)")
    }

    /// The migrations that come after one, in order.
    func successors(of name: String) -> [Migration] {
        var found: Set<String> = [name]
        return migrations.filter { migration in
            guard !found.isDisjoint(with: migration.parents) else { return false }
            found.insert(migration.name)
            return true
        }
    }

    /// The schema after all migrations, or after those whose names are given, whatever else there is.
    public func state(after names: Set<String>? = nil) throws -> SchemaState {
        var state = SchemaState()
        for migration in migrations where names?.contains(migration.name) != false {
            try migration.apply(to: &state)
        }
        return state
    }

    // MARK: How

    private static func named(_ migrations: [Migration]) throws -> [String: Migration] {
        var byName: [String: Migration] = [:]
        for migration in migrations {
            if let other = byName.updateValue(migration, forKey: migration.name) {
                throw ORMError(
                    .migration,
                    "two migrations are called \(migration.name), in \(other.file) and \(migration.file): give one another name"
                )
            }
        }
        for migration in migrations {
            for parent in migration.parents where byName[parent] == nil {
                let near = nearest(to: parent, among: byName.keys.sorted()).map { ": did you mean \($0)?" } ?? ""
                throw ORMError(
                    .migration, "\(migration.name) (\(migration.file)) comes after \(parent), which is not there\(near)"
                )
            }
        }
        return byName
    }

    /// Takes again and again the first name whose parents are all taken: https://en.wikipedia.org/wiki/Topological_sorting
    private static func sorted(_ byName: [String: Migration]) throws -> [Migration] {
        var sorted: [Migration] = []
        var taken: Set<String> = []
        var rest = byName.values.sorted { $0.name < $1.name }
        while let index = rest.firstIndex(where: { taken.isSuperset(of: $0.parents) }) {
            let migration = rest.remove(at: index)
            taken.insert(migration.name)
            sorted.append(migration)
        }
        guard rest.isEmpty else {
            let names = rest.map(\.name).joined(separator: ", ")
            throw ORMError(.migration, "these migrations come after one another in a circle: \(names)")
        }
        return sorted
    }
}

extension Migration {
    /// Changes a schema as the migration does. Throws `.migration`, naming the migration and the operation that makes no sense there.
    public func apply(to state: inout SchemaState) throws {
        for (index, operation) in operations.enumerated() { try located(at: index) { try state.apply(operation) } }
        try checkReferences(of: state)
    }
}

extension MigrationOperation: CustomStringConvertible {
    /// The operation in a few words: `addColumn posts.rating`.
    public var description: String {
        switch self {
        case .createTable(let table): "createTable \(table.name)"
        case .dropTable(let name): "dropTable \(name)"
        case .renameTable(let old, let new): "renameTable \(old) to \(new)"
        case .addColumn(let table, let column, _, _): "addColumn \(table).\(column.name)"
        case .alterColumn(let table, let column, _): "alterColumn \(table).\(column.name)"
        case .renameColumn(let table, let old, let new): "renameColumn \(table).\(old) to \(new)"
        case .dropColumn(let table, let column): "dropColumn \(table).\(column)"
        case .addIndex(_, let index): "addIndex \(index.name)"
        case .dropIndex(_, let name): "dropIndex \(name)"
        case .addCheck(_, let check): "addCheck \(check.name)"
        case .dropCheck(_, let name): "dropCheck \(name)"
        case .sql: "sql"
        case .run(let step): "run “\(step.name)”"
        }
    }
}
