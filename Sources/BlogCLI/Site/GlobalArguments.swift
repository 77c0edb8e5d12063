import ArgumentParser

/// Lets the options of every command stand before the command's name too: `blog --site /srv/blog build`.
///
/// ArgumentParser knows them as options of each command; here they are moved behind its name.
enum GlobalArguments {
    private static let options = ["--site", "--database"]
    private static let flags = ["--quiet", "--verbose", "--json", "--no-color"]

    /// Global options that stand first, and what follows them.
    static func split(_ arguments: [String]) -> (leading: [String], rest: ArraySlice<String>) {
        var leading: [String] = []
        var rest = arguments[...]
        while let argument = rest.first {
            if flags.contains(argument) || options.contains(where: { argument.hasPrefix("\($0)=") }) {
                leading.append(argument)
                rest = rest.dropFirst()
            } else if options.contains(argument), rest.count > 1 {
                leading += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        return (leading, rest)
    }

    /// The arguments with leading global options behind the command.
    static func reordered(_ arguments: [String]) -> [String] {
        var (leading, rest) = split(arguments)
        // The names of the command and of its subcommands.
        var command: [String] = []
        var subcommands = BlogCommand.configuration.subcommands
        while let name = rest.first, let found = subcommands.first(where: { $0.configuration.commandName == name }) {
            command.append(name)
            rest = rest.dropFirst()
            subcommands = found.configuration.subcommands
        }
        return command.isEmpty ? arguments : command + leading + rest
    }
}
