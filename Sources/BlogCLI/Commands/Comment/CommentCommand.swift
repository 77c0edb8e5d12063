import ArgumentParser
import BlogModels
import BlogOperations
import BlogSite
import ORM

/// `blog comment`: moderation and threads.
struct CommentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "List, add and moderate comments.",
        discussion: """
            Only approved comments are published, with the next blog build. A decision made here stays when the comment's file is \
            imported again, until the file itself says something else.

            Examples:
              blog comment list --pending
              blog comment approve 12 13
              blog comment add hello "Thank you!" --user ada --reply-to 12
              blog comment spam 14
            """,
        subcommands: [
            CommentListCommand.self, CommentAddCommand.self, CommentApproveCommand.self, CommentSpamCommand.self,
            CommentDeleteCommand.self,
        ])
}

struct CommentListCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List comments, the newest first, or as threads.",
        discussion: """
            Examples:
              blog comment list --pending
              blog comment list --post hello --threads
              blog comment list --orphans
              blog comment list --status spam --search casino --json
            """)

    @Option(help: ArgumentHelp("Only comments on this post.", valueName: "post"))
    var post: String?

    @Option(help: ArgumentHelp("approved, pending, spam or deleted (default: all but deleted).", valueName: "status"))
    var status: CommentStatus?

    @Flag(help: "Only those that wait for a decision: --status pending.")
    var pending = false

    @Flag(help: "Only those whose post is not there.")
    var orphans = false

    @Option(help: ArgumentHelp("Only those with this in text, name or e-mail address.", valueName: "text"))
    var search: String?

    @Flag(help: "Show answers below what they answer, the oldest first.")
    var threads = false

    @OptionGroup var page: PageOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if pending, status != nil { throw ValidationError("--pending and --status exclude each other.") }
        if orphans, post != nil { throw ValidationError("--orphans and --post exclude each other.") }
    }

    private var list: CommentList {
        var list = CommentList()
        list.status = pending ? .pending : status
        list.post = post
        list.orphans = orphans
        list.search = search
        list.limit = page.limit
        list.offset = page.offset
        return list
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let text = LocalText(open.site)
            let rows = RowJSON(open.site, now: console.now)
            if threads {
                let found = try await list.threads(on: open.database)
                if options.json {
                    return console.writeJSON {
                        $0.field("comments", found.items) { rows.thread(&$0, $1) }
                        $0.pagination(of: found)
                    }
                }
                CommentPrinter.write(found.items, text, console)
                if found.items.isEmpty { console.write("No comments.") }
                return
            }
            let found = try await list.page(on: open.database)
            if options.json {
                return console.writeJSON {
                    $0.field("comments", found.items) { rows.comment(&$0, $1) }
                    $0.pagination(of: found)
                }
            }
            var table = TextTable([
                .init(title: "id", alignment: .right), .init(title: "date", alignment: .left),
                .init(title: "status", alignment: .left), .init(title: "post", alignment: .left),
                .init(title: "name", alignment: .left), .init(title: "text", alignment: .left, isFlexible: true),
            ])
            for comment in found.items {
                table.append([
                    "\(comment.id)", text.day(comment.createdAt), comment.status.rawValue,
                    comment.post?.slug ?? "(\(comment.thread))", comment.name, CommentPrinter.excerpt(comment),
                ])
            }
            console.write(table, of: found, "comment")
        }
    }
}

extension CommentStatus: ExpressibleByArgument {}
