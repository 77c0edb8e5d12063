import ArgumentParser
import BlogConfiguration
import Foundation

struct ServeCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the built site on this machine.",
        discussion: """
            Serves the output folder on the loopback interface, as a static host would: nothing on the network reaches it.
            Build first; a new build shows with the next reload of the browser. Ctrl-C ends it.

            Example:
              blog regenerate && blog serve --port 8000
            """)

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
    var port: UInt16 = 8080

    @Option(help: ArgumentHelp("The folder to serve (default: output in the site).", valueName: "dir"))
    var output: String?

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let folder =
            output.map { URL(filePath: $0, relativeTo: URL(filePath: console.currentDirectory + "/")).path }
            ?? site.root + "/output"
        guard FileManager.default.fileExists(atPath: folder + "/index.html") else {
            throw CommandError("\(folder) holds no built site: run `blog regenerate` first", .missingInput)
        }
        let basePath = URL(string: site.configuration.url)?.path(percentEncoded: false) ?? "/"
        let server = PreviewServer(files: StaticFiles(root: folder, basePath: basePath), port: port)
        try await server.run { port in
            guard !options.quiet else { return }
            console.note("Serving \(folder)\n  http://127.0.0.1:\(port)\(basePath.hasSuffix("/") ? basePath : basePath + "/")")
            console.note("Ctrl-C ends it.")
        }
    }
}
