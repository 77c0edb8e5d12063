import ORM

/// What a migration is called, by what it does.
package enum MigrationName {
    /// The words for operations: `add_posts_rating`, `initial` for the first migration, `auto` where one name cannot say it all.
    package static func words(for operations: [MigrationOperation], isFirst: Bool) -> String {
        if isFirst { return "initial" }
        // Indexes and checks come with the columns they are about.
        let main = operations.filter { !$0.isAccessory }
        let named = (main.isEmpty ? operations : main).compactMap(\.words)
        guard let first = named.first else { return "empty" }
        let name = named.count == 1 ? first : named.count == 2 ? "\(first)_and_\(named[1])" : "\(first)_and_more"
        let valid = slug(name)
        return valid.isEmpty || valid.utf8.count > 60 ? "auto" : valid
    }

    /// A name in lower-case ASCII letters, digits and underscores.
    package static func slug(_ text: String) -> String {
        let letters = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return letters.split(separator: "_").map { String($0) }.joined(separator: "_")
    }

    /// The Swift name of a migration's constant: `0002_add_posts_rating` → `addPostsRating0002`.
    package static func identifier(_ name: String) -> String {
        let words = name.split(separator: "_")
        let number = words.first.map { $0.allSatisfy(\.isNumber) ? String($0) : "" } ?? ""
        let rest = number.isEmpty ? words[...] : words.dropFirst()
        let camel = rest.enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.capitalized }.joined()
        return (camel.first?.isLetter == true ? camel : "migration" + camel) + number
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

extension MigrationOperation {
    /// Whether it is about an index or a check alone.
    fileprivate var isAccessory: Bool {
        switch self {
        case .addIndex, .dropIndex, .addCheck, .dropCheck: true
        default: false
        }
    }

    fileprivate var words: String? {
        switch self {
        case .createTable(let table): "create_\(table.name)"
        case .dropTable(let table): "drop_\(table)"
        case .renameTable(let old, let new): "rename_\(old)_to_\(new)"
        case .addColumn(let table, let column, _, _): "add_\(table)_\(column.name)"
        case .alterColumn(let table, let column, _): "alter_\(table)_\(column.name)"
        case .renameColumn(let table, let old, let new): "rename_\(table)_\(old)_to_\(new)"
        case .dropColumn(let table, let column): "drop_\(table)_\(column)"
        case .addIndex(_, let index): "add_\(index.name)"
        case .dropIndex(_, let index): "drop_\(index)"
        case .addCheck(_, let check): "add_\(check.name)"
        case .dropCheck(_, let check): "drop_\(check)"
        case .sql, .run: nil
        }
    }
}
