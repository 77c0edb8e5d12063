/// What readers may see, and when that changes.
struct Visibility: Sendable, Hashable {
    var now: Instant
    /// Show what is not published.
    var drafts = false
    /// Show what is published with a date to come.
    var future = false

    /// Whether a record with these columns is shown.
    func shows(published: Bool, publishedAt: Instant?, expiresAt: Instant?) -> Bool {
        guard published || drafts else { return false }
        if let publishedAt, publishedAt > now, !future { return false }
        if let expiresAt, expiresAt <= now { return false }
        return true
    }

    func shows(_ post: PostRecord) -> Bool {
        shows(published: post.published, publishedAt: post.publishedAt, expiresAt: post.expiresAt)
    }

    func shows(_ page: PageRecord) -> Bool {
        shows(published: page.published, publishedAt: page.publishedAt, expiresAt: page.expiresAt)
    }

    /// The first instant after now at which a published post or page appears or expires; nil when none does.
    func nextChange(_ rows: SiteRows) -> Instant? {
        var next: Instant?
        func consider(_ instant: Instant?) {
            guard let instant, instant > now else { return }
            next = min(next ?? instant, instant)
        }
        for post in rows.posts where post.published || drafts {
            if !future { consider(post.publishedAt) }
            consider(post.expiresAt)
        }
        for page in rows.pages where page.published || drafts {
            if !future { consider(page.publishedAt) }
            consider(page.expiresAt)
        }
        return next
    }
}
