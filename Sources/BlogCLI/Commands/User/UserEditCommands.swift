import ArgumentParser
import BlogModels
import BlogOperations

/// What `user add` and `user edit` take alike.
struct UserFieldOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The e-mail address; private, and unique.", valueName: "address"))
    var email: String?

    @Option(name: .customLong("full-name"), help: ArgumentHelp("The name that readers see.", valueName: "name"))
    var fullName: String?

    @Option(help: ArgumentHelp("A few words about the person.", valueName: "text"))
    var bio: String?

    @Option(help: ArgumentHelp("The person's own web site.", valueName: "url"))
    var url: String?

    @Flag(help: "Ask for a password; from a script, the first line of standard input.")
    var password = false

    @Option(help: ArgumentHelp("How the password is hashed: yescrypt or bcrypt.", valueName: "method"))
    var hash: PasswordHash.Method = .yescrypt

    /// The hash of the password that was asked for.
    func passwordHash(_ console: Console) throws -> PasswordHash? {
        guard password else { return nil }
        return try PasswordHash(of: try console.readPassword(), method: hash)
    }
}

extension PasswordHash.Method: ExpressibleByArgument {}

struct UserAddCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a user.",
        discussion: """
            The username is part of addresses (/authors/ada/): lower-case letters, digits, “-” and “_”. A password never stands on \
            the command line, where others could read it.

            Examples:
              blog user add ada --full-name "Ada Lovelace" --email ada@example.org
              blog user add ada --password
              pass show blog/ada | blog user add ada --password
            """)

    @Argument(help: "The username.")
    var username: String

    @Flag(help: "Make it an administrator.")
    var admin = false

    @OptionGroup var fields: UserFieldOptions
    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var new = NewUser(username: username)
        new.email = fields.email
        new.fullName = fields.fullName
        new.bio = fields.bio
        new.url = fields.url
        new.isAdmin = admin
        new.password = try fields.passwordHash(console)
        let user = new
        try await OpenSite.with(options, console) { open in
            let detail = try await user.add(on: open.database)
            UserPrinter(open, console, options).print(
                detail, done: "Added \(detail.user.username), user \(detail.user.id).")
        }
    }
}

struct UserEditCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change what is given of a user, and nothing else.",
        discussion: """
            An empty value clears a field. What is set here survives the next import of the author's file, until the file itself \
            changes that field.

            Examples:
              blog user edit ada --email ada@example.org
              blog user edit ada --url ""
              blog user edit ada --password
              blog user edit bob --activate
            """)

    @Argument(help: "A username or an id.")
    var user: String

    @Option(help: ArgumentHelp("Another username.", valueName: "name"))
    var username: String?

    @Flag(inversion: .prefixedNo, help: "Make it an administrator, or none.")
    var admin: Bool?

    @Flag(help: "Bring a deactivated user back.")
    var activate = false

    @OptionGroup var fields: UserFieldOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if username == nil, admin == nil, !activate, fields.email == nil, fields.fullName == nil, fields.bio == nil,
            fields.url == nil, !fields.password
        {
            throw ValidationError("Nothing to change: give at least one field, such as --email.")
        }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        var change = UserEdit()
        change.username = username
        change.email = fields.email
        change.fullName = fields.fullName
        change.bio = fields.bio
        change.url = fields.url
        change.isAdmin = admin
        if activate { change.isActive = true }
        change.password = try fields.passwordHash(console)
        let edit = change
        try await OpenSite.with(options, console) { open in
            let detail = try await edit.apply(to: user, on: open.database)
            UserPrinter(open, console, options).print(detail, done: "Changed \(detail.user.username).")
            if username != nil, detail.file == nil, detail.postCount > 0, !options.quiet {
                console.note("note: posts whose front matter names the former username make a new user of it")
            }
        }
    }
}
