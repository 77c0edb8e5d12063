import ORM
import ORMMigrations
import ORMSQLite
import Testing

/// Walks random chains of changes of models, with rows in the tables.
struct RandomChainTests {
    private static let length = 6
    private static let seeds = 1...UInt64(8)

    /// A chain of schemas, and the migrations that lead along it, as `make` would have written them.
    private struct Chain {
        var states: [SchemaState] = [SchemaState()]
        var migrations: [Migration] = []

        init(seed: UInt64) throws {
            var schema = RandomSchema(seed: seed)
            for step in 0..<RandomChainTests.length {
                if step > 0 { schema.change() }
                let old = states[states.count - 1]
                let decisions = step == 0 ? SchemaDecisions() : try schema.decisions(since: old)
                let difference = try SchemaDifference(from: old, to: schema.state, decisions: decisions)
                try #require(difference.ambiguities == [])
                migrations.append(
                    Migration(
                        "000\(step + 1)_step", after: migrations.last.map { [$0.name] } ?? [],
                        operations: difference.operations))
                states.append(schema.state)
            }
        }
    }

    private func expect(_ database: Database, toBe state: SchemaState, _ comment: Comment) async throws {
        let inspection = try await SchemaInspector.inspect(database)
        #expect(inspection.notes == [], comment)
        #expect(try inspection.schema.isEquivalent(to: state, in: database.dialect), comment)
    }

    /// Deletes all rows, whatever points to what.
    private static func emptying(_ state: SchemaState) -> String {
        let keys = state.tables.flatMap { table in
            table.columns.filter { $0.reference != nil }.map { "UPDATE \(table.name) SET \($0.name) = NULL;" }
        }
        return (keys + state.tables.map { "DELETE FROM \($0.name);" }).joined(separator: "\n")
    }

    @Test func theChainsHoldEveryKindOfOperation() throws {
        let operations = try Self.seeds.flatMap { try Chain(seed: $0).migrations.flatMap(\.operations) }
        let kinds = Set(operations.map { $0.description.prefix { $0 != " " } })
        #expect(
            kinds == [
                "createTable", "dropTable", "renameTable", "addColumn", "alterColumn", "renameColumn", "dropColumn",
                "addIndex", "dropIndex", "addCheck", "dropCheck",
            ])
    }

    @Test(arguments: Self.seeds)
    func anyStateLeadsToAnyLaterOneWithAllRowsAndBack(_ seed: UInt64) async throws {
        let chain = try Chain(seed: seed)
        for start in 0..<Self.length {
            var random = SeededGenerator(seed: seed &* 100 &+ UInt64(start))
            let database = try await Database.open(SQLiteDriver.inMemory)
            let migrator = try Migrator(database, chain.migrations)
            if start > 0 { try await migrator.up(to: chain.migrations[start - 1].name) }
            try await expect(database, toBe: chain.states[start], "seed \(seed), at \(start)")

            var shadow = ShadowDatabase()
            let inserts = (0..<3).flatMap { _ in shadow.insertRows(into: chain.states[start], &random) }
            try await database.run(script: inserts.joined(separator: "\n"))
            #expect(try await ShadowDatabase.read(chain.states[start], from: database) == shadow)

            for step in start..<Self.length {
                for operation in chain.migrations[step].operations { shadow.apply(operation) }
            }
            try await migrator.up()
            try await expect(database, toBe: chain.states[Self.length], "seed \(seed), from \(start) up")
            #expect(
                try await ShadowDatabase.read(chain.states[Self.length], from: database) == shadow,
                "seed \(seed), rows from \(start) up")

            for step in (0..<Self.length).reversed() {
                do {
                    try await migrator.down()
                } catch let error as ORMError where error.message.contains("no value in column") {
                    // A column that was dropped, or let be NULL, has nothing to give to the rows that are there.
                    try await expect(database, toBe: chain.states[step + 1], "seed \(seed), refused at \(step)")
                    try await database.run(script: Self.emptying(chain.states[step + 1]))
                    try await migrator.down()
                }
                try await expect(database, toBe: chain.states[step], "seed \(seed), from \(start) down to \(step)")
            }
            await database.close()
        }
    }
}
