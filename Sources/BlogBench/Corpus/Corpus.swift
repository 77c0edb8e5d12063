/// A whole site with generated content: realistic enough to measure with, reproducible to the byte.
///
/// Files are made one after another and handed over at once, so memory does not grow with the number of posts.
package struct Corpus: Sendable {
    /// What was written.
    package struct Summary: Sendable, Equatable {
        package internal(set) var files = 0
        package internal(set) var bytes = 0
    }

    static let baseURL = "https://example.org"

    private let settings: CorpusSettings
    private let authors: [CorpusAuthor]
    private let outlines: PostOutlines

    /// The corpus of these settings; nothing is generated yet.
    package init(_ settings: CorpusSettings) {
        self.settings = settings
        var random = settings.random(.site)
        authors = CorpusAuthor.all(&random)
        outlines = PostOutlines(settings: settings, authors: authors)
    }

    /// Hands every file of the site to `sink`: its path relative to the site, with `/`, and its text. Always in the same order.
    @discardableResult
    package func write(to sink: (_ path: String, _ text: String) throws -> Void) throws -> Summary {
        var summary = Summary()
        func emit(_ path: String, _ text: String) throws {
            try sink(path, text)
            summary.files += 1
            summary.bytes += text.utf8.count
        }
        try emit("blog.yml", configuration)
        try emit("content/pages/about.md", aboutPage)
        for author in authors { try emit("content/authors/\(author.username).yml", author.file) }
        var comments = CommentCounts(settings: settings)
        for index in 0..<settings.posts {
            let outline = outlines.outline(of: index)
            var post = PostFile(index: index, settings: settings, outlines: outlines)
            try emit("content/posts/\(outline.slug).md", post.write())
            var thread = CommentThread(outline: outline, index: index, count: comments.next(), settings: settings)
            try thread.write(to: emit)
        }
        return summary
    }

    private var configuration: String {
        """
        title: A generated blog
        url: \(Self.baseURL)/
        description: \(settings.posts) posts and \(settings.comments) comments from seed \(settings.seed)
        language: en
        timezone: UTC
        navigation: [{title: About, url: /about/}]
        sources:
          - {kind: markdown, path: content}
          - {kind: comments, path: content/comments}

        """
    }

    private var aboutPage: String {
        """
        ---
        title: About
        description: Where the texts of this site come from.
        ---

        All texts of this site were made by a program to measure with. Names, numbers and advice are invented.

        """
    }
}
