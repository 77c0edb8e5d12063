import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// Finds out what a stored property is to its model, from its type and its attributes; reports what does not fit together.
struct PropertyReader {
    let name: String
    let type: String
    let variable: VariableDeclSyntax
    /// The type as it is written, if it is.
    let typeSyntax: TypeSyntax?
    let report: (Diagnostic) -> Void

    /// What the property is; `nil` after something wrong was reported.
    func kind() -> ModelDescription.Kind? {
        if let wrapped = type.argument(of: "Optional") ?? type.argument(of: "Swift.Optional") {
            return refuse(
                typeSyntax.map { Syntax($0) } ?? Syntax(variable), .longOptional(name, "\(wrapped)?"),
                retyped("\(wrapped)?"))
        }
        let markers = Self.markers.filter { attribute($0) != nil }
        if markers.count > 1, let second = attribute(markers[1]) {
            return refuse(second, .twoMarkers(name, markers))
        }
        if let target = type.argument(of: "Many") { return many(target) }
        if let target = type.argument(of: "Maybe") { return maybe(target) }
        if let target = requiredType.argument(of: "One") { return one(target) }
        for marker in ["HasMany", "ManyToMany", "HasOne", "ForeignKey", "OneToOne"] {
            guard let attribute = attribute(marker) else { continue }
            return refuse(attribute, .relationType(marker, name))
        }
        if let key = attribute("PrimaryKey") {
            return isOptional ? refuse(key, .optionalKey, retyped(requiredType)) : .primaryKey
        }
        if let stamp = attribute("Timestamp") {
            guard type == "Date" else { return refuse(stamp, .timestampType(name), retyped("Date")) }
            return .timestamp(arguments(stamp).first?.expression.trimmedDescription ?? ".created")
        }
        if let deletion = attribute("SoftDelete") {
            guard type == "Date?" else { return refuse(deletion, .softDeleteType(name), retyped("Date?")) }
            return .softDelete
        }
        return .column
    }

    /// What the property's attribute says of the column; `nil` after something wrong was reported.
    func options(of kind: ModelDescription.Kind) -> ModelDescription.Options? {
        guard kind.isColumn, let marker = Self.markers.first(where: { attribute($0) != nil }),
            let attribute = attribute(marker)
        else { return ModelDescription.Options() }
        var given = arguments(attribute)
        // The first argument of a timestamp is its kind.
        if marker == "Timestamp" { given.removeFirst(min(1, given.count)) }
        var options = ModelDescription.Options(given, of: name, type, in: attribute, report: report)
        if marker == "OneToOne", let given = options?.source {
            options?.source = given.isEmpty ? ".unique" : given + ", .unique"
        }
        return options
    }

    /// The attributes of which a property has one at most.
    private static let markers = [
        "PrimaryKey", "Column", "Timestamp", "SoftDelete", "ForeignKey", "OneToOne", "HasOne", "HasMany", "ManyToMany",
    ]

    // MARK: Relations

    private func many(_ target: String) -> ModelDescription.Kind? {
        if let many = attribute("HasMany") {
            return inverse(many).map { .hasMany(target: target, inverseModel: $0.model, inverseProperty: $0.property) }
        }
        guard let many = attribute("ManyToMany") else { return refuse(variable, .manyWithoutInverse(name)) }
        let given = arguments(many)
        guard given.count == 3, let pivot = given[0].expression.as(MemberAccessExprSyntax.self)?.base,
            let owner = given[1].expression.as(KeyPathExprSyntax.self),
            let other = given[2].expression.as(KeyPathExprSyntax.self)
        else { return refuse(many, .pivotPath) }
        return .manyToMany(
            target: target, pivot: pivot.trimmedDescription, owner: owner.components.description.droppingDot,
            other: other.components.description.droppingDot)
    }

    private func maybe(_ target: String) -> ModelDescription.Kind? {
        guard let one = attribute("HasOne") else { return refuse(variable, .maybeWithoutInverse(name)) }
        return inverse(one).map { .hasOne(target: target, inverseModel: $0.model, inverseProperty: $0.property) }
    }

    private func one(_ target: String) -> ModelDescription.Kind? {
        guard let key = attribute("ForeignKey") ?? attribute("OneToOne") else {
            // The new attribute comes first, so it takes the line break and the comment before the property.
            let attribute = AttributeSyntax("@ForeignKey(onDelete: .cascade)")
                .with(\.leadingTrivia, variable.leadingTrivia).with(\.trailingTrivia, .space)
            let bare = variable.with(\.leadingTrivia, [])
            let fixed = bare.with(\.attributes, AttributeListSyntax([.attribute(attribute)] + Array(bare.attributes)))
            return refuse(
                variable, .oneWithoutRule(name),
                .replacing(variable, with: fixed, "add @ForeignKey(onDelete: .cascade)"))
        }
        let rule = arguments(key).first { $0.label?.text == "onDelete" }?.expression
        if let rule, rule.trimmedDescription.hasSuffix("setNull"), !isOptional {
            return refuse(rule, .setNullOnRequired(name), retyped("\(type)?"))
        }
        return .foreignKey(
            target: target, isOptional: isOptional, onDelete: rule?.trimmedDescription ?? ".restrict")
    }

    /// The model and the property of `\Post.author`.
    private func inverse(_ attribute: AttributeSyntax) -> (model: String, property: String)? {
        guard let path = arguments(attribute).first?.expression.as(KeyPathExprSyntax.self),
            let root = path.root?.trimmedDescription, path.components.count == 1
        else {
            report(
                .init(
                    node: Syntax(attribute),
                    message: ModelDiagnostic.inversePath(attribute.attributeName.trimmedDescription)))
            return nil
        }
        return (root, path.components.description.droppingDot)
    }

    // MARK: Pieces

    private var isOptional: Bool { type.hasSuffix("?") }
    private var requiredType: String { isOptional ? String(type.dropLast()) : type }

    private func attribute(_ name: String) -> AttributeSyntax? {
        for case .attribute(let attribute) in variable.attributes
        where attribute.attributeName.trimmedDescription.split(separator: ".").last.map(String.init) == name {
            return attribute
        }
        return nil
    }

    private func arguments(_ attribute: AttributeSyntax) -> [LabeledExprSyntax] {
        attribute.arguments?.as(LabeledExprListSyntax.self).map(Array.init) ?? []
    }

    private func refuse(
        _ node: some SyntaxProtocol, _ message: ModelDiagnostic, _ fixIt: FixIt? = nil
    ) -> ModelDescription.Kind? {
        report(.init(node: Syntax(node), message: message, fixIts: fixIt.map { [$0] } ?? []))
        return nil
    }

    /// "Use this type", where a type is written.
    private func retyped(_ type: String) -> FixIt? {
        guard let typeSyntax else { return nil }
        let fixed = TypeSyntax("\(raw: type)").with(\.leadingTrivia, typeSyntax.leadingTrivia)
            .with(\.trailingTrivia, typeSyntax.trailingTrivia)
        return .replacing(typeSyntax, with: fixed, "use \(type)")
    }
}

extension FixIt {
    /// Replaces a node by another.
    static func replacing(_ node: some SyntaxProtocol, with fixed: some SyntaxProtocol, _ message: String) -> FixIt {
        FixIt(message: ModelFixIt(message), changes: [.replace(oldNode: Syntax(node), newNode: Syntax(fixed))])
    }
}
