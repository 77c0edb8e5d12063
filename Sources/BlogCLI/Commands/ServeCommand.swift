import ArgumentParser
import BlogConfiguration
import Foundation

struct ServeCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the built site on this machine.",
        discussion: """
            Serves the output folder as a static host would, with the strict Content-Security-Policy that the theme is made for. \
            Only this machine can reach it, unless --host says otherwise. Ctrl-C ends it.

            With --watch it imports and builds first and after each change, and the browser shows the new page by itself; a \
            build that fails shows its error there. With --drafts or --future the preview is built in .blog-preview, and output \
            stays as it is.

            Examples:
              blog serve --watch
              blog serve --watch --drafts --future
              blog regenerate && blog serve --port 8000
              blog serve --host 0.0.0.0        # the whole network may look
            """)

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
    var port: UInt16 = 8080

    @Option(help: ArgumentHelp("The IPv4 address to listen on; 0.0.0.0 for all of this machine.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The folder to serve (default: output in the site).", valueName: "dir"))
    var output: String?

    @Flag(help: "Build again when a file changes, and load the page again.")
    var watch = false

    @Flag(help: "With --watch: drafts too.")
    var drafts = false

    @Flag(help: "With --watch: posts whose date is still to come too.")
    var future = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if drafts || future, !watch { throw ValidationError("--drafts and --future need --watch.") }
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else {
            throw ValidationError("--host takes an IPv4 address such as 0.0.0.0, not “\(host)”.")
        }
    }

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let preview = drafts || future ? ".blog-preview" : "output"
        let folder = output.map { absolutePath($0, console) } ?? "\(site.root)/\(preview)"
        let live = watch ? LivePreview() : nil
        let basePath = URL(string: site.configuration.url)?.path(percentEncoded: false) ?? "/"
        let server = PreviewServer(
            files: StaticFiles(root: folder, basePath: basePath), port: port, host: host, live: live,
            policy: ContentSecurityPolicy.header(site.configuration))
        guard let live else {
            guard FileManager.default.fileExists(atPath: folder + "/index.html") else {
                throw CommandError(
                    "\(folder) holds no built site: run blog regenerate first, or blog serve --watch", .missingInput)
            }
            return try await server.run { port in announce(folder, port, basePath, console) }
        }
        let buildFlags = try BuildFlags.parse(
            ["--output", folder] + (drafts ? ["--drafts"] : []) + (future ? ["--future"] : []))
        let rebuilder = Rebuilder(options: options, buildFlags: buildFlags, console: console, live: live)
        let relative = folder.hasPrefix(site.root + "/") ? String(folder.dropFirst(site.root.count + 1)) : folder
        let watcher = try FolderWatcher(site.root) { Rebuilder.ignores($0, output: relative) }
        try await rebuilder.rebuild(because: nil)
        try await server.run { port in
            announce(folder, port, basePath, console)
            for await changes in watcher.changes() { try await rebuilder.rebuild(because: changes) }
        }
    }

    private func announce(_ folder: String, _ port: UInt16, _ basePath: String, _ console: Console) {
        guard !options.quiet else { return }
        let shown = host == "0.0.0.0" ? "127.0.0.1" : host
        let end = basePath.hasSuffix("/") ? basePath : basePath + "/"
        console.note("Serving \(folder)\(watch ? " and watching the site" : "")\n  http://\(shown):\(port)\(end)")
        console.note("Ctrl-C ends it.")
    }
}
