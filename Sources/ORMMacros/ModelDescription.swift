import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// A model as its source says it: parsed once, then only read.
struct ModelDescription {
    let name: String
    let table: String
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
    }

    enum Kind {
        case column(options: String)
        case primaryKey
        case timestamp(String)
        case foreignKey(target: String, isOptional: Bool, onDelete: String, options: String)
        case hasMany(target: String, inverseModel: String, inverseProperty: String)
        case manyToMany(target: String, pivot: String, owner: String, other: String)

        var isColumn: Bool {
            switch self {
            case .hasMany, .manyToMany: false
            default: true
            }
        }
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

    /// The column's name: `createdAt` → `created_at`, `authorURL` → `author_url`; a foreign key ends with `_id`.
    var columnName: String {
        let name = plainName.snakeCased
        if case .foreignKey = kind { return name + "_id" }
        return name
    }

    var isOptional: Bool { type.hasSuffix("?") }
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
