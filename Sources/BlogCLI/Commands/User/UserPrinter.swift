import BlogConfiguration
import BlogModels
import BlogOperations

/// Prints one user.
struct UserPrinter {
    private let open: OpenSite
    private let console: Console
    private let options: GlobalOptions

    init(_ open: OpenSite, _ console: Console, _ options: GlobalOptions) {
        self.open = open
        self.console = console
        self.options = options
    }

    /// Prints that something was done, or the user as JSON.
    func print(_ detail: UserDetail, done: String) {
        if options.json { return print(detail) }
        if !options.quiet { console.write(done) }
    }

    func print(_ detail: UserDetail) {
        let user = detail.user
        if options.json {
            let rows = RowJSON(open.site, now: console.now)
            return console.writeJSON { rows.user(&$0, detail) }
        }
        let text = LocalText(open.site)
        console.write(console.styled((user.fullName ?? user.username).printable, .bold))
        console.write([
            ("id", "\(user.id)"), ("username", user.username), ("e-mail", user.email?.printable),
            ("url", user.url?.printable), ("bio", user.bio?.printable),
            ("state", (user.isActive ? "active" : "deactivated") + (user.isAdmin ? ", administrator" : "")),
            ("password", user.passwordHash == nil ? "none" : "set"),
            ("posts", "\(detail.postCount.grouped), \(detail.publishedCount.grouped) published"),
            ("views", detail.totalViews.grouped), ("comments", detail.commentCount.grouped),
            ("since", text.day(user.createdAt)), ("file", detail.file?.printable),
        ])
        for owned in detail.local {
            console.write("\(owned.jsonName): \(LocalText.owner(owned, detail.file).printable)")
        }
    }
}
