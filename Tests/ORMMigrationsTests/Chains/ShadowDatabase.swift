import ORM
import ORMMigrations

/// What the rows of a database must be, kept beside it by hand: as texts, `nil` for NULL.
struct ShadowDatabase: Equatable {
    typealias Row = [String: String?]

    private(set) var tables: [String: [Int: Row]] = [:]

    /// Does to the rows what an operation means.
    mutating func apply(_ operation: MigrationOperation) {
        switch operation {
        case .createTable(let table): tables[table.name] = [:]
        case .dropTable(let name): tables[name] = nil
        case .renameTable(let old, let new):
            tables[new] = tables[old]
            tables[old] = nil
        case .addColumn(let table, let column, _, let filling):
            let value = Self.text(filling ?? column.defaultValue)
            tables[table] = tables[table]?.mapValues { $0.merging([column.name: value]) { $1 } }
        case .renameColumn(let table, let old, let new):
            tables[table] = tables[table]?.mapValues { row in
                var row = row
                row[new] = row.removeValue(forKey: old)
                return row
            }
        case .dropColumn(let table, let column):
            tables[table] = tables[table]?.mapValues { row in row.filter { $0.key != column } }
        case .alterColumn, .addIndex, .dropIndex, .addCheck, .dropCheck, .sql, .run: break
        }
    }

    private static func text(_ value: DefaultState?) -> String? {
        guard case .value(let value) = value else { return nil }
        return switch value {
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .bool(let flag): flag ? "1" : "0"
        case .text(let text): text
        default: nil
        }
    }

    /// Adds a row to each table of a schema, and gives the statements that add them to the database.
    mutating func insertRows(into state: SchemaState, _ random: inout SeededGenerator) -> [String] {
        TableState.sorted(state.tables).map { table in
            let id = (tables[table.name]?.keys.max() ?? 0) + 1
            var row: Row = [:]
            for column in table.columns where !column.isPrimaryKey {
                let value = self.value(of: column, id, &random)
                row.updateValue(value, forKey: column.name)
            }
            tables[table.name, default: [:]][id] = row
            let names = row.keys.sorted()
            let values = names.map { name in (row[name] ?? nil).map(Self.quoted) ?? "NULL" }
            return "INSERT INTO \(table.name) (\((["id"] + names).joined(separator: ", "))) "
                + "VALUES (\((["\(id)"] + values).joined(separator: ", ")));"
        }
    }

    private func value(of column: ColumnState, _ id: Int, _ random: inout SeededGenerator) -> String? {
        if let reference = column.reference {
            return tables[reference.table]?.keys.sorted().randomElement(using: &random).map { "\($0)" }
        }
        if column.isNullable, random.chance(30) { return nil }
        // Different in each row, for unique columns.
        return switch column.type {
        case .boolean: column.isUnique ? nil : "\(Int.random(in: 0...1, using: &random))"
        case .real: "\(id).25"
        case .text: "\(id) o'clock {x} \u{1F600}"
        default: "\(id * 10)"
        }
    }

    private static func quoted(_ text: String) -> String {
        if Int(text) != nil || Double(text) != nil { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    /// Reads the rows of all tables of a schema.
    static func read(_ state: SchemaState, from database: Database) async throws -> ShadowDatabase {
        var shadow = ShadowDatabase()
        for table in state.tables {
            var rows: [Int: Row] = [:]
            for column in table.columns {
                let sql = "SELECT id, CAST(\(column.name) AS TEXT) FROM \(table.name)"
                for (id, value) in try await Rows<Int, String?>.raw(SQLText(stringLiteral: sql)).all(on: database) {
                    if column.isPrimaryKey {
                        rows[id, default: [:]].merge([:]) { $1 }
                    } else {
                        rows[id, default: [:]].updateValue(value, forKey: column.name)
                    }
                }
            }
            shadow.tables[table.name] = rows
        }
        return shadow
    }
}
