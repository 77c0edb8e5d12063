import ArgumentParser
import Foundation

struct InitCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new site: configuration, theme, two posts.",
        discussion: """
            Nothing is overwritten: a folder that holds any of the files is refused, and then nothing is written.

            Examples:
              blog init my-blog
              blog init                 # in the current folder
            """)

    @Argument(help: "The folder of the new site; made when missing.")
    var folder = "."

    @Flag(help: "Print errors only.")
    var quiet = false

    func run(_ console: Console) async throws {
        let root = URL(
            filePath: folder, relativeTo: URL(filePath: console.currentDirectory, directoryHint: .isDirectory))
        let written = try Scaffold(now: Date()).write(to: root.path)
        guard !quiet else { return }
        let place = folder == "." ? "" : "cd \(folder) && "
        console.write("Made a site of \(written) files in \(root.path).")
        console.write("Next: \(place)blog regenerate && blog serve")
    }
}
