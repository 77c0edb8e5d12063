import ArgumentParser
import BlogModels
import BlogOperations
import BlogSite
import ORM

/// `blog user`: the people of the blog.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "List, add and change the blog's users.",
        discussion: """
            Authors come with the posts that name them and with their files in content/authors; what is set here is kept when \
            those are imported again, until the file itself says something else.

            Examples:
              blog user list
              blog user add ada --full-name "Ada Lovelace" --email ada@example.org
              blog user edit ada --password
              blog user deactivate bob
            """,
        subcommands: [
            UserListCommand.self, UserShowCommand.self, UserAddCommand.self, UserEditCommand.self,
            UserDeactivateCommand.self,
        ])
}

struct UserListCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List users with their number of posts.",
        discussion: """
            Examples:
              blog user list
              blog user list --search ada --all
              blog user list --limit 50 --offset 50 --json
            """)

    @Option(help: ArgumentHelp("Only those with this in username, full name or e-mail address.", valueName: "text"))
    var search: String?

    @Flag(help: "Deactivated users too.")
    var all = false

    @OptionGroup var page: PageOptions
    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            let users = try await UserList(
                search: search, includesInactive: all, limit: page.limit, offset: page.offset
            ).page(on: open.database)
            if options.json {
                let rows = RowJSON(open.site, now: console.now)
                console.writeJSON {
                    $0.field("users", users.items) { rows.user(&$0, $1) }
                    $0.pagination(of: users)
                }
            } else {
                var table = TextTable([
                    .init(title: "id", alignment: .right), .init(title: "username", alignment: .left),
                    .init(title: "name", alignment: .left, isFlexible: true), .init(title: "e-mail", alignment: .left),
                    .init(title: "posts", alignment: .right), .init(title: "", alignment: .left),
                ])
                for user in users.items {
                    let marks = [user.isAdmin ? "admin" : "", user.isActive ? "" : "deactivated"].filter { !$0.isEmpty }
                    table.append([
                        "\(user.id)", user.username, user.fullName ?? "", user.email ?? "", user.postCount.grouped,
                        marks.joined(separator: ", "),
                    ])
                }
                console.write(table, of: users, "user")
            }
        }
    }
}

struct UserShowCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one user with counts.",
        discussion: """
            Examples:
              blog user show ada
              blog user show 1 --json | jq .total_views
            """)

    @Argument(help: "A username or an id.")
    var user: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            UserPrinter(open, console, options).print(try await UserDetail.of(user, on: open.database))
        }
    }
}

struct UserDeactivateCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate",
        abstract: "Take a user out of all lists; posts and comments stay.",
        discussion: """
            Nothing is deleted: `blog user edit NAME --activate` brings the user back.

            Examples:
              blog user deactivate bob
            """)

    @Argument(help: "A username or an id.")
    var user: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        try await OpenSite.with(options, console) { open in
            var edit = UserEdit()
            edit.isActive = false
            let detail = try await edit.apply(to: user, on: open.database)
            UserPrinter(open, console, options).print(detail, done: "Deactivated \(detail.user.username).")
        }
    }
}
