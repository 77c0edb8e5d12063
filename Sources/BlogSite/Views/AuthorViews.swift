import Markdown
import Templates

/// An author in the list of authors; an author's own page adds to these fields (`AuthorPageView`).
struct AuthorView: ViewModel {
    static let fields: [Shape.Field] = [
        .init("username", .text, "The name in addresses"),
        .init("name", .text, "The name to show"),
        .init("url", .url, "The path of the author's page, for url()"),
        .init("bio_html", .optional(.markup), "What the author says of themselves"),
        .init("website", .optional(.url), "The author's own web site"),
        .init("post_count", .integer, "How many posts they wrote, alone or with others"),
    ]
    static let shape = Shape("author", fields)

    let site: SiteContext
    let author: AuthorRecord

    func value(_ field: Int) -> Value {
        switch field {
        case 3:
            guard let bio = author.bio, !bio.isEmpty else { return .none }
            return .markup(
                HTMLLinks.resolve(
                    site.notes.render(bio).html, on: SitePaths.author(author), of: site.address, as: .otherPage))
        case 4: return .optional(author.website)
        case 5: return .int(site.index.postsByAuthor[author.id]?.count ?? 0)
        default: return AuthorLinkView(author: author).value(field)
        }
    }
}

/// `author` on an author's own page.
struct AuthorPageView: ViewModel {
    static let shape = Shape(
        "author",
        AuthorView.fields + [
            .init("posts", .list(.object { PostView.shape }), "All posts of the author, newest first")
        ])

    let summary: AuthorView

    func value(_ field: Int) -> Value {
        guard field == AuthorView.fields.count else { return summary.value(field) }
        let positions = summary.site.index.postsByAuthor[summary.author.id] ?? []
        return .objects(positions.map { PostView(site: summary.site, position: $0) })
    }
}
