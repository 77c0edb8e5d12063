package import FoundationEssentials
package import ORM

/// Which posts readers see, as a condition of a query.
package struct PostVisibility: Sendable, Hashable {
    /// The instant that decides about scheduled and expired posts.
    package var now: Date
    /// Show what is not published.
    package var drafts: Bool
    /// Show what is published with a date to come.
    package var future: Bool

    package init(now: Date, drafts: Bool = false, future: Bool = false) {
        self.now = now
        self.drafts = drafts
        self.future = future
    }

    /// Whether readers see the post: published, not scheduled for later, not expired. An undated post counts.
    package func shows<Root>(_ post: Scope<Root, Post>) -> Expr<Bool> {
        (Expr(drafts) || post.published) && (Expr(future) || post.publishedAt == nil || post.publishedAt <= now)
            && (post.expiresAt == nil || post.expiresAt > now)
    }

    /// The same of a page outside the stream.
    package func shows(_ page: Scope<Page, Page>) -> Expr<Bool> {
        (Expr(drafts) || page.published) && (Expr(future) || page.publishedAt == nil || page.publishedAt <= now)
            && (page.expiresAt == nil || page.expiresAt > now)
    }
}
