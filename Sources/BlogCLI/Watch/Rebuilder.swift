import BlogConfiguration
import BlogImport
import BlogSite
import Foundation

/// Imports and builds again while someone writes, and tells the preview.
struct Rebuilder {
    let options: GlobalOptions
    let buildFlags: BuildFlags
    let console: Console
    let live: LivePreview

    /// Brings the output up to date. What goes wrong is told to the preview and on the terminal, and ends nothing: it will be
    /// mended while the preview runs. Only an interruption comes out.
    func rebuild(because changes: FolderWatcher.Changes?) async throws {
        let wasBroken = live.failure != nil
        do {
            let (imported, built) = try await OpenSite.withLock(options, console, wait: .seconds(30), isSparing: true) {
                open in
                let imported = try await open.runImport(ImportOptions(), console, options)
                return (imported, try await open.runBuild(buildFlags, console, options))
            }
            let printer = ReportPrinter(console: console, options: options)
            printer.printProblems(of: imported)
            printer.printProblems(of: built)
            if wasBroken || built.pages.written + built.pages.deleted > 0 {
                live.show()
                tell(changes, "\(built.pages.written) files written")
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let message = Failure(error)?.message ?? "\(error)"
            console.error(message)
            live.show(failure: message)
        }
    }

    private func tell(_ changes: FolderWatcher.Changes?, _ result: String) {
        guard !options.quiet, let changes else { return }
        let names = changes.sorted().prefix(3).joined(separator: ", ") + (changes.count > 3 ? ", …" : "")
        console.note("\(names.isEmpty ? "many files" : names.printable): \(result)")
    }

    /// What is none of the site's sources: the output, the database, caches, and what editors put beside a file.
    static func ignores(_ path: String, output: String) -> Bool {
        let names = path.split(separator: "/")
        let name = names.last ?? ""
        return names.contains { $0.hasPrefix(".") } || name.hasSuffix("~") || name.hasSuffix(".swp") || path == output
            || path.hasPrefix(output + "/") || path.hasPrefix("blog.sqlite3") || name == "4913"
    }
}
