import BlogModels
import ORM

extension SiteState {
    /// Notes that an import changed something: what the cache beside the site says of earlier states is void.
    static func raiseGeneration(on session: any Session) async throws {
        try await SiteState.filter { $0.id == 1 }
            .update(.set(\.importGeneration) { $0.importGeneration + 1 }, on: session)
    }
}
