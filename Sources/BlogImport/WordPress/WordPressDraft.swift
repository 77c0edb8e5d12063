import BlogConfiguration
import BlogModels
import Bytes
import Foundation
import XML

/// Makes a post or page of an item. Pure.
struct WordPressDraft: Sendable {
    let timeZone: TimeZone
    let isStrict: Bool
    let categories: CategoryUse
    let media: WordPressMedia

    /// The document, and what its body had that could not be kept.
    func draft(
        _ item: WordPressItem, _ document: WordPressOutline.Document, at place: RecordPlace
    ) throws(Diagnostic) -> (draft: DocumentDraft, body: WordPressBody) {
        let body = WordPressBody(item.content, post: item.id > 0 ? item.id : nil, media: media)
        var fields = PostFields()
        let line = Place(line: item.line, column: 1)
        fields.places = ["record": line, "slug": line, "path": line, "title": line, "summary": line, "aliases": line]
        var title = WordPressText.plain(item.title)
        if title.isEmpty { title = TextLimit.cut(HTMLOutline.firstParagraph(of: body.html), to: 80) }
        if title.isEmpty { title = "Untitled" }
        title = try limit(title, to: TextLimit.title, "title", place, &fields)
        var excerpt = WordPressText.plain(item.excerpt)
        if excerpt.isEmpty {
            let head = body.html.byteRange(of: "<!--more").map {
                HTMLOutline(String(body.html[..<$0.lowerBound])).text
            }
            let text = head ?? HTMLOutline.firstParagraph(of: body.html)
            excerpt = TextLimit.cut(text.replacing("\n", with: " "), to: TextLimit.excerpt)
        } else {
            excerpt = try limit(excerpt, to: TextLimit.excerpt, "excerpt", place, &fields)
        }
        fields.updated = try WordPressText.date(gmt: item.modifiedGMT, local: item.modified, in: timeZone, place)
        fields.tags = document.kind == .post ? item.tagNames(categories) : []
        fields.image = item.thumbnail.flatMap { media[$0]?.address }.flatMap {
            $0.unicodeScalars.count > 2000 ? nil : $0
        }
        fields.weight = document.kind == .page ? item.menuOrder : 0
        fields.extra = extra(item)
        let digest = body.html.isEmpty ? nil : Digest.hexadecimal(body.html.utf8)
        let draft = DocumentDraft(
            path: document.key, kind: document.kind, bodyDigest: digest, fields: fields, title: title,
            excerpt: excerpt.isEmpty ? nil : excerpt, content: body.html, format: .html,
            published: document.isPublished, date: document.date, derivedSlug: document.slug, derivedPath: "",
            header: SourceText(path: place.path, text: ""))
        return (draft, body)
    }

    private func limit(
        _ text: String, to limit: Int, _ field: String, _ place: RecordPlace, _ fields: inout PostFields
    ) throws(Diagnostic) -> String {
        let cut = TextLimit.cut(text, to: limit)
        guard cut != text else { return text }
        let message = "the \(field) has \(text.unicodeScalars.count) characters, expected at most \(limit)"
        if isStrict { throw place.diagnostic(message) }
        fields.warnings.append(place.diagnostic(message + ": cut at a word", .warning))
        return cut
    }

    /// What has no column of its own: a JSON object with sorted keys.
    private func extra(_ item: WordPressItem) -> String? {
        var entries: [(key: String, json: String)] = []
        if item.isSticky { entries.append(("sticky", "true")) }
        if item.status == "private" || item.status == "pending" {
            entries.append(("status", DataNode.quoted(item.status)))
        }
        let others = item.terms.filter { $0.domain != "post_tag" && $0.domain != "category" }
        for domain in Set(others.map(\.domain)) where !domain.isEmpty {
            let names = others.filter { $0.domain == domain }.map { DataNode.quoted(WordPressText.plain($0.name)) }
            entries.append((domain, domain == "post_format" ? names[0] : "[\(names.joined(separator: ","))]"))
        }
        var known = Set(entries.map(\.key))
        // Fields of plug-ins may be whole pages, or PHP's own notation of objects.
        for field in item.fields where field.value.utf8.count <= 1000 && known.insert(field.name).inserted {
            entries.append((field.name, DataNode.quoted(field.value)))
        }
        guard !entries.isEmpty else { return nil }
        let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{" + sorted.map { "\(DataNode.quoted($0.key)):\($0.json)" }.joined(separator: ",") + "}"
    }

    /// A comment, as its export says it.
    func comment(_ comment: WordPressComment, in file: String) throws(Diagnostic) -> CommentDraft {
        let place = RecordPlace(path: file, line: comment.line)
        guard !comment.id.isEmpty, comment.id.utf8.count <= 200 else { throw place.diagnostic("a comment without id") }
        guard let date = try WordPressText.date(gmt: comment.dateGMT, local: comment.date, in: timeZone, place) else {
            throw place.diagnostic("the comment \(comment.id) has no date")
        }
        let status: CommentStatus
        switch comment.approved {
        // Somebody may show it, but nobody wrote it to be read.
        case "1": status = comment.isPing ? .pending : .approved
        case "0": status = .pending
        case "spam": status = .spam
        case "trash", "post-trashed": status = .deleted
        default: throw place.diagnostic("the comment \(comment.id) has the status \"\(comment.approved.printable)\"")
        }
        guard status == .deleted || !comment.content.trimmed.isEmpty else {
            throw place.diagnostic("the comment \(comment.id) is empty")
        }
        let name = WordPressText.plain(comment.author)
        let url = WordPressText.plain(comment.url)
        return CommentDraft(
            externalID: comment.id, name: name.isEmpty ? "Anonymous" : TextLimit.cut(name, to: 200),
            url: WebLink.checked(url == "http://" || url == "https://" ? "" : url),
            email: comment.email.isEmpty || comment.email.unicodeScalars.count > 320 ? nil : comment.email,
            content: comment.content, format: .html, date: date, status: status, place: place)
    }
}
