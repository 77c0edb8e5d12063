import ArgumentParser
import BlogOperations

struct PostPublishCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Let readers see a post, whatever its file says.",
        discussion: """
            A post without a date gets the present instant, once. Publishing twice changes nothing. The page comes with the next \
            blog build.

            Examples:
              blog post publish an-idea
              blog post publish an-idea && blog build
            """)

    @Argument(help: "A slug or an id.")
    var post: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let outcome = try await PostPublishing.publish.apply(to: post, now: console.now, on: open.database)
            PostPrinter(open, console, options).print(
                outcome, done: outcome.hasChanged ? "Published" : "Published already")
        }
    }
}

struct PostUnpublishCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpublish",
        abstract: "Take a post back; it keeps its comments, views and date.",
        discussion: """
            The page goes with the next blog build.

            Examples:
              blog post unpublish an-idea
            """)

    @Argument(help: "A slug or an id.")
    var post: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let outcome = try await PostPublishing.unpublish.apply(to: post, now: console.now, on: open.database)
            PostPrinter(open, console, options).print(
                outcome, done: outcome.hasChanged ? "Unpublished" : "Unpublished already")
        }
    }
}

struct PostTagCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Add tags to a post, new ones or known ones.",
        discussion: """
            All of them or none. “Swift” and “swift” are one tag, spelled as it was first.

            Examples:
              blog post tag an-idea swift "first steps"
            """)

    @Argument(help: "A slug or an id.")
    var post: String

    @Argument(help: "Names of tags.")
    var tags: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let outcome = try await PostTagging.adding(tags).apply(to: post, on: open.database)
            PostPrinter(open, console, options).print(outcome, verb: "Added", key: "created_tags")
        }
    }
}

struct PostUntagCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "untag",
        abstract: "Take tags from a post.",
        discussion: """
            A tag that no post has any more is deleted.

            Examples:
              blog post untag an-idea swift
            """)

    @Argument(help: "A slug or an id.")
    var post: String

    @Argument(help: "Names or slugs of tags.")
    var tags: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let outcome = try await PostTagging.removing(tags).apply(to: post, on: open.database)
            PostPrinter(open, console, options).print(outcome, verb: "Removed", key: "deleted_tags")
        }
    }
}

struct PostTransferCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Give posts to another author, all of them or none.",
        discussion: """
            Tags, comments and views go along. The post's file may go on naming the former author; that changes nothing until it \
            names another one.

            Examples:
              blog post transfer an-idea --to ada
              blog post transfer 3 4 5 --to ada
            """)

    @Argument(help: "Slugs or ids.")
    var posts: [String]

    @Option(name: .customLong("to"), help: ArgumentHelp("The author to be.", valueName: "user"))
    var author: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let outcome = try await PostTransfer(posts, to: author).apply(on: open.database)
            PostPrinter(open, console, options).print(outcome)
        }
    }
}
