import ArgumentParser
import BlogConfiguration

/// A command's name that there is not. ArgumentParser takes it for an argument too many and leaves it at that.
struct UnknownCommand: Error, Equatable {
    let name: String
    /// The commands before it: `blog user`.
    let parents: [String]
    /// What was probably meant.
    let suggestion: String?

    var message: String {
        let meant = suggestion.map { " Did you mean “\($0)”?" } ?? ""
        return "there is no command “\((parents + [name]).joined(separator: " ").printable)”.\(meant) See \(parents.joined(separator: " ")) --help"
    }

    /// Finds it among the arguments; `nil` when the names of the commands are right.
    init?(in arguments: [String]) {
        var command: any ParsableCommand.Type = BlogCommand.self
        var parents = ["blog"]
        for argument in arguments {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !argument.hasPrefix("-") else { return nil }
            if argument == "help" { return nil }
            guard let next = known.first(where: { $0.configuration.commandName == argument }) else {
                name = argument
                self.parents = parents
                suggestion = nearest(to: argument, among: known.compactMap(\.configuration.commandName))
                return
            }
            parents.append(argument)
            command = next
        }
        return nil
    }
}
