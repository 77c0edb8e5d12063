public import ORM

/// What a person says of a change of schema that nobody can see in it: that one thing was another before, that something is to go, what
/// rows that are there get.
///
/// ```swift
/// var decisions = SchemaDecisions(of: models)         // `was:` of the models
/// try decisions.rename("posts.summary=excerpt")       // as `--rename` gives it
/// ```
public struct SchemaDecisions: Sendable {
    /// Former names of tables, by the new ones.
    public var tables: [String: String] = [:]
    /// Former names of columns, by table (as it is called now) and new name.
    public var columns: [String: [String: String]] = [:]
    /// What is to be dropped, although something new looks like it: `posts`, `posts.summary`, as they were called.
    public var dropped: Set<String> = []
    /// What rows that are there get in a column that becomes NOT NULL, by table and column: as it is written on a command line.
    public var fillings: [String: [String: String]] = [:]
    /// The renames that a person has asked for now, and that must be possible.
    private(set) var demanded: [(old: Path, new: Path)] = []

    /// A table, or a column of it.
    struct Path: Hashable, CustomStringConvertible {
        var table: String
        var column: String?

        init(table: String, column: String? = nil) {
            self.table = table
            self.column = column
        }

        init(_ text: Substring) {
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            self.init(table: parts[0], column: parts.count > 1 ? parts[1] : nil)
        }

        var description: String { column.map { "\(table).\($0)" } ?? table }
    }

    /// No decisions.
    public init() {}

    /// What the models say by `was:`. A name that is no longer there says nothing: the rename has happened.
    public init(of models: [any Model.Type]) {
        for model in models {
            let schema = model.schema
            if let former = schema.formerName { tables[schema.table] = former }
            for column in schema.columns {
                if let former = column.formerName { columns[schema.table, default: [:]][column.name] = former }
            }
        }
    }

    /// Adds `table.old=new`, or `old=new` for a table. Throws `.migration` for anything else.
    public mutating func rename(_ text: String) throws {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
            throw ORMError(.migration, "“\(text)” is no rename: write table.old=new for a column, old=new for a table")
        }
        let old = Path(sides[0])
        let new = old.column == nil ? Path(table: String(sides[1])) : Path(table: old.table, column: String(sides[1]))
        guard old.column?.isEmpty != true, !sides[1].contains(".") else {
            throw ORMError(.migration, "“\(text)” is no rename: write table.old=new for a column, old=new for a table")
        }
        if let column = new.column {
            columns[new.table, default: [:]][column] = old.column
        } else {
            tables[new.table] = old.table
        }
        demanded.append((old, new))
    }

    /// Adds `table.column=value`: what rows that are there get in a column that may not be NULL.
    public mutating func fill(_ text: String) throws {
        guard let equals = text.firstIndex(of: "=") else {
            throw ORMError(.migration, "“\(text)” fills no column: write table.column=value")
        }
        let path = Path(text[..<equals])
        guard let column = path.column, !column.isEmpty, !path.table.isEmpty else {
            throw ORMError(.migration, "“\(text)” fills no column: write table.column=value")
        }
        fillings[path.table, default: [:]][column] = String(text[text.index(after: equals)...])
    }
}
