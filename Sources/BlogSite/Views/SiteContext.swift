import BlogConfiguration
import FoundationEssentials
import Markdown
import Synchronization

/// What every view model of one build draws on.
final class SiteContext: Sendable {
    let configuration: SiteConfiguration
    let address: SiteAddress
    let index: SiteIndex
    let documents: DocumentStore
    let related: RelatedPosts
    /// Renders comments and other text by strangers.
    let comments: MarkdownRenderer
    /// Renders short texts by the blog's own people, such as biographies.
    let notes: MarkdownRenderer

    init(
        configuration: SiteConfiguration, address: SiteAddress, index: SiteIndex, related: RelatedPosts,
        documents: DocumentStore
    ) {
        self.configuration = configuration
        self.address = address
        self.index = index
        self.documents = documents
        self.related = related
        comments = MarkdownRenderer(options: .comment(configuration.markdown))
        notes = MarkdownRenderer(options: MarkdownOptions(configuration.markdown))
    }

    /// The rendered body of a post. The build renders every body before the pages that show it, so an absent one means
    /// that the store could not be read: it remembers that, and the build does not publish what lacks it.
    func document(of post: PostRecord) -> RenderedDocument {
        documents.document(.init(kind: .post, id: post.id, revision: post.revision)) ?? RenderedDocument()
    }

    func document(of page: PageRecord) -> RenderedDocument {
        documents.document(.init(kind: .page, id: page.id, revision: page.revision)) ?? RenderedDocument()
    }

    /// The text that stands for a post in lists: its author's own, else its beginning.
    func excerpt(of post: PostRecord) -> String {
        if let excerpt = post.excerpt, !excerpt.isEmpty { return excerpt }
        return document(of: post).summaryText
    }

    /// The address of an image that front matter names: relative to the page, absolute in the result.
    func imageAddress(_ image: String?, on page: String) -> String? {
        guard let image, !image.isEmpty else { return nil }
        return address.resolve(image, on: page, as: .absolute)
    }
}

extension MarkdownOptions {
    /// The strict rules for what strangers write, and for the filter `markdown`.
    static func comment(_ settings: MarkdownSettings) -> MarkdownOptions {
        var options = comment
        options.highlight = settings.highlight
        return options
    }

    /// What posts and pages get under the site's settings: the title is the page's own heading, so headings in the text
    /// begin at the second level.
    init(_ settings: MarkdownSettings) {
        self = .standard
        tables = settings.tables
        footnotes = settings.footnotes
        strikethrough = settings.strikethrough
        taskLists = settings.taskLists
        autolinks = settings.autolinks
        tagFilter = settings.tagFilter
        headingIDs = settings.headingIDs
        alerts = settings.alerts
        highlight = settings.highlight
        smart = settings.smart
        demoteHeadings = true
    }
}
