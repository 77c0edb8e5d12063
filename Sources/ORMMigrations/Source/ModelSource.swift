import ORM

/// `@Model` source for a schema that a database has.
///
/// ```swift
/// let source = ModelSource(try await SchemaInspector.inspect(database))
/// print(source.text)          // all models in one file
/// source.files["Post.swift"]  // or each in its own
/// ```
/// What it prints compiles, and its schema is the one that was inspected, as far as models can say it; ``notes`` names the rest.
public struct ModelSource: Sendable {
    /// What is not in the source, each in a line.
    public let notes: [String]
    private let declarations: [ModelDeclaration]
    private let access: String

    /// The source for what was found in a database.
    ///
    /// - `access`: what the models and their members are declared with: `public`, `package`; empty for nothing.
    public init(_ inspection: SchemaInspection, access: String = "") {
        let schema = SchemaNames(inspection.schema)
        notes = inspection.notes + schema.notes
        declarations = schema.tables.map { ModelDeclaration($0, schema, access: access.isEmpty ? "" : access + " ") }
        self.access = access
    }

    /// All models in one file, the notes above them as comments.
    public var text: String {
        let remarks = notes.isEmpty ? [] : notes.map { "// \($0)" } + [""]
        return (remarks + [Self.imports(declarations, access)] + declarations.map(\.source)).joined(separator: "\n")
    }

    /// Each model in a file of its own, by the file's name.
    public var files: [String: String] {
        Dictionary(
            declarations.map { ("\($0.type).swift", "\(Self.imports([$0], access))\n\($0.source)") },
            uniquingKeysWith: { first, _ in first })
    }

    private static func imports(_ declarations: [ModelDeclaration], _ access: String) -> String {
        let prefix = access.isEmpty ? "" : access + " "
        let needsFoundation = declarations.contains(where: \.needsFoundation)
        return (needsFoundation ? "\(prefix)import FoundationEssentials\n" : "") + "\(prefix)import ORM\n"
    }
}
