import ArgumentParser
import ORMMigrationCommands
import ShopSchema

/// The shop’s own program: `migrate` is one of its commands, here the only one.
@main
struct ShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop", abstract: "An example of a program with migrations.",
        subcommands: [MigrateCommand<Shop>.self])
}
