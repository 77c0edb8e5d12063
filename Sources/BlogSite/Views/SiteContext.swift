import BlogConfiguration
import FoundationEssentials
import Markdown
import Synchronization
import XML

/// What every view model of one build draws on.
final class SiteContext: Sendable {
    let configuration: SiteConfiguration
    let address: SiteAddress
    let index: SiteIndex
    let documents: DocumentStore
    let related: RelatedPosts
    let view: SiteView
    /// For the fields of posts.
    let links: RecordLinks
    /// Renders comments and other text by strangers.
    let comments: MarkdownRenderer
    /// Cleans comments that arrived as HTML.
    private let commentCleaner = HTMLCleaner()
    /// Comments of which something had to be left out, with their posts.
    private let cutComments = Mutex<[Int: Int]>([:])
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
        view = SiteView(configuration: configuration, address: address)
        links = RecordLinks(index)
        comments = MarkdownRenderer(options: .comment(configuration.markdown))
        notes = MarkdownRenderer(options: MarkdownOptions(configuration))
    }

    /// The body of a comment as safe HTML.
    func html(of comment: CommentRecord) -> String {
        let html: String
        let isCut: Bool
        switch comment.format {
        case .markdown:
            let rendered = comments.render(comment.content)
            (html, isCut) = (rendered.html, rendered.isTruncated)
        case .html:
            let cleaned = commentCleaner.clean(comment.content)
            (html, isCut) = (cleaned.html, cleaned.isTruncated)
        }
        if isCut { cutComments.withLock { $0[comment.id] = comment.postID } }
        return html
    }

    /// What has to be said about comments shown so far.
    var commentProblems: [BuildReport.Problem] {
        cutComments.withLock { $0 }.sorted { $0.key < $1.key }.map { comment, post in
            BuildReport.Problem(
                .warning, page: index.path(ofPost: post, orPage: nil) ?? "",
                "comment \(comment) is longer than \(MarkdownOptions.comment.maximumBytes) bytes or nests its HTML deeper than 256 levels: the end of it is left out"
            )
        }
    }

    /// Links of bodies to documents that are not there, or that readers do not see.
    var linkProblems: [BuildReport.Problem] {
        var problems: [BuildReport.Problem] = []
        func add(_ links: [DocumentLinks.Use], on page: String) {
            for link in links where link.path == nil {
                problems.append(
                    .init(
                        .warning, page: page,
                        "the link to \"\(link.reference)\" leads to no document that readers see"))
            }
        }
        for entry in index.posts { add(documents.uses(.init(entry.post)).links, on: entry.path) }
        for page in index.pages { add(documents.uses(.init(page)).links, on: page.path) }
        return problems
    }

    /// The rendered body of a post. The build renders every body before the pages that show it, so an absent one means
    /// that the store could not be read: it remembers that, and the build does not publish what lacks it.
    func document(of post: PostRecord) -> RenderedDocument {
        documents.document(.init(kind: .post, id: post.id, revision: post.revision)) ?? RenderedDocument()
    }

    /// The HTML of a post's body, under the same condition.
    func html(of post: PostRecord) -> String { documents.html(.init(post)) ?? "" }

    /// What lists show of a post's body, under the same condition.
    func summary(of post: PostRecord) -> RenderedDocument.Summary {
        documents.summary(.init(post)) ?? RenderedDocument.Summary()
    }

    func document(of page: PageRecord) -> RenderedDocument {
        documents.document(.init(kind: .page, id: page.id, revision: page.revision)) ?? RenderedDocument()
    }

    /// The text that stands for a post in lists: its author's own, else its beginning.
    func excerpt(of post: PostRecord) -> String {
        if let excerpt = post.excerpt, !excerpt.isEmpty { return excerpt }
        return summary(of: post).text
    }

    /// The address of an image that front matter names: relative to the page, absolute in the result.
    func imageAddress(_ image: String?, on page: String) -> String? {
        guard let image, !image.isEmpty else { return nil }
        return address.resolve(image, on: page, as: .absolute)
    }
}
