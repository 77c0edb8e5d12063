import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogSite
import Foundation

struct NewCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a post's file with front matter, and print its path.",
        discussion: """
            Examples:
              blog new "Counting views" --author ada --tags sql,views
              $EDITOR "$(blog new 'An idea' --draft)"
            """)

    @Argument(help: "The title; the file's name is made from it.")
    var title: String

    @Option(help: "The author's username.")
    var author: String?

    @Option(help: "Tags with commas between them.")
    var tags: String?

    @Flag(help: "Keep the post back until `draft: true` is removed.")
    var draft = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if title.allSatisfy(\.isWhitespace) { throw ValidationError("The title is empty.") }
    }

    func run(_ console: Console) async throws {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let post = NewPost(
            title: title, author: author,
            tags: (tags ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
            isDraft: draft, now: Date(), timeZone: site.configuration.timeZone)
        let folder = site.root + "/" + (site.configuration.sources.first { $0.kind == .markdown }?.path ?? "content")
        let path = try post.write(below: folder)
        if options.json {
            var json = JSONWriter()
            json.object { $0.field("path", path) }
            json.finish()
            console.write(String(decoding: json.bytes, as: UTF8.self))
        } else {
            console.write(path)
        }
    }
}
