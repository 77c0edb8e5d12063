import BlogConfiguration
import BlogModels
import ORM

/// A later export often has another name: `blog import site.2024-06.xml` after `blog import site.2024-05.xml`. Its records are those
/// of the earlier one, by ids that no other site has.
enum EarlierExport {
    /// How many records are compared.
    static let sample = 100

    /// Gives the records of an earlier export, which blog.yml does not name, to this source, which has none yet. Says what it
    /// did; `nil` when there is nothing to adopt.
    static func adopt(
        documents keys: [String], for source: ArchiveSource, in context: ImportContext, on session: any Session
    )
        async throws -> String?
    {
        let name = source.name
        guard !(try await ImportedFile.filter { $0.source == name }.exists(on: session)) else { return nil }
        let owners = try await ImportedFile.filter { $0.path.isIn(keys) && $0.source.hasPrefix("wxr:") }
            .select { $0.source }.all(on: session)
        return try await adopt(Set(owners), source, context, session)
    }

    /// The same for comments.
    static func adopt(
        comments ids: [String], for source: ArchiveSource, in context: ImportContext, on session: any Session
    )
        async throws -> String?
    {
        let name = source.name
        guard !(try await Comment.filter { $0.source == name }.exists(on: session)) else { return nil }
        let prefix = "\(source.kind.rawValue):"
        let owners = try await Comment.filter {
            $0.externalID.isIn(ids.map(Optional.init)) && $0.source.hasPrefix(prefix)
        }
        .select { $0.source }.all(on: session)
        return try await adopt(Set(owners.compactMap(\.self)), source, context, session)
    }

    private static func adopt(
        _ owners: Set<String>, _ source: ArchiveSource, _ context: ImportContext, _ session: any Session
    ) async throws -> String? {
        let candidates = owners.subtracting(context.site.configuration.sources.map(\.name))
        guard candidates.count == 1, let old = candidates.first else { return nil }
        let new = source.name
        try await ImportedFile.filter { $0.source == old }.update(.set(\.source, new), on: session)
        try await Comment.filter { $0.source == old }
            .update(.set(\.source, new), .set(\.updatedAt) { $0.updatedAt }, on: session)
        let file = old.drop { $0 != ":" }.dropFirst()
        return "\(source.displayName): a later export of what \(file) was: its records are known"
    }
}
