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

    /// The instants around now at which a published post or page appears or expires: the last one that has come, and the
    /// first one that is still to come. Between them the same is shown.
    func changes(_ rows: SiteRows) -> (last: Instant?, next: Instant?) {
        var last: Instant?
        var next: Instant?
        func consider(_ instant: Instant?) {
            guard let instant else { return }
            if instant > now { next = min(next ?? instant, instant) } else { last = max(last ?? instant, instant) }
        }
        for post in rows.posts where post.published || drafts {
            if !future { consider(post.publishedAt) }
            consider(post.expiresAt)
        }
        for page in rows.pages where page.published || drafts {
            if !future { consider(page.publishedAt) }
            consider(page.expiresAt)
        }
        return (last, next)
    }
}
