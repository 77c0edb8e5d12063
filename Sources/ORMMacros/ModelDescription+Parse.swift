import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

extension ModelDescription {
    /// Reads a declaration; reports what is wrong with it at the token concerned. `nil` when nothing can be made of it.
    init?(
        _ attribute: AttributeSyntax, _ declaration: some DeclGroupSyntax, report: @escaping (Diagnostic) -> Void
    ) {
        guard let structure = declaration.as(StructDeclSyntax.self) else {
            report(
                .init(
                    node: Syntax(declaration.introducer), message: ModelDiagnostic.notAStruct,
                    fixIts: declaration.structFixIts))
            return nil
        }
        name = structure.name.trimmedDescription
        let arguments = attribute.arguments?.as(LabeledExprListSyntax.self)
        table = arguments?.first?.expression.trimmedDescription ?? "\"\""
        formerTable = arguments?.first { $0.label?.text == "was" }?.expression.trimmedDescription
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
            let block = structure.memberBlock
            let item = MemberBlockItemSyntax(
                leadingTrivia: block.members.first?.leadingTrivia ?? .newline,
                decl: DeclSyntax("@PrimaryKey var id: Int"))
            let fixed = block.with(\.members, MemberBlockItemListSyntax([item] + Array(block.members)))
            report(
                .init(
                    node: Syntax(structure.name), message: ModelDiagnostic.noPrimaryKey(name),
                    fixIts: [.replacing(block, with: fixed, "add @PrimaryKey var id: Int")]))
            return nil
        }
        if keys.count > 1 {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.manyPrimaryKeys(keys.map(\.name))))
            return nil
        }
        if let reserved = properties.first(where: {
            ["changedColumns", "givenID", "columnsLeftToDatabase"].contains($0.plainName)
                || ($0.plainName == "id" && !$0.isPrimaryKey)
        }) {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.reservedName(reserved.plainName)))
            return nil
        }
        for kind in [".created", ".updated"] {
            let stamps = properties.filter { if case .timestamp(let given) = $0.kind { given == kind } else { false } }
            guard stamps.count < 2 else {
                report(
                    .init(
                        node: Syntax(structure.name), message: ModelDiagnostic.manyTimestamps(kind, stamps.map(\.name)))
                )
                return nil
            }
        }
        var names: [String: String] = [:]
        for property in columns {
            if let other = names.updateValue(property.plainName, forKey: property.columnName) {
                report(
                    .init(
                        node: Syntax(structure.name),
                        message: ModelDiagnostic.sameColumn(property.columnName, [other, property.plainName])))
                return nil
            }
        }
        if let renamed = columns.first(where: { $0.options.formerName.map { names[$0] != nil } ?? false }) {
            report(
                .init(
                    node: Syntax(structure.name),
                    message: ModelDiagnostic.formerNameInUse(renamed.plainName, renamed.options.formerName ?? "")))
            return nil
        }
        let deletions = properties.filter { if case .softDelete = $0.kind { true } else { false } }
        if deletions.count > 1 {
            report(.init(node: Syntax(structure.name), message: ModelDiagnostic.manyDeletions(deletions.map(\.name))))
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
    init?(_ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax, report: @escaping (Diagnostic) -> Void) {
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
                    fixIts: [.replacing(variable, with: fixed, "use var")]))
            return nil
        }
        if let observers = binding.accessorBlock {
            let fixed = binding.with(\.accessorBlock, nil)
            report(
                .init(
                    node: Syntax(observers), message: ModelDiagnostic.observers(name),
                    fixIts: [.replacing(binding, with: fixed, "remove the observers")]))
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
        let reader = PropertyReader(
            name: name, type: type, variable: variable, typeSyntax: binding.typeAnnotation?.type, report: report)
        guard let kind = reader.kind(), let options = reader.options(of: kind) else { return nil }
        self.kind = kind
        self.options = options
        if isPrimaryKey, let value {
            report(.init(node: Syntax(value), message: ModelDiagnostic.keyDefault(name)))
            return nil
        }
        if options.hasDatabaseDefault, let value {
            report(.init(node: Syntax(value), message: ModelDiagnostic.twoDefaults(name)))
            return nil
        }
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
    func argument(of generic: String) -> String? {
        for head in ["\(generic)<", "ORM.\(generic)<"] where hasPrefix(head) && hasSuffix(">") {
            return String(dropFirst(head.count).dropLast())
        }
        return nil
    }

    var droppingDot: String { hasPrefix(".") ? String(dropFirst()) : self }
}

extension DeclGroupSyntax {
    /// "Make it a struct", for classes and enums.
    fileprivate var structFixIts: [FixIt] {
        guard introducer.tokenKind == .keyword(.class) else { return [] }
        let fixed = introducer.with(\.tokenKind, .keyword(.struct))
        return [.replacing(introducer, with: fixed, "use struct")]
    }
}
