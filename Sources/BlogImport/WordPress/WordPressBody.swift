import BlogModels

/// Makes the HTML that WordPress shows of a post's text as it stores it.
///
/// Its own filters, in their order: blocks (Gutenberg's comments), embedded addresses, paragraphs, shortcodes. Typographic
/// quotes are not made, and embedded pages are links: they would be requests to others.
struct WordPressBody: Sendable {
    /// The author's own text; trusted.
    private(set) var html = ""
    /// Shortcodes that nobody here knows, by name: they stay in the text.
    private(set) var unknown: [String: Int] = [:]
    /// Blocks that WordPress fills when it shows them, by name: nothing is left of them.
    private(set) var dynamicBlocks: [String: Int] = [:]
    /// Breaks between the pages of one post, which is one page now.
    private(set) var pageBreaks = 0

    private let media: WordPressMedia
    private let post: Int?

    /// - `post`: the number of the post, whose attachments a gallery without a list shows.
    init(_ text: String, post: Int?, media: WordPressMedia) {
        self.media = media
        self.post = post
        var bytes = ByteText(text)
        if bytes.contains("\r") {
            bytes.replace("\r\n", with: "\n")
            bytes.replace("\r", with: "\n")
        }
        let hasBlocks = bytes.contains("<!-- wp:")
        if hasBlocks { dropBlockComments(&bytes) }
        dropPageBreaks(&bytes)
        if bytes.contains("[embed") { embedAddresses(&bytes) }
        if bytes.contains("http") { linkAddresses(&bytes) }
        var result = hasBlocks ? bytes : ByteText(AutoParagraphs.apply(bytes.string))
        // The marker between summary and rest is a comment alone, not a paragraph of it.
        result.replace("<") { text, index in
            guard let start = text.skip("<p>", at: index), text.has("<!--more", at: start),
                let end = text.find("-->", from: start), let close = text.skip("</p>", at: end + 3)
            else { return nil }
            return .init(end: close, replacement: text[start..<(end + 3)])
        }
        if result.contains("[") { replaceShortcodes(&result) }
        html = Self.trimmed(result)
    }

    private static func trimmed(_ text: ByteText) -> String {
        let kept = text.bytes.drop { ByteCursor.isSpace($0) }
        let end = kept.lastIndex { !ByteCursor.isSpace($0) }.map { $0 + 1 } ?? kept.startIndex
        return String(decoding: kept[kept.startIndex..<end], as: UTF8.self)
    }

    // MARK: Blocks

    private mutating func dropBlockComments(_ text: inout ByteText) {
        var dynamic: [String: Int] = [:]
        text.replace("<") { text, index in
            guard let name = text.skip("<!-- wp:", at: index) ?? text.skip("<!-- /wp:", at: index),
                let close = text.find("-->", from: name)
            else { return nil }
            var end = close + 3
            if text[close - 1] == UInt8(ascii: "/"), text.has("<!-- wp:", at: index) {
                let block = text.bytes[name..<close].prefix { !ByteCursor.isSpace($0) && $0 != UInt8(ascii: "{") }
                dynamic[String(decoding: block, as: UTF8.self), default: 0] += 1
            }
            // The comment had a line of its own.
            if text[end] == 0x0A, index == 0 || text[index - 1] == 0x0A { end += 1 }
            return .init(end: end, replacement: [])
        }
        dynamicBlocks = dynamic
        text.replace("\n") { text, index in
            guard text.has("\n\n\n", at: index) else { return nil }
            var end = index
            while text[end] == 0x0A { end += 1 }
            return .init(end: end, replacement: [0x0A, 0x0A])
        }
    }

    private mutating func dropPageBreaks(_ text: inout ByteText) {
        var count = 0
        text.replace("<") { text, index in
            if let end = text.skip("<!--noteaser-->", at: index) { return .init(end: end, replacement: []) }
            guard let end = text.skip("<!--nextpage-->", at: index) else { return nil }
            count += 1
            return .init(end: end, replacement: [0x0A, 0x0A])
        }
        pageBreaks = count
    }

    // MARK: Embedded pages

    private func embedAddresses(_ text: inout ByteText) {
        text.replace("[") { text, index in
            guard let code = Shortcode(text, at: index), code.name == "embed",
                let address = Self.address(code.content ?? code.attributes["src"] ?? code.values.first ?? "")
            else { return nil }
            return .init(end: code.range.upperBound, replacement: Array(Self.link(address).utf8))
        }
    }

    /// An address alone on its line, or alone in a paragraph or a block's frame.
    private func linkAddresses(_ text: inout ByteText) {
        text.replace("h<") { text, index in
            if text[index] == UInt8(ascii: "<") {
                // What stands in code is shown as it is.
                return Self.codeEnd(text, at: index).map { .init(end: $0) }
            }
            guard text.has("http://", at: index) || text.has("https://", at: index) else { return nil }
            var start = index
            while let byte = text[start - 1], byte == 0x20 || byte == 0x09 { start -= 1 }
            var end = index
            while let byte = text[end], !ByteCursor.isSpace(byte), byte != UInt8(ascii: "<"), byte != UInt8(ascii: "[")
            {
                end += 1
            }
            let space = text.bytes[end...].prefix { $0 == 0x20 || $0 == 0x09 }.endIndex
            let isAlone = (start == 0 || text[start - 1] == 0x0A) && (space == text.bytes.count || text[space] == 0x0A)
            let isFramed = text.has("<p>", at: start - 3) && text.has("</p>", at: space)
            guard isAlone || isFramed,
                let address = Self.address(String(decoding: text.bytes[index..<end], as: UTF8.self))
            else { return nil }
            return .init(end: end, replacement: Array(Self.link(address).utf8))
        }
    }

    private static func codeEnd(_ text: ByteCursor, at index: Int) -> Int? {
        for name in ["pre", "code", "script", "style", "textarea"] {
            guard text.bytes[(index + 1)...].starts(with: name.utf8) else { continue }
            return text.find(Array("</\(name)>".utf8), from: index).map { $0 + name.utf8.count + 3 }
        }
        return nil
    }

    private static func address(_ text: String) -> String? {
        let address = text.trimmed.replacing("&amp;", with: "&").replacing("&#038;", with: "&")
        guard address.hasPrefix("http"), let checked = WebLink.checked(address) else { return nil }
        return checked
    }

    private static func link(_ address: String) -> String {
        let escaped = WordPressMarkup.escaped(address)
        return "<a href=\"\(escaped)\">\(escaped)</a>"
    }

    // MARK: Shortcodes

    private mutating func replaceShortcodes(_ text: inout ByteText) {
        let markup = WordPressMarkup(media: media, post: post)
        var unknown: [String: Int] = [:]
        // A shortcode alone in its paragraph makes blocks, and those are none of a paragraph's.
        text.replace("<[") { text, index in
            if let start = text.skip("<p>", at: index) {
                guard let code = Shortcode(text, at: text.skipSpace(at: start)),
                    let html = markup.html(code),
                    let end = text.skip("</p>", at: text.skipSpace(at: code.range.upperBound))
                else { return nil }
                return .init(end: end, replacement: Array(html.utf8))
            }
            guard text[index] == UInt8(ascii: "[") else { return nil }
            // `[[gallery]]` shows the shortcode itself.
            if text[index + 1] == UInt8(ascii: "["), let code = Shortcode(text, at: index + 1),
                let end = text.skip("]", at: code.range.upperBound)
            {
                return .init(end: end, replacement: text[code.range])
            }
            guard let code = Shortcode(text, at: index) else { return nil }
            if let html = markup.html(code) {
                return .init(end: code.range.upperBound, replacement: Array(html.utf8))
            }
            // `[sic]` and `[1]` are words of the author.
            if code.content != nil || !code.attributes.isEmpty { unknown[code.name, default: 0] += 1 }
            return nil
        }
        self.unknown = unknown
    }
}
