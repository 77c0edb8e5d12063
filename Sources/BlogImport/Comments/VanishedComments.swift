import BlogModels
import ORM

/// Comments that their source has no more.
enum VanishedComments {
    /// Hides comments that readers see or moderators wait to see, and gives how many.
    static func hide(_ rows: [Int], on session: any Session) async throws -> Int {
        guard !rows.isEmpty else { return 0 }
        let shown = try await Comment.filter { $0.id.isIn(rows) && $0.status.isIn([.approved, .pending]) }
            .select { $0.id }.all(on: session)
        guard !shown.isEmpty else { return 0 }
        let count = try await Comment.filter { $0.id.isIn(shown) }
            .update(.set(\.status, .deleted), .set(\.updatedAt) { $0.updatedAt }, on: session)
        // A moderator's "spam" outlasts the file; an approval does not.
        try await LocalMark.filter { $0.kind == .comment && $0.rowID.isIn(shown) && $0.field == "status" }
            .delete(on: session)
        return count
    }

    /// Deletes those that nobody answers, from the ends of the threads inwards, and gives their ids.
    static func delete(_ rows: [Int], on session: any Session) async throws -> Set<Int> {
        var deleted: Set<Int> = []
        while !rows.isEmpty {
            let ends = try await Comment.filter { $0.id.isIn(rows) && $0.replies.count == 0 }.select { $0.id }
                .all(on: session)
            if ends.isEmpty { break }
            try await Comment.filter { $0.id.isIn(ends) }.delete(on: session)
            deleted.formUnion(ends)
        }
        let ids = deleted
        if !ids.isEmpty {
            try await LocalMark.filter { $0.kind == .comment && $0.rowID.isIn(ids) }.delete(on: session)
        }
        return deleted
    }
}
