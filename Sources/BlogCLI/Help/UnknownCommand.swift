import ArgumentParser
import BlogConfiguration

/// A command's name that there is not. ArgumentParser takes it for an argument too many and leaves it at that.
struct UnknownCommand: Equatable {
    let name: String
    /// The commands before it: `blog user`.
    let parents: [String]
    /// What was probably meant.
    let suggestion: String?

    var message: String {
        let meant = suggestion.map { " Did you mean “\($0)”?" } ?? ""
        return
            "there is no command “\((parents.dropFirst() + [name]).joined(separator: " ").printable)”.\(meant) See \(parents.joined(separator: " ")) --help"
    }

    /// The first name among the arguments that is no command; `nil` when they are right.
    static func find(in arguments: [String]) -> UnknownCommand? {
        var subcommands = BlogCommand.configuration.subcommands
        var parents = ["blog"]
        for argument in GlobalArguments.split(arguments).rest {
            guard !subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
            guard let next = subcommands.first(where: { $0.configuration.commandName == argument }) else {
                let known = subcommands.compactMap { $0.configuration.commandName }
                return UnknownCommand(name: argument, parents: parents, suggestion: nearest(to: argument, among: known))
            }
            parents.append(argument)
            subcommands = next.configuration.subcommands
        }
        return nil
    }
}
