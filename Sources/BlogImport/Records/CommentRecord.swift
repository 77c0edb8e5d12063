package import BlogConfiguration
import BlogModels
package import Foundation

/// One comment file, in any of the three dialects that Staticman's users have.
package struct CommentRecord: Sendable, Hashable {
    /// How a file says which comment it answers.
    package enum Parent: Sendable, Hashable {
        /// By the parent's own id.
        case id(String)
        /// By the parent's number, from 1, among the comments that answer nobody, in the order of the files' names; then its
        /// number among the answers to that one, and so on: `3`, `3-1`. So count the templates that Staticman's users have
        /// (<https://mademistakes.com/mastering-jekyll/static-comments-improved/>).
        case ordinal([Int])
    }

    /// `_id` or `id`.
    package var externalID: String?
    package var parent: Parent?
    package var name: String
    package var url: String?
    /// Private: an address or its MD5 hash.
    package var email: String?
    /// The username of one of the blog's users, where the file names one: only who writes the site's files can.
    package var author: String?
    package var message: String
    /// The message is HTML rather than Markdown; hostile either way.
    package var isHTML: Bool
    package var date: Date
    /// The honeypot field, which no person sees, is filled in, or the file says so itself.
    package var isSpam = false
    /// What the file says of moderation, if it does.
    package var isApproved: Bool?
    package var warnings: [Diagnostic] = []

    /// Dialects: plain (`_id, _parent` (a URL), `name, email, url, message, replying_to, date`); `replying_to_uid` with
    /// the date in Unix seconds and the honeypot `hp`; `id, date, name, avatar, message` in HTML or text.
    package init(_ source: SourceText, timeZone: TimeZone) throws(Diagnostic) {
        var reader = FieldReader(try DataFile.read(source), of: source, timeZone: timeZone)
        if let entry = reader.entry("_id", "id") {
            let text = try reader.text(entry)
            guard text.unicodeScalars.count <= 200 else {
                throw reader.wrong(entry, expected: "at most 200 characters")
            }
            externalID = text.isEmpty ? nil : text
        }
        guard let body = reader.entry("message", "comment", "content", "body") else {
            throw Diagnostic(path: source.path, line: 1, message: "a comment without \"message\"")
        }
        // Browsers send CRLF, which stands escaped in the file.
        message = try reader.text(body).replacing("\r\n", with: "\n")
        guard !message.isEmpty else { throw reader.wrong(body, expected: "the comment's text") }
        isHTML = Self.looksLikeHTML(message)
        guard let entry = reader.entry("date", "timestamp", "created_at") else {
            throw Diagnostic(path: source.path, line: 1, message: "a comment without \"date\"")
        }
        date = try Self.date(entry, reader)
        name = "Anonymous"
        if let entry = reader.entry("name", "author_name") {
            let text = try reader.text(entry)
            if !text.isEmpty { name = TextLimit.cut(text, to: 200) }
        }
        try readRest(&reader)
    }

    private mutating func readRest(_ reader: inout FieldReader) throws(Diagnostic) {
        if let entry = reader.entry("email") {
            let text = try reader.text(entry)
            email = text.isEmpty || text.unicodeScalars.count > 320 ? nil : text
        }
        if let entry = reader.entry("url", "website") {
            let text = try reader.text(entry)
            url = WebLink.checked(text)
            if url == nil, !text.isEmpty {
                warnings.append(
                    reader.source.diagnostic(
                        .warning, at: entry.value.place, "\"\(entry.key)\" is no http(s) URL, left out"))
            }
        }
        if let entry = reader.entry("author", "username") {
            author = Slug(title: try reader.text(entry), limit: Slug.tagLimit)?.text
        }
        if let entry = reader.entry("replying_to_uid", "reply_to", "parent", "parent_id") {
            let text = try reader.text(entry)
            if !text.isEmpty { parent = .id(text) }
        }
        if let entry = reader.entry("replying_to"), parent == nil {
            let text = try reader.text(entry)
            let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            if numbers.allSatisfy({ $0 > 0 }) {
                parent = .ordinal(numbers)
            } else if !text.isEmpty, text != "0" {
                parent = .id(text)
            }
        }
        if let entry = reader.entry("hp", "honeypot") { isSpam = try !reader.text(entry).isEmpty }
        if let entry = reader.entry("spam") { isSpam = try reader.bool(entry) || isSpam }
        if let entry = reader.entry("approved", "published") { isApproved = try reader.bool(entry) }
    }

    /// A date, or seconds or milliseconds since 1970.
    private static func date(_ entry: DataNode.Entry, _ reader: FieldReader) throws(Diagnostic) -> Date {
        guard let text = entry.value.text, text.utf8.count >= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        else { return try reader.date(entry) }
        let isMilliseconds = number > 100_000_000_000
        let seconds = isMilliseconds ? Double(number) / 1000 : Double(number)
        guard seconds < 253_402_300_800 else { throw reader.wrong(entry, expected: "a date before the year 10000") }
        return Date(timeIntervalSince1970: seconds)
    }

    /// Whether a text is made of HTML's blocks: it starts with one of the tags that editors and exports write.
    private static func looksLikeHTML(_ text: String) -> Bool {
        let head = text.prefix(16).lowercased()
        return ["<p>", "<p ", "<div", "<ul>", "<ol>", "<blockquote", "<pre", "<br"].contains { head.hasPrefix($0) }
    }
}
