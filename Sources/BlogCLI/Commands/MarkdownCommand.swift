import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogSite
import Foundation
import Markdown

struct MarkdownCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown",
        abstract: "Print Markdown as the HTML that posts get.",
        discussion: """
            The extensions are those that the blog.yml of the site here, or of --site, switches on; without a site all but smart \
            punctuation. Front matter is passed over. Images get their sizes where their files are: beside FILE, or in the \
            site's static folder.

            With --json the result has the summary, the word count, the headings, and the links and images with their places too.

            Examples:
              blog markdown content/posts/hello.md
              echo '~~old~~ new' | blog markdown
              blog markdown --comment < suspicious.txt
              blog markdown --no-extensions spec.md
              blog markdown --json draft.md | jq .word_count
              blog markdown --css > templates/assets/code.css
            """)

    @Argument(help: ArgumentHelp("The file to read; - or none is the standard input.", valueName: "file"))
    var file = "-"

    @Flag(help: "By the rules for comments: no raw HTML, no images, only http, https and mailto links.")
    var comment = false

    @Flag(name: .customLong("no-extensions"), help: "Plain CommonMark 0.30; front matter is text.")
    var noExtensions = false

    @Flag(help: "Print a stylesheet for highlighted code instead: two palettes, for light and for dark pages.")
    var css = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if css && (comment || noExtensions || file != "-" || options.json) {
            throw ValidationError("--css reads nothing: give it alone.")
        }
        if comment && noExtensions { throw ValidationError("--comment and --no-extensions exclude each other.") }
    }

    func run(_ console: Console) async throws {
        if css { return console.write(CodePalette.stylesheet) }
        let (rendered, lineOffset) = try render(console)
        if rendered.isTruncated {
            console.note("warning: the text is longer than \(markdownOptions.maximumBytes) bytes; the rest is left out")
        }
        if options.json {
            console.write(MarkdownReport(rendered, lineOffset: lineOffset).json)
        } else if !rendered.html.isEmpty {
            // Not even a line feed comes of nothing.
            console.write(rendered.html)
        }
        if rendered.isTruncated { throw ExitStatus.doneWithRefusals }
    }

    /// Those of the two modes that ask for no site.
    private var markdownOptions: MarkdownOptions { noExtensions ? .commonMark : comment ? .comment : .standard }

    private func render(_ console: Console) throws -> (RenderedMarkdown, lineOffset: Int) {
        let source = try source(console)
        if noExtensions || comment { return (MarkdownRenderer(options: markdownOptions).render(source.text), 0) }
        let site = try site(console)
        let configuration = site?.configuration ?? SiteConfiguration()
        let frontMatter = try FrontMatter.read(source)
        let renderer = MarkdownRenderer(options: MarkdownOptions(configuration))
        let images = configuration.markdown.imageSizes ? imageFiles(site, console) : { _ in nil }
        let rendered = renderer.render(frontMatter.body, omittingTitle: frontMatter.entry(["title"])?.value.text) {
            images($0).flatMap { ImageFile.size(at: $0) }
        }
        return (rendered, frontMatter.bodyLine - 1)
    }

    private func source(_ console: Console) throws -> SourceText {
        if file == "-" {
            let bytes: [UInt8]
            do {
                bytes = try console.readInput()
            } catch {
                throw CommandError("cannot read the standard input: \(error.localizedDescription)", .readOrWriteFailed)
            }
            return try SourceText(path: "standard input", bytes: bytes)
        }
        let path = absolutePath(file, console)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError("\(file): there is no such file", .missingInput)
        }
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandError("\(file): cannot be read: \(error.localizedDescription)", .readOrWriteFailed)
        }
        return try SourceText(path: file, bytes: bytes)
    }

    /// The site that `--site` names or that is here; text needs none.
    private func site(_ console: Console) throws -> Site? {
        do {
            return try Site.open(explicit: options.folder, current: console.currentDirectory)
        } catch is Site.NotFound where options.folder == nil {
            return nil
        }
    }

    /// Where the file of an image is, if it is one of the site.
    private func imageFiles(_ site: Site?, _ console: Console) -> (String) -> String? {
        let folder = file == "-" ? nil : URL(filePath: absolutePath(file, console)).deletingLastPathComponent().path
        return { reference in
            let path = PercentEncoding.decoded(String(reference.prefix { $0 != "?" && $0 != "#" }))
            if path.contains(":") || path.hasPrefix("//") { return nil }
            if path.hasPrefix("/") { return site.map { $0.root + "/static" + path } }
            return folder.map { $0 + "/" + path }
        }
    }
}
