import ArgumentParser
import BlogConfiguration
import BlogModels
import BlogOperations
import BlogSite

struct CommentAddCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a comment to a post.",
        discussion: """
            The comment is Markdown, with the rules for comments: no raw HTML, no images.

            Examples:
              blog comment add hello "Thank you!" --user ada --reply-to 12
              blog comment add hello - --name "A reader" --email reader@example.org < mail.txt
            """)

    @Argument(help: "The post's slug or id.")
    var post: String

    @Argument(help: "The text; - reads standard input.")
    var text: String

    @Option(help: ArgumentHelp("One of the blog's users, who comments.", valueName: "user"))
    var user: String?

    @Option(help: ArgumentHelp("The name of a guest.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The e-mail address; private.", valueName: "address"))
    var email: String?

    @Option(help: ArgumentHelp("The commenter's web site.", valueName: "url"))
    var url: String?

    @Option(name: .customLong("reply-to"), help: ArgumentHelp("The comment that it answers.", valueName: "id"))
    var parent: Int?

    @Flag(help: "Let it wait for a decision instead of approving it.")
    var pending = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (user == nil) != (name == nil) else {
            throw ValidationError("Who comments? Give --user for one of the blog's users, or --name for a guest.")
        }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var new = NewComment(post: post, content: text == "-" ? try console.readText() : text)
        new.user = user
        new.name = name
        new.email = email
        new.url = url
        new.parent = parent
        new.status = pending ? .pending : .approved
        let comment = new
        try await OpenSite.with(options, console) { open in
            let line = try await comment.add(on: open.database)
            if options.json {
                let rows = RowJSON(open.site, now: console.now)
                return console.writeJSON {
                    $0.key("comment")
                    rows.comment(&$0, line)
                }
            }
            guard !options.quiet else { return }
            console.write("Added comment \(line.id) to \(line.post?.slug ?? line.thread).")
            if line.status == .approved { console.note("Readers see it after: blog build") }
        }
    }
}

struct CommentApproveCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Let readers see comments.",
        discussion: """
            All of them or, when one is not there, none. Comments that were taken for spam or deleted come back too.

            Examples:
              blog comment approve 12
              blog comment list --pending --json | jq '.comments[].id' | xargs blog comment approve
            """)

    @Argument(help: "Ids of comments.")
    var ids: [Int]

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        try await Moderation.approve.run(ids, "Approved", options, options.console(console))
    }
}

struct CommentSpamCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "spam",
        abstract: "Take comments for spam: nobody sees them any more.",
        discussion: """
            Examples:
              blog comment spam 14 15
            """)

    @Argument(help: "Ids of comments.")
    var ids: [Int]

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        try await Moderation.spam.run(ids, "Taken for spam", options, options.console(console))
    }
}

struct CommentDeleteCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete comments with all answers to them.",
        discussion: """
            The rows stay, marked as deleted, so that the next import does not bring them back; blog comment approve does.

            Examples:
              blog comment delete 14
            """)

    @Argument(help: "Ids of comments.")
    var ids: [Int]

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        try await Moderation.delete.run(ids, "Deleted", options, options.console(console))
    }
}

extension Moderation {
    /// Decides, and prints what came of it.
    fileprivate func run(_ ids: [Int], _ done: String, _ options: GlobalOptions, _ console: Console) async throws {
        try await OpenSite.with(options, console) { open in
            let outcome = try await apply(to: ids, on: open.database)
            if options.json {
                let rows = RowJSON(open.site, now: console.now)
                return console.writeJSON {
                    $0.field("changed", outcome.changed)
                    $0.field("comments", outcome.comments) { rows.comment(&$0, $1) }
                }
            }
            guard !options.quiet else { return }
            let text = LocalText(open.site)
            let total = outcome.comments.count
            let rest = outcome.changed == total ? "" : ", \(total - outcome.changed) were so already"
            console.write("\(done): \(outcome.changed) comment\(outcome.changed == 1 ? "" : "s")\(rest).")
            for comment in outcome.comments { console.write("  " + CommentPrinter.head(comment, text, console)) }
            if outcome.changed > 0 { console.note("Readers see it after: blog build") }
        }
    }
}
