package import FoundationEssentials
package import ORM

extension Scope where Row == Post {
    /// Whether readers see the post at an instant: published, not scheduled for later, not expired. An undated post counts.
    package func isVisible(at now: Date) -> Expr<Bool> {
        self.published && (self.publishedAt == nil || self.publishedAt <= now)
            && (self.expiresAt == nil || self.expiresAt > now)
    }
}

extension Query where Row == Post {
    /// Only posts that readers see at an instant.
    package func visible(at now: Date) -> Query<Post> { filter { $0.isVisible(at: now) } }
}
