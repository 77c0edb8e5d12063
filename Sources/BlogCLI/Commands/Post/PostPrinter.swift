import BlogConfiguration
import BlogOperations
import BlogSite
import ORM

/// Prints posts, and what became of them.
struct PostPrinter {
    private let console: Console
    private let options: GlobalOptions
    private let rows: RowJSON
    private let text: LocalText

    init(_ open: OpenSite, _ console: Console, _ options: GlobalOptions) {
        self.console = console
        self.options = options
        rows = RowJSON(open.site, now: console.now)
        text = LocalText(open.site)
    }

    /// Runs a list and prints its page.
    static func list(_ list: PostList, _ options: GlobalOptions, _ console: Console) async throws {
        try await OpenSite.with(options, console) { open in
            let page = try await list.page(on: open.database, now: console.now)
            let printer = PostPrinter(open, console, options)
            if options.json {
                console.writeJSON {
                    $0.field("posts", page.items) { printer.rows.post(&$0, $1) }
                    $0.pagination(of: page)
                }
            } else {
                var table = TextTable([
                    .init(title: "id", alignment: .right), .init(title: "date", alignment: .left),
                    .init(title: "state", alignment: .left),
                    .init(title: "title", alignment: .left, isFlexible: true),
                    .init(title: "slug", alignment: .left, isFlexible: true), .init(title: "author", alignment: .left),
                    .init(title: "views", alignment: .right),
                ])
                for post in page.items {
                    table.append([
                        "\(post.id)", post.publishedAt.map(printer.text.day) ?? "undated",
                        post.state(at: console.now).rawValue, post.title, post.slug, post.author.username,
                        post.viewCount.grouped,
                    ])
                }
                console.write(table, of: page, "post")
            }
        }
    }

    func print(_ detail: PostDetail, text showsText: Bool) {
        let post = detail.line
        if options.json { return console.writeJSON { rows.post(&$0, detail) } }
        console.write(console.styled(post.title.printable, .bold))
        console.write([
            ("id", "\(post.id)"), ("slug", post.slug), ("address", rows.address(of: post)), ("state", state(of: post)),
            ("author", ([post.author] + detail.coAuthors).map(\.username).joined(separator: ", ")),
            ("tags", post.tags.isEmpty ? nil : post.tags.map(\.name).joined(separator: ", ").printable),
            ("date", post.publishedAt.map(text.minute) ?? "none"), ("changed", text.minute(post.updatedAt)),
            ("expires", post.expiresAt.map(text.minute)), ("views", post.viewCount.grouped),
            ("comments", comments(detail)), ("file", detail.file?.printable),
        ])
        for owned in detail.local {
            console.write("\(owned.jsonName): \(LocalText.owner(owned, detail.file).printable)")
        }
        if !detail.threads.isEmpty {
            console.write("")
            CommentPrinter.write(detail.threads, text, console)
        }
        if showsText { console.write("\n" + detail.content) }
    }

    func print(_ outcome: PostPublishing.Outcome, done: String) {
        let post = outcome.post
        if options.json {
            return console.writeJSON {
                $0.field("changed", outcome.hasChanged)
                $0.key("post")
                rows.post(&$0, post)
            }
        }
        guard !options.quiet else { return }
        let state = post.state(at: console.now)
        let note =
            switch state {
            case .scheduled: " It appears at \(post.publishedAt.map(text.minute) ?? "")."
            case .expired: " But it has expired at \(post.expiresAt.map(text.minute) ?? "")."
            case .published, .draft: ""
            }
        console.write("\(done): \(post.slug).\(note)")
        if outcome.hasChanged { console.note("Readers see it after: blog build") }
    }

    func print(_ outcome: PostTagging.Outcome, verb: String, key: String) {
        if options.json {
            return console.writeJSON {
                $0.field("changed", outcome.changed) { $0.string($1) }
                $0.field(key, outcome.createdOrDeleted) { $0.string($1) }
                $0.key("post")
                rows.post(&$0, outcome.post)
            }
        }
        guard !options.quiet else { return }
        let tags = outcome.post.tags.map(\.name).joined(separator: ", ")
        let changed = outcome.changed.isEmpty ? "Nothing to do" : "\(verb) \(outcome.changed.joined(separator: ", "))"
        console.write("\(changed). \(outcome.post.slug) has \(tags.isEmpty ? "no tags" : tags).".printable)
    }

    func print(_ outcome: PostTransfer.Outcome) {
        if options.json {
            return console.writeJSON {
                $0.field("changed", outcome.changed)
                $0.field("posts", outcome.posts) { rows.post(&$0, $1) }
                $0.field("authors", outcome.balances) { json, balance in
                    json.object {
                        $0.field("username", balance.username)
                        $0.field("posts_before", balance.postsBefore)
                        $0.field("posts_after", balance.postsAfter)
                        $0.field("views_before", balance.viewsBefore)
                        $0.field("views_after", balance.viewsAfter)
                    }
                }
            }
        }
        guard !options.quiet else { return }
        console.write("Transferred \(outcome.changed) post\(outcome.changed == 1 ? "" : "s").")
        guard outcome.changed > 0 else { return }
        for balance in outcome.balances {
            console.write(
                "  \(balance.username): posts \(balance.postsBefore) → \(balance.postsAfter), views \(balance.viewsBefore.grouped) → \(balance.viewsAfter.grouped)"
            )
        }
    }

    private func state(of post: PostLine) -> String {
        switch post.state(at: console.now) {
        case .published: "published"
        case .draft: "draft"
        case .scheduled: "scheduled for \(post.publishedAt.map(text.minute) ?? "")"
        case .expired: "expired at \(post.expiresAt.map(text.minute) ?? "")"
        }
    }

    private func comments(_ detail: PostDetail) -> String {
        let pending = detail.pendingCount > 0 ? ", \(detail.pendingCount) waiting for a decision" : ""
        return detail.line.commentCount.grouped + pending
    }
}
