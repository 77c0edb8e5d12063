import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@Model`: writes what the protocol `Model` asks for.
struct ModelMacro: MemberMacro {
    static func expansion(
        of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
        conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let model = ModelDescription(node, declaration, report: context.diagnose) else { return [] }
        return ModelExpansion(model).members.map { DeclSyntax(stringLiteral: $0) }
    }
}

extension ModelMacro: MemberAttributeMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingAttributesFor member: some DeclSyntaxProtocol, in context: some MacroExpansionContext
    ) throws -> [AttributeSyntax] {
        // The member role reports what is wrong; here a broken model just gets no tracking.
        guard let variable = member.as(VariableDeclSyntax.self), variable.isStoredInstanceProperty,
            let name = variable.bindings.first?.pattern.as(IdentifierPatternSyntax.self)?.identifier.trimmedDescription,
            let model = ModelDescription(node, declaration, report: { _ in }),
            let index = model.columns.firstIndex(where: { $0.name == name })
        else { return [] }
        return ["@TrackedColumn(\(raw: index))"]
    }
}

extension ModelMacro: ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol,
        conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        guard ModelDescription(node, declaration, report: { _ in }) != nil else { return [] }
        return [try ExtensionDeclSyntax("extension \(type.trimmed): ORM.Model {}")]
    }
}

/// Makes a stored property note that it was set: a bit in `changedColumns`.
struct TrackedColumnMacro: AccessorMacro {
    static func expansion(
        of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [AccessorDeclSyntax] {
        guard let index = node.arguments?.as(LabeledExprListSyntax.self)?.first?.expression.trimmedDescription else {
            return []
        }
        return ["didSet { changedColumns.insert(\(raw: index)) }"]
    }
}

/// `@PrimaryKey`, `@Column`, `@ForeignKey`, …: read by `@Model`, and nothing by themselves.
struct PropertyMarkerMacro: PeerMacro {
    static func expansion(
        of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] { [] }
}
