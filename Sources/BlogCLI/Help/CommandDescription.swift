import ArgumentParser
import Foundation

/// A command as ArgumentParser describes it to tools: what the man page is made of, so that it says what `--help` says.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            /// `--site` or `-h`.
            var spelled: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
    }

    var commandName: String
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandDescription]?
    var arguments: [Argument]?
    var shouldDisplay: Bool?

    /// The program and all of its commands.
    static func program() throws -> CommandDescription {
        struct Tool: Decodable { var command: CommandDescription }
        return try JSONDecoder().decode(Tool.self, from: Data(BlogCommand._dumpHelp().utf8)).command
    }
}
