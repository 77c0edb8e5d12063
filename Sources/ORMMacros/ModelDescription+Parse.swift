import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

extension ModelDescription {
    /// Reads a declaration; reports what is wrong with it at the token concerned. `nil` when nothing can be made of it.
    init?(
        _ attribute: AttributeSyntax, _ declaration: some DeclGroupSyntax, report: (Diagnostic) -> Void
    ) {
        guard let structure = declaration.as(StructDeclSyntax.self) else {
            report(
                .init(
                    node: Syntax(declaration.introducer), message: ModelDiagnostic.notAStruct,
                    fixIts: declaration.structFixIts))
            return nil
        }
        name = structure.name.trimmedDescription
        table = attribute.arguments?.as(LabeledExprListSyntax.self)?.first?.expression.trimmedDescription ?? "\"\""
        access = structure.modifiers.accessPrefix
        if let generics = structure.genericParameterClause {
            report(.init(node: Syntax(generics), message: ModelDiagnostic.generic))
            return nil
        }
        var isComplete = true
        for member in structure.memberBlock.members {
            guard let variable = member.decl.as(VariableDeclSyntax.self), variable.isStoredInstanceProperty else {
                continue
            }
            if variable.bindings.count > 1 {
                report(.init(node: Syntax(variable), message: ModelDiagnostic.severalBindings(variable.bindings.names)))
                isComplete = false
                continue
            }
            for binding in variable.bindings {
                if let property = Property(variable, binding, report: report) {
                    properties.append(property)
                } else {
                    isComplete = false
                }
            }
        }
        let keys = properties.filter { if case .primaryKey = $0.kind { true } else { false } }
        if keys.isEmpty, isComplete {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.noPrimaryKey(name)))
            return nil
        }
        if keys.count > 1 {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.manyPrimaryKeys(keys.map(\.name))))
            return nil
        }
        if columns.count > 64 {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.tooManyColumns))
            return nil
        }
        guard isComplete else { return nil }
    }
}

extension ModelDescription.Property {
    init?(_ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax, report: (Diagnostic) -> Void) {
        guard let identifier = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
            report(.init(node: Syntax(binding.pattern), message: ModelDiagnostic.tuplePattern))
            return nil
        }
        let name = identifier.trimmedDescription
        guard variable.bindingSpecifier.tokenKind == .keyword(.var) else {
            let fixed = variable.with(
                \.bindingSpecifier, variable.bindingSpecifier.with(\.tokenKind, .keyword(.var)))
            report(
                .init(
                    node: Syntax(variable.bindingSpecifier), message: ModelDiagnostic.constant(name),
                    fixIts: [
                        FixIt(
                            message: ModelFixIt("use var"),
                            changes: [.replace(oldNode: Syntax(variable), newNode: Syntax(fixed))])
                    ]))
            return nil
        }
        if let observers = binding.accessorBlock {
            report(.init(node: Syntax(observers), message: ModelDiagnostic.observers(name)))
            return nil
        }
        let value = binding.initializer?.value
        guard let type = binding.typeAnnotation?.type.trimmedDescription ?? value?.inferredTypeName else {
            report(.init(node: Syntax(binding.pattern), message: ModelDiagnostic.noType(name)))
            return nil
        }
        self.name = name
        self.type = type
        defaultValue = value?.trimmedDescription
        // `.now` and the like are members too, and another value each time.
        hasConstantDefault = (value?.isConstant ?? false) && !type.hasPrefix("Date") && !type.hasPrefix("UUID")
        guard let kind = Self.kind(of: name, type, variable, report: report) else { return nil }
        self.kind = kind
    }

    private static func kind(
        of name: String, _ type: String, _ variable: VariableDeclSyntax, report: (Diagnostic) -> Void
    ) -> ModelDescription.Kind? {
        let markers = variable.attributes.compactMap { $0.as(AttributeSyntax.self) }
        func marker(_ name: String) -> AttributeSyntax? {
            markers.first { $0.attributeName.trimmedDescription == name }
        }
        func arguments(_ attribute: AttributeSyntax?) -> [LabeledExprSyntax] {
            attribute?.arguments?.as(LabeledExprListSyntax.self).map(Array.init) ?? []
        }
        let node = Syntax(variable)
        if let target = type.argument(of: "Many") {
            if let many = marker("HasMany") {
                guard let path = arguments(many).first?.expression.as(KeyPathExprSyntax.self),
                    let root = path.root?.trimmedDescription, path.components.count == 1
                else {
                    report(.init(node: Syntax(many), message: ModelDiagnostic.inversePath))
                    return nil
                }
                return .hasMany(
                    target: target, inverseModel: root, inverseProperty: path.components.description.droppingDot)
            }
            if let many = marker("ManyToMany") {
                let given = arguments(many)
                guard given.count == 3, let pivot = given[0].expression.as(MemberAccessExprSyntax.self)?.base,
                    let owner = given[1].expression.as(KeyPathExprSyntax.self),
                    let other = given[2].expression.as(KeyPathExprSyntax.self)
                else {
                    report(.init(node: Syntax(many), message: ModelDiagnostic.pivotPath))
                    return nil
                }
                return .manyToMany(
                    target: target, pivot: pivot.trimmedDescription, owner: owner.components.description.droppingDot,
                    other: other.components.description.droppingDot)
            }
            report(.init(node: node, message: ModelDiagnostic.manyWithoutInverse(name)))
            return nil
        }
        let isOptional = type.hasSuffix("?")
        if let target = (isOptional ? String(type.dropLast()) : type).argument(of: "One") {
            guard let key = marker("ForeignKey") else {
                // The new attribute comes first, so it takes the line break and the comment before the property.
                let attribute = AttributeSyntax("@ForeignKey(onDelete: .cascade)")
                    .with(\.leadingTrivia, variable.leadingTrivia).with(\.trailingTrivia, .space)
                let bare = variable.with(\.leadingTrivia, [])
                let fixed = bare.with(
                    \.attributes, AttributeListSyntax([.attribute(attribute)] + Array(bare.attributes)))
                report(
                    .init(
                        node: node, message: ModelDiagnostic.oneWithoutRule(name),
                        fixIts: [
                            FixIt(
                                message: ModelFixIt("add @ForeignKey(onDelete: .cascade)"),
                                changes: [.replace(oldNode: node, newNode: Syntax(fixed))])
                        ]))
                return nil
            }
            let given = arguments(key)
            let rule = given.first { $0.label?.text == "onDelete" }?.expression
            let options = given.filter { $0.label == nil }.map(\.expression.trimmedDescription).joined(separator: ", ")
            if rule?.trimmedDescription.hasSuffix("setNull") == true, !isOptional {
                report(.init(node: rule.map { Syntax($0) } ?? node, message: ModelDiagnostic.setNullOnRequired(name)))
                return nil
            }
            return .foreignKey(
                target: target, isOptional: isOptional, onDelete: rule?.trimmedDescription ?? ".restrict",
                options: options)
        }
        for wrong in ["HasMany", "ManyToMany", "ForeignKey"] {
            guard let attribute = marker(wrong) else { continue }
            report(.init(node: Syntax(attribute), message: ModelDiagnostic.relationType(wrong, name)))
            return nil
        }
        if let key = marker("PrimaryKey") {
            if isOptional {
                report(.init(node: Syntax(key), message: ModelDiagnostic.optionalKey))
                return nil
            }
            return .primaryKey
        }
        if let stamp = marker("Timestamp") {
            if type != "Date" {
                report(.init(node: Syntax(stamp), message: ModelDiagnostic.timestampType(name)))
                return nil
            }
            return .timestamp(arguments(stamp).first?.expression.trimmedDescription ?? ".created")
        }
        return .column(
            options: arguments(marker("Column")).map(\.expression.trimmedDescription).joined(separator: ", "))
    }
}

extension VariableDeclSyntax {
    /// Whether each value of the type stores this; computed, static and lazy properties are none of the model's columns.
    var isStoredInstanceProperty: Bool {
        let isStatic = modifiers.contains {
            [.keyword(.static), .keyword(.class), .keyword(.lazy)].contains($0.name.tokenKind)
        }
        guard !isStatic, let binding = bindings.first else { return false }
        guard let accessors = binding.accessorBlock?.accessors else { return true }
        guard case .accessors(let list) = accessors else { return false }
        return list.allSatisfy { [.keyword(.didSet), .keyword(.willSet)].contains($0.accessorSpecifier.tokenKind) }
    }
}

extension PatternBindingListSyntax {
    /// The names of the properties.
    fileprivate var names: [String] { map(\.pattern.trimmedDescription) }
}

extension DeclModifierListSyntax {
    /// The access that the type's members need: its own, with a space behind it.
    var accessPrefix: String {
        for modifier in self {
            switch modifier.name.tokenKind {
            case .keyword(.public), .keyword(.open): return "public "
            case .keyword(.package): return "package "
            case .keyword(.fileprivate), .keyword(.private): return "fileprivate "
            default: continue
            }
        }
        return ""
    }
}

extension ExprSyntax {
    /// The type of a literal, as Swift infers it.
    fileprivate var inferredTypeName: String? {
        if self.is(BooleanLiteralExprSyntax.self) { return "Bool" }
        if self.is(IntegerLiteralExprSyntax.self) { return "Int" }
        if self.is(FloatLiteralExprSyntax.self) { return "Double" }
        if self.is(StringLiteralExprSyntax.self) { return "String" }
        if let prefix = self.as(PrefixOperatorExprSyntax.self), prefix.operator.text == "-" {
            return prefix.expression.inferredTypeName
        }
        return nil
    }

    /// Whether the expression is a literal or names a case: the same value each time.
    fileprivate var isConstant: Bool {
        if let text = self.as(StringLiteralExprSyntax.self) {
            return text.segments.allSatisfy { $0.is(StringSegmentSyntax.self) }
        }
        if inferredTypeName != nil { return true }
        return self.is(MemberAccessExprSyntax.self)
    }
}

extension String {
    /// `T` of `Many<T>`, also when written `ORM.Many<T>`.
    fileprivate func argument(of generic: String) -> String? {
        for head in ["\(generic)<", "ORM.\(generic)<"] where hasPrefix(head) && hasSuffix(">") {
            return String(dropFirst(head.count).dropLast())
        }
        return nil
    }

    fileprivate var droppingDot: String { hasPrefix(".") ? String(dropFirst()) : self }
}

extension DeclGroupSyntax {
    /// "Make it a struct", for classes and enums.
    fileprivate var structFixIts: [FixIt] {
        guard introducer.tokenKind == .keyword(.class) else { return [] }
        let fixed = introducer.with(\.tokenKind, .keyword(.struct))
        return [
            FixIt(
                message: ModelFixIt("use struct"),
                changes: [.replace(oldNode: Syntax(introducer), newNode: Syntax(fixed))])
        ]
    }
}
