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
    case inversePath
    case pivotPath
    case manyWithoutInverse(String)
    case oneWithoutRule(String)
    case setNullOnRequired(String)
    case relationType(String, String)
    case optionalKey
    case timestampType(String)

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
        case .inversePath: "name the foreign key on the other side, as in @HasMany(\\Post.author)"
        case .pivotPath:
            "name the pivot and its two foreign keys, this side's first, as in @ManyToMany(through: PostTag.self, \\.post, \\.tag)"
        case .manyWithoutInverse(let name):
            "\(name) needs @HasMany(\\Child.parent) or @ManyToMany(through:_:_:) to say where its rows are"
        case .oneWithoutRule(let name):
            "say what deleting the row behind \(name) does: @ForeignKey(onDelete: .cascade), .restrict or .setNull"
        case .setNullOnRequired(let name):
            "\(name) is not optional, so it cannot be set to NULL: use One<…>? or another rule"
        case .relationType(let marker, let name):
            marker == "ForeignKey"
                ? "@ForeignKey needs \(name) to be a One<Model> or a One<Model>?"
                : "@\(marker) needs \(name) to be a Many<Model>"
        case .optionalKey: "a primary key is never optional: a model's value is a stored row"
        case .timestampType(let name): "@Timestamp needs \(name) to be a Date"
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
