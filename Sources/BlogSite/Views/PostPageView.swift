import BlogConfiguration
import Templates

/// `post` on a post's own page: what lists show of it, and its body, comments and neighbours.
struct PostPageView: ViewModel {
    static let shape = Shape(
        "post",
        PostView.fields + [
            .init("html", .markup, "The text"),
            .init("word_count", .integer, "The words of the text"),
            .init("contents", .list(.object { HeadingView.shape }), "The headings of the second and third level"),
            .init("comments", .list(.object { CommentView.shape }), "The comments, replies below what they answer"),
            .init("related", .list(.object { PostView.shape }), "Other posts with the same tags"),
            .init("previous", .optional(.object { PostView.shape }), "The next older post"),
            .init("next", .optional(.object { PostView.shape }), "The next newer post"),
            .init("comments_enabled", .flag, "Whether the site shows comments"),
            .init("comment_form_action", .optional(.url), "Where a comment form is sent"),
            .init("comment_mailto", .optional(.text), "The address that takes comments by mail"),
        ])

    let summary: PostView
    let document: RenderedDocument
    let threads: [CommentThreads.Node]

    private var site: SiteContext { summary.site }

    func value(_ field: Int) -> Value {
        let own = field - PostView.fields.count
        guard own >= 0 else {
            // The body is at hand here.
            return PostView.fields[field].name == "reading_minutes"
                ? .int(document.readingMinutes) : summary.value(field)
        }
        let index = site.index
        let settings = site.configuration.comments
        switch own {
        case 0:
            return .markup(
                HTMLLinks.resolve(document.html, on: summary.entry.path, of: site.address, as: .page))
        case 1: return .int(document.wordCount)
        case 2: return .objects(HeadingView.contents(of: document, site.configuration.markdown))
        case 3: return .objects(threads.map { CommentView(site: site, node: $0) })
        case 4:
            return .objects(site.related.positions(for: summary.position).map { PostView(site: site, position: $0) })
        case 5: return neighbour(index.older(than: summary.position))
        case 6: return neighbour(index.newer(than: summary.position))
        case 7: return .bool(settings.enabled)
        case 8: return .optional(settings.formAction.map { site.address.url($0) })
        default: return .optional(settings.mailto)
        }
    }

    private func neighbour(_ position: Int?) -> Value {
        position.map { .object(PostView(site: site, position: $0)) } ?? .none
    }
}

/// A post in the feed: what lists show of it, and its text for readers outside the site.
struct FeedPostView: ViewModel {
    static let shape = Shape(
        "post",
        PostView.fields + [
            .init("html_absolute", .markup, "The text, or its summary, with absolute addresses")
        ])

    let summary: PostView

    func value(_ field: Int) -> Value {
        guard field == PostView.fields.count else { return summary.value(field) }
        let site = summary.site
        let document = site.document(of: summary.entry.post)
        return .markup(
            HTMLLinks.resolve(
                site.configuration.feed.full ? document.html : document.summaryHTML, on: summary.entry.path,
                of: site.address, as: .absolute))
    }
}

/// A heading of a text.
struct HeadingView: ViewModel {
    static let shape = Shape(
        "heading",
        [
            .init("level", .integer, "2 or 3"),
            .init("id", .text, "The id to link to, without #"),
            .init("text", .text, "The heading as plain text"),
        ])

    let heading: RenderedDocument.Heading

    /// The headings that a contents list shows; none where the site wants no such lists.
    static func contents(of document: RenderedDocument, _ settings: MarkdownSettings) -> [HeadingView] {
        guard settings.contentsList else { return [] }
        return document.headings.filter { (2...3).contains($0.level) && !$0.id.isEmpty }
            .map { HeadingView(heading: $0) }
    }

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(heading.level)
        case 1: .string(heading.id)
        default: .string(heading.text)
        }
    }
}
