import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// A model as its source says it: parsed once, then only read.
struct ModelDescription {
    let name: String
    let table: String
    /// The literal of the table's former name, where `was:` gives it.
    let formerTable: String?
    /// `public `, `package ` or nothing: what the model's own members are declared with.
    let access: String
    var properties: [Property] = []

    struct Property {
        /// As it is written in code: a word of Swift's own has backticks.
        let name: String
        /// The written or inferred type, without surrounding space.
        let type: String
        let defaultValue: String?
        /// Whether the default is a literal or a case name, which is the same each time it is evaluated.
        let hasConstantDefault: Bool
        let kind: Kind
        /// What `@Column`, `@ForeignKey`, … say of the column.
        let options: Options
    }

    enum Kind {
        case column
        case primaryKey
        case timestamp(String)
        case softDelete
        case foreignKey(target: String, isOptional: Bool, onDelete: String)
        case hasMany(target: String, inverseModel: String, inverseProperty: String)
        case hasOne(target: String, inverseModel: String, inverseProperty: String)
        case manyToMany(target: String, pivot: String, owner: String, other: String)

        var isColumn: Bool {
            switch self {
            case .hasMany, .hasOne, .manyToMany: false
            default: true
            }
        }
    }

    /// The options of a column: as they are written, and what of them the expansion itself must know.
    struct Options {
        /// As they are written, with commas between them.
        var source = ""
        /// The name of `.name("…")`.
        var columnName: String?
        /// The name before this one, of `was: "…"`.
        var formerName: String?
        /// The second number of `.decimal(12, 2)`, as it is written.
        var scale: String?
        /// Whether the database gives the column a value of its own.
        var hasDatabaseDefault = false
    }

    var columns: [Property] { properties.filter(\.kind.isColumn) }
    var relations: [Property] { properties.filter { !$0.kind.isColumn } }
    var primaryKey: Property? {
        properties.first { if case .primaryKey = $0.kind { true } else { false } }
    }
}

extension ModelDescription.Property {
    /// The name without the backticks that Swift's own words need.
    var plainName: String { name.filter { $0 != "`" } }

    /// The column's name: `createdAt` → `created_at`, `authorURL` → `author_url`; a foreign key ends with `_id`. What
    /// `.name("…")` says goes before all that.
    var columnName: String {
        if let given = options.columnName { return given }
        let name = plainName.snakeCased
        if case .foreignKey = kind { return name + "_id" }
        return name
    }

    var isPrimaryKey: Bool { if case .primaryKey = kind { true } else { false } }
    var isOptional: Bool { type.hasSuffix("?") }
    /// The type with a mark of an optional, once.
    var optionalType: String { isOptional ? type : type + "?" }
    /// Whether the engine can count the property's values up.
    var isInteger: Bool {
        [
            "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
        ].contains(type)
    }
}

extension String {
    /// Words in lower case with underscores between them; a run of capitals is one word.
    var snakeCased: String {
        let letters = Array(self)
        var result = ""
        for (index, letter) in letters.enumerated() {
            if letter.isUppercase {
                let followsLower = index > 0 && !letters[index - 1].isUppercase
                let startsWord = index > 0 && index + 1 < letters.count && letters[index + 1].isLowercase
                if index > 0, followsLower || startsWord { result += "_" }
                result += letter.lowercased()
            } else {
                result.append(letter)
            }
        }
        return result
    }
}
