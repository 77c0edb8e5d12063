import BlogConfiguration
import Foundation

/// The files of a new site.
struct Scaffold {
    let files: [(path: String, content: String)]

    /// A site whose first post is dated today.
    init(now: Date) {
        let date = CalendarDay(now, in: .gmt).description
        files =
            [
                ("blog.yml", Self.configuration), (".gitignore", Self.gitignore), ("output/.gitkeep", ""),
                ("content/authors/editor.yml", "username: editor\nfull_name: The Editor\nbio: Writes here.\n"),
                ("content/pages/about.md", Self.about),
                ("content/comments/hello/first.yml", Self.comment(date)),
                ("content/posts/hello.md", Self.hello(date)),
                ("content/posts/writing.md", Self.writing(date)),
            ] + EmbeddedTheme.files.map { ("templates/\($0.path)", $0.content) }
    }

    /// Writes all files below `root`, or none when one of them is there already. Says how many.
    func write(to root: String) throws -> Int {
        let manager = FileManager.default
        if let taken = files.first(where: { manager.fileExists(atPath: "\(root)/\($0.path)") }) {
            throw CommandError(
                "\(root)/\(taken.path) is there already: init overwrites nothing, name an empty folder", .cannotCreate)
        }
        for file in files {
            let target = URL(filePath: "\(root)/\(file.path)")
            do {
                try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.content.utf8).write(to: target, options: .withoutOverwriting)
            } catch {
                throw CommandError("\(target.path): \(error.localizedDescription)", .cannotCreate)
            }
        }
        return files.count
    }

    private static let configuration = """
        title: My blog
        url: https://example.org/
        description: Notes, written down.
        language: en
        timezone: UTC
        navigation:
          - {title: About, url: /about/}

        """

    private static let gitignore = """
        /output/*
        !/output/.gitkeep
        /.blog/
        /.blog-preview/
        /blog.sqlite3*

        """

    private static let about = """
        ---
        title: About
        ---

        This page lies in `content/pages/about.md`. Its address is `/about/`, and `navigation` in blog.yml links to it.

        """

    private static func comment(_ date: String) -> String {
        """
        # Comments are files too, or rows: this one belongs to content/posts/hello.md, as its folder says.
        _id: first
        name: A reader
        message: The first comment. It lies in `content/comments/hello/`.
        date: \(date)

        """
    }

    private static func hello(_ date: String) -> String {
        """
        ---
        title: Hello
        date: \(date)
        author: editor
        tags: [first steps]
        ---

        This is the first post. It lies in `content/posts/hello.md`; change it, and run

        ```bash
        blog regenerate
        ```

        The page changes, and nothing else does.

        """
    }

    private static func writing(_ date: String) -> String {
        """
        ---
        title: How to write here
        date: \(date)
        author: editor
        tags: [first steps, markdown]
        description: What a post may contain.
        ---

        `blog new "A title"` makes a file with front matter. Below it stands Markdown: **bold**, *italic*, `code`,
        [links](https://commonmark.org/help/), lists, quotes, and

        | what | how |
        |---|---|
        | tables | with pipes |
        | footnotes | like this[^1] |

        `draft: true` keeps a post back, a date in the future schedules it.

        [^1]: They end up below the text.

        """
    }
}
