package import Foundation

/// Everything blog.yml says, checked and with its defaults filled in. Immutable and free of file access: every later
/// step takes what it needs from here.
package struct SiteConfiguration: Sendable, Hashable {
    package var title = "My blog"
    /// Where readers reach the site: absolute, ends with a slash, has neither query nor fragment.
    package var url = "https://example.org/"
    package var description = ""
    /// A BCP 47 tag: `en`, `pt-BR`.
    package var language = "en"
    /// The zone of dates without one, and of the dates on pages.
    package var timeZone = TimeZone.gmt
    /// A database URL; a relative SQLite path is meant from the site's root. `DATABASE_URL` wins over it.
    package var database = "sqlite://blog.sqlite3"
    /// Databases that follow that one by themselves and are only read. `DATABASE_REPLICA_URLS` wins over them.
    package var replicas: [String] = []
    package var permalink = Permalink.standard
    package var postsPerPage = 10
    package var markdown = MarkdownSettings()
    package var feed = FeedSettings()
    package var api = APISettings()
    package var comments = CommentSettings()
    package var views = ViewSettings()
    package var output = OutputSettings()
    package var categories = CategoryUse.tags
    package var navigation: [NavigationItem] = []
    /// What `import` and `regenerate` read, in order.
    package var sources = [
        SourceSettings(kind: .markdown, path: "content"),
        SourceSettings(kind: .comments, path: "content/comments"),
    ]

    /// A site of defaults: what an empty blog.yml gives.
    package init() {}
}

/// Which extensions of Markdown the posts use.
package struct MarkdownSettings: Sendable, Hashable {
    package var tables = true
    package var footnotes = true
    package var strikethrough = true
    package var taskLists = true
    package var autolinks = true
    package var tagFilter = true
    package var headingIDs = true
    /// Pages with several headings begin with a list of them; for headings with ids.
    package var contentsList = true
    package var alerts = true
    package var highlight = true
    /// An image with a title, alone in its paragraph, is a figure with a caption.
    package var figures = true
    /// Images get the width and height of their files in the site's folder.
    package var imageSizes = true
    /// All images of a text but the first are loaded when they come near the window.
    package var lazyImages = true
    /// Links to other hosts have `rel="external"`.
    package var externalLinks = true
    /// A line break between Chinese or Japanese characters is no space.
    package var joinCJKLines = true
    /// Typographic quotes and dashes.
    package var smart = false

    package init() {}
}

package struct FeedSettings: Sendable, Hashable {
    package var items = 20
    /// Whole posts rather than their summaries.
    package var full = true

    package init() {}
}

/// The JSON API dump.
package struct APISettings: Sendable, Hashable {
    package var enabled = true
    package var perPage = 50
    /// Publishes the e-mail addresses of the blog's users; never those of guests.
    package var includeEmail = false

    package init() {}
}

package struct CommentSettings: Sendable, Hashable {
    /// What becomes of an imported comment whose source says nothing of moderation.
    package enum Moderation: String, Sendable, Hashable, CaseIterable {
        case approved, pending
    }

    package var enabled = true
    package var moderation = Moderation.approved
    /// Replies nested deeper are shown at this depth.
    package var maxDepth = 6
    /// Where a comment form posts to: an http(s) URL or a path of the same host.
    package var formAction: String?
    /// The address that takes comments by mail; it is published.
    package var mailto: String?

    package init() {}
}

package struct ViewSettings: Sendable, Hashable {
    package enum Publication: String, Sendable, Hashable, CaseIterable {
        /// Pages carry the counts as of the last midnight, so that they change once a day.
        case daily
        /// Pages carry the counts as of each run.
        case live
    }

    package var publish = Publication.daily

    package init() {}
}

/// In what form files are published.
package struct OutputSettings: Sendable, Hashable {
    /// A form in which a server may send a text, from a file beside it: `index.html.gz`.
    package enum Encoding: String, Sendable, Hashable, CaseIterable {
        case gzip, brotli
    }

    /// Pages lose comments and all white space that browsers do not show.
    package var minifyHTML = false
    /// Which packed files stand beside each text.
    package var precompress: [Encoding] = []

    package init() {}
}

/// What the categories in front matter become.
package enum CategoryUse: String, Sendable, Hashable, CaseIterable {
    case tags, ignore
}

/// One link of the site's menu.
package struct NavigationItem: Sendable, Hashable {
    package var title: String
    /// A path of the site (`/about/`) or an absolute URL.
    package var url: String

    package init(title: String, url: String) {
        self.title = title
        self.url = url
    }
}

/// What a source is made of.
package enum SourceKind: String, Sendable, Hashable, CaseIterable {
    case markdown, comments, wxr, disqus, isso
    case accessLog = "access-log"
    case views
}

/// One source that import reads.
package struct SourceSettings: Sendable, Hashable {
    package var kind: SourceKind
    /// Relative to the site's root; a shell pattern for logs.
    package var path: String

    package init(kind: SourceKind, path: String) {
        self.kind = kind
        self.path = path
    }

    /// The source's name in the database: `markdown:content`.
    package var name: String { "\(kind.rawValue):\(path)" }
}
