import Mustache
import Stencil

/// The same data as dictionaries, which is what the other engines read fastest.
enum PlainData {
    static func context(_ sample: Sample) -> [String: Any] {
        let site = sample.site
        let post = sample.post
        return [
            "site": [
                "title": site.title, "description": site.description, "language": site.language, "url": site.url,
                "stylesheet": site.stylesheet, "feed": site.feed,
                "navigation": site.navigation.map {
                    ["title": $0.title, "url": $0.url, "is_current": $0.isCurrent] as [String: Any]
                },
            ] as [String: Any],
            "page": ["description": sample.page.description, "canonical": sample.page.canonical] as [String: Any],
            "post": [
                "title": post.title, "date": post.date, "day": post.day, "html": post.html,
                "author": ["name": post.author.name, "url": post.author.url] as [String: Any],
                "tags": post.tags.map { ["name": $0.name, "url": $0.url] as [String: Any] },
                "comments": post.comments.map { comment(of: $0) }, "has_comments": !post.comments.isEmpty,
                "related": post.related.map { link($0) }, "has_related": !post.related.isEmpty,
            ] as [String: Any],
            "recent": sample.recent.map { link($0) },
        ]
    }

    private static func comment(of record: CommentRecord) -> [String: Any] {
        var comment: [String: Any] = [
            "anchor": record.anchor, "author": record.author, "date": record.date, "day": record.day,
            "html": record.html,
        ]
        if let url = record.url { comment["url"] = url }
        return comment
    }

    private static func link(_ post: PostLinkRecord) -> [String: Any] {
        ["title": post.title, "url": post.url, "date": post.date, "day": post.day]
    }
}

/// swift-mustache with its own escaping; templates parsed once.
struct MustachePage {
    let library: MustacheLibrary
    let context: [String: Any]

    init(_ sources: [String: String], _ context: [String: Any]) throws {
        var templates: [String: MustacheTemplate] = [:]
        for (file, source) in sources {
            let name = String(file.prefix { $0 != "." })
            templates[name] = try MustacheTemplate(string: source)
        }
        library = MustacheLibrary(templates: templates)
        self.context = context
    }

    func render() -> String { library.render(context, withTemplate: "post") ?? "" }
}

/// Stencil, which does not escape; templates come from a loader that keeps their text.
struct StencilPage {
    let environment: Environment
    let context: [String: Any]

    init(_ sources: [String: String], _ context: [String: Any]) {
        environment = Environment(loader: DictionaryLoader(templates: sources))
        self.context = context
    }

    func render() throws -> String { try environment.renderTemplate(name: "post.html", context: context) }
}
