import Templates

/// The view models of the measured page. `prebuilt` ones hold the values that templates read; the others make them anew from
/// the records, as the blog does.
struct SiteView: ViewModel {
    static let shape = Shape(
        "site",
        [
            .init("title", .text, ""), .init("description", .text, ""), .init("language", .text, ""),
            .init("url", .url, ""),
            .init("stylesheet", .url, ""), .init("feed", .url, ""),
            .init("navigation", .list(.object { LinkView.shape }), ""),
        ])
    let site: SiteRecord

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(site.title)
        case 1: .string(site.description)
        case 2: .string(site.language)
        case 3: .string(site.url)
        case 4: .string(site.stylesheet)
        case 5: .string(site.feed)
        default: .objects(site.navigation.map { LinkView(link: $0) })
        }
    }
}

struct LinkView: ViewModel {
    static let shape = Shape(
        "link", [.init("title", .text, ""), .init("url", .url, ""), .init("is_current", .flag, "")])
    let link: SiteRecord.Link

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(link.title)
        case 1: .string(link.url)
        default: .bool(link.isCurrent)
        }
    }
}

struct PageView: ViewModel {
    static let shape = Shape("page", [.init("description", .text, ""), .init("canonical", .url, "")])
    let page: PageRecord

    func value(_ field: Int) -> Value { .string(field == 0 ? page.description : page.canonical) }
}

struct AuthorView: ViewModel {
    static let shape = Shape("author", [.init("name", .text, ""), .init("url", .url, "")])
    let author: AuthorRecord

    func value(_ field: Int) -> Value { .string(field == 0 ? author.name : author.url) }
}

struct TagView: ViewModel {
    static let shape = Shape("tag", [.init("name", .text, ""), .init("url", .url, "")])
    let tag: TagRecord

    func value(_ field: Int) -> Value { .string(field == 0 ? tag.name : tag.url) }
}

struct CommentView: ViewModel {
    static let shape = Shape(
        "comment",
        [
            .init("anchor", .text, ""), .init("author", .text, ""), .init("url", .optional(.url), ""),
            .init("date", .text, ""),
            .init("day", .text, ""), .init("html", .markup, ""),
        ])
    let comment: CommentRecord

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(comment.anchor)
        case 1: .string(comment.author)
        case 2: .optional(comment.url)
        case 3: .string(comment.date)
        case 4: .string(comment.day)
        default: .markup(comment.html)
        }
    }
}

struct PostLinkView: ViewModel {
    static let shape = Shape(
        "post", [.init("title", .text, ""), .init("url", .url, ""), .init("date", .text, ""), .init("day", .text, "")])
    let post: PostLinkRecord

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(post.title)
        case 1: .string(post.url)
        case 2: .string(post.date)
        default: .string(post.day)
        }
    }
}

struct PostView: ViewModel {
    static let shape = Shape(
        "post",
        [
            .init("title", .text, ""), .init("date", .text, ""), .init("day", .text, ""), .init("html", .markup, ""),
            .init("author", .object { AuthorView.shape }, ""), .init("tags", .list(.object { TagView.shape }), ""),
            .init("comments", .list(.object { CommentView.shape }), ""),
            .init("related", .list(.object { PostLinkView.shape }), ""),
        ])
    let post: PostRecord

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(post.title)
        case 1: .string(post.date)
        case 2: .string(post.day)
        case 3: .markup(post.html)
        case 4: .object(AuthorView(author: post.author))
        case 5: .objects(post.tags.map { TagView(tag: $0) })
        case 6: .objects(post.comments.map { CommentView(comment: $0) })
        default: .objects(post.related.map { PostLinkView(post: $0) })
        }
    }
}

/// A view model whose fields were all read once and kept.
struct Prebuilt<Wrapped: ViewModel>: ViewModel {
    static var shape: Shape { Wrapped.shape }
    private let values: [Value]

    init(_ model: Wrapped) { values = Wrapped.shape.fields.indices.map { model.value($0) } }

    func value(_ field: Int) -> Value { values[field] }
}

/// The variables of the page.
enum Context {
    static func building(_ sample: Sample) -> [(String, Value)] {
        [
            ("site", .object(SiteView(site: sample.site))), ("page", .object(PageView(page: sample.page))),
            ("post", .object(PostView(post: sample.post))),
            ("recent", .objects(sample.recent.map { PostLinkView(post: $0) })),
        ]
    }

    static func prebuilt(_ sample: Sample) -> [(String, Value)] {
        [
            ("site", .object(Prebuilt(SiteView(site: sample.site)))),
            ("page", .object(Prebuilt(PageView(page: sample.page)))),
            ("post", .object(Prebuilt(PostView(post: sample.post)))),
            ("recent", .objects(sample.recent.map { Prebuilt(PostLinkView(post: $0)) })),
        ]
    }
}
