import ArgumentParser
import BlogOperations

/// `blog post`: posts as rows.
struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post",
        abstract: "List, search, publish, tag and transfer posts.",
        discussion: """
            Posts are written as files (see blog new). What is set here, such as whether a post is published, is kept when its \
            file is imported again, until the file itself says something else. Readers see it after the next blog build.

            Examples:
              blog post list
              blog post search swift --author ada
              blog post publish an-idea && blog build
              blog post tag an-idea swift sql
            """,
        subcommands: [
            PostListCommand.self, PostShowCommand.self, PostSearchCommand.self, PostPublishCommand.self,
            PostUnpublishCommand.self, PostTagCommand.self, PostUntagCommand.self, PostTransferCommand.self,
        ])
}

/// What `post list` and `post search` take alike.
struct PostFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only posts of this author.", valueName: "user"))
    var author: String?

    @Option(help: ArgumentHelp("Only posts with this tag.", valueName: "tag"))
    var tag: String?

    @Option(help: ArgumentHelp("Only posts of the last so many days.", valueName: "n"))
    var days: Int?

    @Flag(inversion: .prefixedNo, help: "Only published posts, or only others.")
    var published: Bool?

    @OptionGroup var page: PageOptions

    func validate() throws {
        if let days, days < 1 { throw ValidationError("--days takes a number from 1.") }
    }

    func list(_ text: String?, _ order: PostList.Order) -> PostList {
        var list = PostList()
        list.text = text
        list.author = author
        list.tag = tag
        list.days = days
        list.published = published
        list.order = order
        list.limit = page.limit
        list.offset = page.offset
        return list
    }
}

extension PostList.Order: ExpressibleByArgument {}

struct PostListCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List posts of any state, the newest first.",
        discussion: """
            Examples:
              blog post list
              blog post list --no-published
              blog post list --tag swift --order views --limit 5
            """)

    @Option(help: ArgumentHelp("date, views or title.", valueName: "order"))
    var order: PostList.Order = .date

    @OptionGroup var filter: PostFilterOptions
    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        try await PostPrinter.list(filter.list(nil, order), options, options.console(console))
    }
}

struct PostSearchCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find posts by their title or text, the most read first.",
        discussion: """
            Upper and lower case are the same; % and _ mean themselves.

            Examples:
              blog post search "view counts"
              blog post search swift --author ada --days 90 --published --limit 5
              blog post search swift --json | jq '.posts[].url'
            """)

    @Argument(help: "What to look for.")
    var text: String

    @OptionGroup var filter: PostFilterOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if text.allSatisfy(\.isWhitespace) { throw ValidationError("There is nothing to look for.") }
    }

    func run(_ console: Console) async throws {
        try await PostPrinter.list(filter.list(text, .views), options, options.console(console))
    }
}

struct PostShowCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one post: counts, comments, and who set which field.",
        discussion: """
            Examples:
              blog post show hello
              blog post show hello --text
              blog post show 7 --json | jq .set_by_commands
            """)

    @Argument(help: "A slug or an id.")
    var post: String

    @Flag(help: "With its text, as Markdown.")
    var text = false

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            PostPrinter(open, console, options).print(try await PostDetail.of(post, on: open.database), text: text)
        }
    }
}
