/// The corpus as WordPress would export it: one document of RSS, as large as asked for.
///
/// Handed over in pieces, so that memory does not grow with it.
package struct WordPressExport: Sendable {
    private let settings: CorpusSettings
    private let authors: [CorpusAuthor]
    private let outlines: PostOutlines

    package init(_ settings: CorpusSettings) {
        self.settings = settings
        var random = settings.random(.site)
        authors = CorpusAuthor.all(&random)
        outlines = PostOutlines(settings: settings, authors: authors)
    }

    /// Hands the document to `sink`, piece by piece.
    package func write(to sink: (String) throws -> Void) rethrows {
        try sink(head)
        var counts = CommentCounts(settings: settings)
        var comment = 0
        for index in 0..<settings.posts {
            try sink(item(index))
            let outline = outlines.outline(of: index)
            var prose = Prose(random: settings.random(.thread, index: index), field: outline.field)
            let first = comment + 1
            for _ in 0..<counts.next() {
                comment += 1
                let answered =
                    comment > first && prose.random.chance(45) ? prose.random.number(in: first...(comment - 1)) : 0
                try sink(self.comment(comment, answering: answered, on: outline, &prose))
            }
            try sink("\t</item>\n")
        }
        try sink("</channel>\n</rss>\n")
    }

    private var head: String {
        let people = authors.enumerated().map { index, author in
            "\t<wp:author><wp:author_id>\(index + 1)</wp:author_id>"
                + "<wp:author_login>\(cdata(author.username))</wp:author_login>"
                + "<wp:author_email>\(cdata("\(author.username)@example.org"))</wp:author_email>"
                + "<wp:author_display_name>\(cdata(author.fullName))</wp:author_display_name></wp:author>\n"
        }
        return """
            <?xml version="1.0" encoding="UTF-8" ?>
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" \
            xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:wp="http://wordpress.org/export/1.2/">
            <channel>
            \t<title>A generated blog</title>
            \t<link>\(Corpus.baseURL)</link>
            \t<wp:wxr_version>1.2</wp:wxr_version>
            \t<wp:base_site_url>\(Corpus.baseURL)</wp:base_site_url>
            \t<wp:base_blog_url>\(Corpus.baseURL)</wp:base_blog_url>

            """ + people.joined()
    }

    private func item(_ index: Int) -> String {
        let outline = outlines.outline(of: index)
        var prose = Prose(random: settings.random(.body, index: index), field: outline.field)
        var paragraphs: [String] = []
        for number in 0..<prose.random.number(in: 8...16) {
            paragraphs.append(prose.paragraph(sentences: 2...7))
            if number % 5 == 2 { paragraphs.append("<h2>\(prose.sentence())</h2>") }
            if number == 4 {
                paragraphs.append("<ul>\n<li>\(prose.sentence())</li>\n<li>\(prose.sentence())</li>\n</ul>")
            }
        }
        let date = "\(outline.published.date) \(outline.published.dateTime.dropFirst(11).dropLast())"
        let terms = outline.tags.enumerated().map { position, tag in
            "\t\t<category domain=\"\(position == 0 ? "category" : "post_tag")\" nicename=\"\(tag.slug)\">\(cdata(tag))</category>\n"
        }
        return """
            \t<item>
            \t\t<title>\(cdata(outline.title))</title>
            \t\t<link>\(Corpus.baseURL)/\(outline.published.date.replacing("-", with: "/"))/\(outline.slug)/</link>
            \t\t<dc:creator>\(cdata(outline.author.username))</dc:creator>
            \t\t<guid isPermaLink="false">\(Corpus.baseURL)/?p=\(index + 1)</guid>
            \t\t<content:encoded>\(cdata(paragraphs.joined(separator: "\n\n")))</content:encoded>
            \t\t<excerpt:encoded><![CDATA[]]></excerpt:encoded>
            \t\t<wp:post_id>\(index + 1)</wp:post_id>
            \t\t<wp:post_date>\(cdata(date))</wp:post_date>
            \t\t<wp:post_date_gmt>\(cdata(date))</wp:post_date_gmt>
            \t\t<wp:post_name>\(cdata(outline.slug))</wp:post_name>
            \t\t<wp:status>\(cdata("publish"))</wp:status>
            \t\t<wp:post_parent>0</wp:post_parent>
            \t\t<wp:post_type>\(cdata("post"))</wp:post_type>
            \t\t<wp:is_sticky>0</wp:is_sticky>

            """ + terms.joined()
    }

    private func comment(_ id: Int, answering parent: Int, on outline: PostOutline, _ prose: inout Prose) -> String {
        let time = Timestamp(milliseconds: outline.published.milliseconds + id * 60_000)
        let date = "\(time.date) \(time.dateTime.dropFirst(11).dropLast())"
        return """
            \t\t<wp:comment>
            \t\t\t<wp:comment_id>\(id)</wp:comment_id>
            \t\t\t<wp:comment_author>\(cdata("Guest \(id % 320)"))</wp:comment_author>
            \t\t\t<wp:comment_author_email>\(cdata("guest\(id % 320)@example.net"))</wp:comment_author_email>
            \t\t\t<wp:comment_author_url></wp:comment_author_url>
            \t\t\t<wp:comment_date>\(cdata(date))</wp:comment_date>
            \t\t\t<wp:comment_date_gmt>\(cdata(date))</wp:comment_date_gmt>
            \t\t\t<wp:comment_content>\(cdata(prose.paragraph(sentences: 1...3)))</wp:comment_content>
            \t\t\t<wp:comment_approved>\(cdata("1"))</wp:comment_approved>
            \t\t\t<wp:comment_type>\(cdata("comment"))</wp:comment_type>
            \t\t\t<wp:comment_parent>\(parent)</wp:comment_parent>
            \t\t\t<wp:comment_user_id>0</wp:comment_user_id>
            \t\t</wp:comment>

            """
    }

    private func cdata(_ text: String) -> String { "<![CDATA[\(text)]]>" }
}
