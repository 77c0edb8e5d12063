import ArgumentParser
import BlogConfiguration
import BlogSite
import Foundation
import Templates

/// `blog template`: what a theme's author needs.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Check the theme's templates, or render one.",
        discussion: """
            Examples:
              blog template check
              blog template render templates/post.html --data post.json
            """,
        subcommands: [TemplateCheckCommand.self, TemplateRenderCommand.self])
}

struct TemplateCheckCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check all templates without data.",
        discussion: """
            Finds what loading finds (syntax, unknown names of templates, blocks, filters and tests), and by the types of the \
            variables that templates/README.md lists: unknown fields, filters that do not fit, values that may be none, \
            required templates and blocks that are missing, texts where HTML's escapes do not help, and templates and blocks that \
            no page shows. Exit code 78 when a page could fail, 1 when there are only warnings.

            Examples:
              blog template check
              blog template check --site ~/blog --json
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let report = try ThemeTools.check(site)
        for finding in report.findings where !options.quiet || finding.severity == .error {
            console.note(finding.description)
        }
        if options.json {
            console.write(report.json)
        } else if !options.quiet {
            console.write(report.summary)
        }
        if report.hasErrors { throw ExitStatus.configuration }
        if !report.findings.isEmpty { throw ExitStatus.doneWithRefusals }
    }
}

struct TemplateRenderCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Render one template with JSON data.",
        discussion: """
            The members of the JSON object are the template's variables. {"$date": "2026-01-31T10:20:00Z"} is a date, \
            {"$markup": "<b>x</b>"} a text that is not escaped. A template of the site's folder templates/ sees the whole theme; \
            any other sees the templates beside it.

            Examples:
              blog template render templates/_pager.html --data pager.json
              echo '{"name": "World"}' | blog template render hello.html --data -
            """)

    @Argument(help: "The template's file.")
    var file: String

    @Option(help: ArgumentHelp("A JSON file, or - for standard input.", valueName: "file"))
    var data: String

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let path = absolutePath(file, console)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError("there is no file \(file)", .missingInput)
        }
        let json = try readData(console)
        // A template need not belong to a site; but a blog.yml with mistakes is one.
        let site: Site?
        do {
            site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        } catch let error as Site.NotFound where !error.isExplicit {
            site = nil
        }
        let page = try ThemeTools.render(path, of: site, try TemplateData.variables(json))
        console.write(String(decoding: page, as: UTF8.self))
    }

    private func readData(_ console: Console) throws -> SourceText {
        if data == "-" { return try SourceText(path: "standard input", bytes: try console.readInput()) }
        let path = absolutePath(data, console)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(data) cannot be read", .missingInput)
        }
        return try SourceText(path: data, bytes: [UInt8](bytes))
    }
}
