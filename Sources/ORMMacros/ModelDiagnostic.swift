import SwiftDiagnostics

/// What can be wrong with a model's declaration, in words that say how to mend it.
enum ModelDiagnostic: DiagnosticMessage {
    case notAStruct
    case generic
    case noPrimaryKey(String)
    case manyPrimaryKeys([String])
    case tooManyColumns
    case tuplePattern
    case severalBindings([String])
    case observers(String)
    case constant(String)
    case noType(String)
    case inversePath(String)
    case pivotPath
    case manyWithoutInverse(String)
    case oneWithoutRule(String)
    case setNullOnRequired(String)
    case relationType(String, String)
    case optionalKey
    case timestampType(String)
    case softDeleteType(String)
    case manyDeletions([String])
    case maybeWithoutInverse(String)
    case twoMarkers(String, [String])
    case sameColumn(String, [String])
    case nameLiteral(String)
    case formerNameLiteral(String)
    case formerNameInUse(String, String)
    case optionType(String, String, String)
    case uniqueAndIndexed(String)
    case twoDefaults(String)
    case keyDefault(String)
    case databaseDefaultPlace(String)
    case instantDefault(String)
    case longOptional(String, String)
    case reservedName(String)
    case manyTimestamps(String, [String])
    case decimalDigits(String)

    var message: String {
        switch self {
        case .notAStruct: "@Model needs a struct: a model's value is a row, not an object"
        case .generic: "@Model cannot be generic: one type is one table"
        case .noPrimaryKey(let name): "\(name) has no primary key: mark one property, as in @PrimaryKey var id: Int"
        case .manyPrimaryKeys(let names):
            "only one property can be the primary key, not \(names.joined(separator: " and "))"
        case .tooManyColumns: "a model has at most 64 columns"
        case .tuplePattern: "a column is a property with one name"
        case .severalBindings(let names):
            "declare each column by itself: \(names.map { "var \($0): …" }.joined(separator: ", then "))"
        case .observers(let name):
            "a column cannot have observers, because the library observes it: \(name) goes without didSet and willSet"
        case .constant(let name): "\(name) must be a var: the library sets it when it reads a row"
        case .noType(let name): "write the type of \(name): a macro sees no inferred types, except those of literals"
        case .inversePath(let marker): "name the foreign key on the other side, as in @\(marker)(\\Post.author)"
        case .pivotPath:
            "name the pivot and its two foreign keys, this side's first, as in @ManyToMany(through: PostTag.self, \\.post, \\.tag)"
        case .manyWithoutInverse(let name):
            "\(name) needs @HasMany(\\Child.parent) or @ManyToMany(through:_:_:) to say where its rows are"
        case .oneWithoutRule(let name):
            "say what deleting the row behind \(name) does: @ForeignKey(onDelete: .cascade), .restrict or .setNull"
        case .setNullOnRequired(let name):
            "\(name) is not optional, so it cannot be set to NULL: use One<…>? or another rule"
        case .relationType(let marker, let name):
            switch marker {
            case "ForeignKey", "OneToOne": "@\(marker) needs \(name) to be a One<Model> or a One<Model>?"
            case "HasOne": "@HasOne needs \(name) to be a Maybe<Model>"
            default: "@\(marker) needs \(name) to be a Many<Model>"
            }
        case .optionalKey: "a primary key is never optional: a model's value is a stored row"
        case .timestampType(let name): "@Timestamp needs \(name) to be a Date"
        case .softDeleteType(let name): "@SoftDelete needs \(name) to be a Date?: nil is a row that is not deleted"
        case .manyDeletions(let names):
            "only one property can say when a row was deleted, not \(names.joined(separator: " and "))"
        case .maybeWithoutInverse(let name):
            "\(name) needs @HasOne(\\Child.parent) to say whose unique foreign key points here"
        case .twoMarkers(let name, let markers):
            "\(name) can be one thing only, not \(markers.map { "@\($0)" }.joined(separator: " and "))"
        case .sameColumn(let column, let names):
            "\(names.joined(separator: " and ")) have the same column, \(column): give one of them a .name of its own"
        case .nameLiteral(let name): "write the column's name of \(name) as a plain string literal"
        case .formerNameLiteral(let name): "write the former name of \(name) as a plain string literal: was: \"old\""
        case .formerNameInUse(let name, let column):
            "\(name) cannot have been \(column), which is a column now: was: names a column that is gone"
        case .optionType(let option, let name, let type): ".\(option) needs \(name) to be \(type)"
        case .uniqueAndIndexed(let name): "a unique column has an index by that: leave .indexed of \(name) out"
        case .keyDefault(let name):
            "\(name) is the primary key, whose value is given or made: it has no default"
        case .databaseDefaultPlace(let name):
            ".databaseDefault is for a plain @Column, not for a key, a relation or a timestamp such as \(name)"
        case .instantDefault(let name): ".databaseDefault(.now) needs \(name) to be a Date"
        case .longOptional(let name, let type): "write the type of \(name) as \(type): a macro sees no other optional"
        case .reservedName(let name): "\(name) is a name that every model has already: call the property otherwise"
        case .manyTimestamps(let kind, let names):
            "only one property can be the timestamp \(kind), not \(names.joined(separator: " and "))"
        case .decimalDigits(let name):
            "\(name) has more digits behind its point than in all: .decimal takes the number of all digits first"
        case .twoDefaults(let name):
            "\(name) has a default of the database already: a Swift default would always win over it"
        }
    }

    var diagnosticID: MessageID { MessageID(domain: "ORM", id: "\(self)".prefix { $0 != "(" }.description) }
    var severity: DiagnosticSeverity { .error }
}

struct ModelFixIt: FixItMessage {
    let message: String
    init(_ message: String) { self.message = message }
    var fixItID: MessageID { MessageID(domain: "ORM", id: message) }
}
