import BlogConfiguration
import Foundation
import XML

/// Reads a WordPress export (WXR 1.0 to 1.2): RSS 2.0 with WordPress' own elements, whose namespace changes its version and its
/// scheme, so that its path counts.
///
/// Items come without their comments, which follow one by one: a post may have more of them than memory. Old exports have
/// fields of an item behind its comments, so that a limited number of those waits until the item is complete.
final class WordPressReader {
    enum Record {
        case item(WordPressItem)
        /// Of the item before it.
        case comment(WordPressComment)
    }

    let xml: XMLReader
    /// Complete once the last item was read; WordPress writes them before the first.
    private(set) var authors: [WordPressAuthor] = []
    /// The site's address.
    private(set) var site = ""
    /// Categories and tags with a description.
    private(set) var describedTerms = 0
    /// What stands in an item behind more comments than could wait.
    private(set) var unreadElements: [Diagnostic] = []

    private let readsBodies: Bool
    private var place = Place.document
    private var isWordPress = false
    /// Comments that were met while their item was read, in reverse.
    private var pending: [WordPressComment] = []
    private var vocabularies: [String: Vocabulary] = [:]

    private enum Place { case document, channel, comments }
    /// So many bytes of comments wait for the fields behind them.
    private static let pendingBytes = 1 << 20
    private enum Vocabulary { case rss, wordPress, excerpt, content, dublinCore, other }

    /// - `readsBodies`: whether items and comments get their texts, which take most of the time.
    init(_ xml: XMLReader, readsBodies: Bool) {
        self.xml = xml
        self.readsBodies = readsBodies
    }

    /// The next record; `nil` at the end. Throws a ``Diagnostic`` when the document is broken or no export.
    func next() throws -> Record? {
        do {
            return try read()
        } catch let error as XMLError {
            throw Diagnostic(error)
        }
    }

    private func read() throws -> Record? {
        if let comment = pending.popLast() { return .comment(comment) }
        while let event = try xml.next() {
            guard case .start(let element) = event else {
                if case .end(let name) = event, name.local == "item", place == .comments { place = .channel }
                continue
            }
            switch place {
            case .document:
                guard element.name.local == "rss" else {
                    throw xml.error("the root element is <\(element.name.local)>, expected <rss>")
                }
                place = .channel
            case .channel:
                if let record = try readChannelElement(element) { return record }
            case .comments:
                if vocabulary(element) == .wordPress, element.name.local == "comment" {
                    return .comment(try readComment(element))
                }
                unreadElements.append(
                    Diagnostic(
                        .warning, path: xml.path, line: element.line,
                        message:
                            "<\(element.name.local)> behind more than \(Self.pendingBytes) bytes of comments, left out")
                )
                try xml.skip()
            }
        }
        guard isWordPress else { throw xml.error("no element of a WordPress export in it") }
        return nil
    }

    private func readChannelElement(_ element: XMLElement) throws -> Record? {
        switch (vocabulary(element), element.name.local) {
        case (.rss, "channel"): break
        case (.rss, "item"): return .item(try readItem(element))
        case (.wordPress, "base_blog_url"): site = try xml.text().trimmed
        case (.wordPress, "author"): try readAuthor()
        case (.wordPress, "category"), (.wordPress, "tag"), (.wordPress, "term"):
            try xml.children { child in
                let hasText = child.name.local.hasSuffix("_description") ? try !xml.text().trimmed.isEmpty : false
                if hasText { describedTerms += 1 }
            }
        default: try xml.skip()
        }
        return nil
    }

    private func readAuthor() throws {
        var author = WordPressAuthor()
        try xml.children { child in
            switch child.name.local {
            case "author_id": author.id = Int(try xml.text().trimmed)
            case "author_login": author.login = try xml.text().trimmed
            case "author_display_name": author.displayName = try xml.text().trimmed
            default: break
            }
        }
        if !author.login.isEmpty { authors.append(author) }
    }

    /// Reads an item up to its end, or until so many of its comments wait that the rest of it is taken for comments.
    private func readItem(_ element: XMLElement) throws -> WordPressItem {
        var item = WordPressItem()
        item.line = element.line
        let inside = xml.depth
        var comments: [WordPressComment] = []
        var bytes = 0
        defer { pending = comments.reversed() }
        while let event = try xml.next() {
            guard case .start(let child) = event else {
                if xml.depth < inside { return item }
                continue
            }
            switch vocabulary(child) {
            case .wordPress where child.name.local == "comment":
                let comment = try readComment(child)
                bytes += comment.content.utf8.count + 200
                comments.append(comment)
                guard bytes < Self.pendingBytes else {
                    place = .comments
                    return item
                }
            case .wordPress: try readField(child, of: &item)
            case .rss: try readPlainField(child, of: &item)
            case .content where child.name.local == "encoded": item.content = try body()
            case .excerpt where child.name.local == "encoded": item.excerpt = try body()
            case .dublinCore where child.name.local == "creator": item.creator = try xml.text().trimmed
            default: try xml.skip()
            }
        }
        return item
    }

    private func body() throws -> String {
        if readsBodies { return try xml.text() }
        try xml.skip()
        return ""
    }

    private func readPlainField(_ child: XMLElement, of item: inout WordPressItem) throws {
        switch child.name.local {
        case "title": item.title = try xml.text().trimmed
        case "link": item.link = try xml.text().trimmed
        case "guid": item.guid = try xml.text().trimmed
        case "category":
            let name = try xml.text().trimmed
            // WXR 1.0 writes each category twice, once without its domain.
            if let nicename = child["nicename"] {
                item.terms.append(.init(domain: child["domain"] ?? "category", nicename: nicename, name: name))
            }
        default: try xml.skip()
        }
    }

    private func readField(_ child: XMLElement, of item: inout WordPressItem) throws {
        switch child.name.local {
        case "post_id": item.id = Int(try xml.text().trimmed) ?? 0
        case "post_date": item.date = try xml.text().trimmed
        case "post_date_gmt": item.dateGMT = try xml.text().trimmed
        case "post_modified": item.modified = try xml.text().trimmed
        case "post_modified_gmt": item.modifiedGMT = try xml.text().trimmed
        case "post_name": item.name = try xml.text().trimmed
        case "status": item.status = try xml.text().trimmed
        case "post_parent": item.parent = Int(try xml.text().trimmed) ?? 0
        case "menu_order": item.menuOrder = Int(try xml.text().trimmed) ?? 0
        case "post_type": item.type = try xml.text().trimmed
        case "post_password": item.password = try xml.text().trimmed
        case "is_sticky": item.isSticky = try xml.text().trimmed == "1"
        case "attachment_url": item.attachmentAddress = try xml.text().trimmed
        case "postmeta": try readMeta(of: &item)
        default: try xml.skip()
        }
    }

    private func readMeta(of item: inout WordPressItem) throws {
        var key = ""
        var value = ""
        try xml.children { child in
            switch child.name.local {
            case "meta_key": key = try xml.text().trimmed
            // A private field may hold megabytes that nobody here wants.
            case "meta_value": value = try xml.text()
            default: break
            }
        }
        switch key {
        case "_thumbnail_id": item.thumbnail = Int(value.trimmed)
        case "_wp_attachment_image_alt": item.alternative = value.trimmed
        case _ where key.isEmpty || key.hasPrefix("_"): break
        default: if readsBodies { item.fields.append((key, value)) }
        }
    }

    private func readComment(_ element: XMLElement) throws -> WordPressComment {
        var comment = WordPressComment()
        comment.line = element.line
        try xml.children { child in
            switch child.name.local {
            case "comment_id": comment.id = try xml.text().trimmed
            case "comment_author": comment.author = try xml.text().trimmed
            case "comment_author_email": comment.email = try xml.text().trimmed
            case "comment_author_url": comment.url = try xml.text().trimmed
            case "comment_date": comment.date = try xml.text().trimmed
            case "comment_date_gmt": comment.dateGMT = try xml.text().trimmed
            case "comment_content": comment.content = try xml.text()
            case "comment_approved": comment.approved = try xml.text().trimmed
            case "comment_type": comment.type = try xml.text().trimmed
            case "comment_parent": comment.parent = try xml.text().trimmed
            case "comment_user_id": comment.userID = Int(try xml.text().trimmed) ?? 0
            default: break
            }
        }
        return comment
    }

    private func vocabulary(_ element: XMLElement) -> Vocabulary {
        let namespace = element.name.namespace
        if namespace.isEmpty { return .rss }
        if let known = vocabularies[namespace] { return known }
        let found: Vocabulary
        if namespace.contains("://wordpress.org/export/") {
            found = namespace.hasSuffix("/excerpt/") ? .excerpt : .wordPress
            isWordPress = true
        } else if namespace.hasSuffix("purl.org/rss/1.0/modules/content/") {
            found = .content
        } else {
            found = namespace.hasSuffix("purl.org/dc/elements/1.1/") ? .dublinCore : .other
        }
        vocabularies[namespace] = found
        return found
    }
}
