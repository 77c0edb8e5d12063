import ORM

/// The Swift source of a migration, formatted as `swift format` would leave it.
///
/// ```swift
/// let file = MigrationFile("0002_add_posts_rating", after: ["0001_initial"], operations: difference.operations)
/// file.fileName   // 0002_add_posts_rating.swift
/// file.source     // import ORM …
/// ```
public struct MigrationFile: Sendable {
    /// The migration's name.
    public let name: String
    /// The migrations that come before it.
    public let parents: [String]
    /// What it does.
    public let operations: [MigrationOperation]
    /// What somebody must still think about, as a comment above the operations.
    public let remarks: [String]

    /// A file of these operations.
    public init(_ name: String, after parents: [String], operations: [MigrationOperation], remarks: [String] = []) {
        self.name = name
        self.parents = parents
        self.operations = operations
        self.remarks = remarks
    }

    /// The file's name.
    public var fileName: String { "\(name).swift" }
    /// The constant's name in ``MigrationIndex/typeName``.
    public var identifier: String { MigrationName.identifier(name) }

    /// The whole source.
    public var source: String {
        var lines = operations.contains(where: \.needsFoundation) ? ["import FoundationEssentials"] : []
        if !operations.isEmpty { lines.append("import ORM") }
        lines += ["import ORMMigrations", "", "extension \(MigrationIndex.typeName) {"]
        lines += remarks.map { "    // \($0)" }
        var arguments: [SwiftCode] = [.text(SwiftCode.string(name))]
        if !parents.isEmpty { arguments.append(.array("after: ", parents.map { .text(SwiftCode.string($0)) })) }
        let head = "    static let \(identifier) = Migration("
        let first = arguments.map(\.line).joined(separator: ", ")
        let list = operations.compactMap { SwiftCode($0) }
        if list.isEmpty {
            lines.append("\(head)\(first), operations: [])")
        } else {
            lines += ["\(head)", "        \(first),", "        operations: ["]
            let comma = list.count > 1 ? "," : ""
            lines += list.map { "            \($0.lines(indent: 12, tail: 1))\(comma)" }
            lines.append("        ])")
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }
}

/// The list of a package's migrations: a file beside them that `make` keeps.
///
/// ```swift
/// enum Migrations {
///     static let all: [Migration] = [
///         initial0001,
///         addPostsRating0002,
///     ]
/// }
/// ```
/// Only what stands between the brackets is `make`'s; the rest, such as `public`, may be changed.
public enum MigrationIndex {
    /// The name of the type that holds the migrations.
    public static let typeName = "Migrations"
    /// The file's name.
    public static let fileName = "Migrations.swift"

    /// The source with a list of migrations, by their names; `current` is the file as it is, if there is one. Throws `.migration` when
    /// there is no list in it.
    public static func source(listing names: [String], in current: String? = nil) throws -> String {
        let comma = names.count > 1 ? "," : ""
        let list = names.sorted().map { "        \(MigrationName.identifier($0))\(comma)\n" }.joined()
        let body = list.isEmpty ? "[" : "[\n" + list + "    "
        guard let current else {
            return """
                import ORMMigrations

                /// The schema's history, oldest first. The list is kept by `migrate make`.
                enum \(typeName) {
                    static let all: [Migration] = \(body)]
                }

                """
        }
        guard let head = current.firstRange(of: "let all: [Migration] = ["),
            let end = current[head.upperBound...].firstIndex(of: "]")
        else {
            throw ORMError(
                .migration, "\(fileName) has no line “static let all: [Migration] = [”: it is the list of migrations")
        }
        return current[..<head.upperBound].dropLast() + body + current[end...]
    }
}
