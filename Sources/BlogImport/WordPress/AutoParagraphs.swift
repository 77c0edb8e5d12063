/// The paragraphs that WordPress makes of a post's line breaks when it shows it: the rules of its `wpautop`
/// (wp-includes/formatting.php, version 6), one after another.
///
/// ```swift
/// AutoParagraphs.apply("One\ntwo\n\nthree<div>four</div>")
/// // "<p>One<br />\ntwo</p>\n<p>three</p>\n<div>four</div>\n"
/// ```
enum AutoParagraphs {
    static func apply(_ source: String) -> String {
        guard source.utf8.contains(where: { !ByteCursor.isSpace($0) && $0 != 0 }) else { return "" }
        let (text, preformatted) = hidingPreformatted(ByteText(Array(source.utf8) + [UInt8(ascii: "\n")]))
        var html = text
        breakLines(around: &html)
        joinLines(within: &html)
        wrap(&html)
        unwrapBlocks(in: &html)
        addBreaks(to: &html)
        return showing(preformatted, in: html)
    }

    // MARK: Preformatted text, which stays as it is

    private static func hidingPreformatted(_ text: ByteText) -> (ByteText, [[UInt8]]) {
        let cursor = ByteCursor(text.bytes)
        guard cursor.find("<pre", from: 0) != nil else { return (text, []) }
        var output: [UInt8] = []
        var hidden: [[UInt8]] = []
        var index = 0
        while let close = cursor.find("</pre>", from: index) {
            let end = close + 6
            if let start = cursor.find("<pre", from: index), start < close {
                output += cursor.bytes[index..<start]
                output += placeholder(hidden.count)
                hidden.append(Array(cursor.bytes[start..<end]))
            } else {
                // A closing tag alone is dropped, as WordPress does.
                output += cursor.bytes[index..<close]
            }
            index = end
        }
        output += cursor.bytes[index...]
        return (ByteText(output), hidden)
    }

    private static func placeholder(_ number: Int) -> [UInt8] { Array("<pre wp-pre-tag-\(number)></pre>".utf8) }

    private static func showing(_ preformatted: [[UInt8]], in html: ByteText) -> String {
        var html = html
        if !preformatted.isEmpty {
            html.replace("<") { text, index in
                guard let digits = text.skip("<pre wp-pre-tag-", at: index) else { return nil }
                var end = digits
                while let byte = text[end], (0x30...0x39).contains(byte) { end += 1 }
                guard let number = Int(String(decoding: text.bytes[digits..<end], as: UTF8.self)),
                    preformatted.indices.contains(number), let close = text.skip("></pre>", at: end)
                else { return nil }
                return .init(end: close, replacement: preformatted[number])
            }
        }
        html.replace(" <!-- wpnl --> ", with: "\n")
        html.replace("<!-- wpnl -->", with: "\n")
        return html.string
    }

    // MARK: Steps

    /// Line breaks before and after blocks, and as few as possible within tags.
    private static func breakLines(around html: inout ByteText) {
        html.replace("<") { text, index in
            guard let first = lineBreak(text, index), let second = lineBreak(text, text.skipSpace(at: first)) else {
                return nil
            }
            return .init(end: second, replacement: [0x0A, 0x0A])
        }
        html.replace("<") { text, index in
            guard let end = Block.name(text, at: index + 1), let next = text[end],
                ByteCursor.isSpace(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: ">")
            else { return nil }
            return .init(end: end + 1, replacement: [0x0A, 0x0A] + text[index..<(end + 1)])
        }
        html.replace("<") { text, index in
            guard let start = text.skip("</", at: index), let end = Block.name(text, at: start),
                let close = text.skip(">", at: end)
            else { return nil }
            return .init(end: close, replacement: text[index..<close] + [0x0A, 0x0A])
        }
        html.replace("<") { text, index in
            guard let name = text.skip("<hr", at: index) else { return nil }
            let space = text.skipSpace(at: name)
            guard let close = text.skip(">", at: text.skip("/", at: space) ?? space) else { return nil }
            return .init(end: close, replacement: text[index..<close] + [0x0A, 0x0A])
        }
        html.replace("\r\n", with: "\n")
        html.replace("\r", with: "\n")
        html.replace("<") { text, index in
            let end = Markup.end(text, at: index)
            let tag = text.bytes[index..<end]
            guard tag.contains(0x0A) else { return .init(end: end) }
            return .init(
                end: end, replacement: tag.flatMap { $0 == 0x0A ? Array(" <!-- wpnl --> ".utf8) : [$0] })
        }
    }

    /// `<br>`, `<br/>`, `<br />`.
    private static func lineBreak(_ text: ByteCursor, _ index: Int) -> Int? {
        guard let name = text.skip("<br", at: index) else { return nil }
        let space = text.skipSpace(at: name)
        return text.skip(">", at: text.skip("/", at: space) ?? space)
    }

    /// No line breaks within elements that hold no text.
    private static func joinLines(within html: inout ByteText) {
        if html.contains("<option") {
            html.removeSpace(before: { text, index in text.skip("<option", at: index) })
            html.removeSpace(after: { text, index in text.skip("</option>", at: index) })
        }
        if html.contains("</object>") {
            html.removeSpace(after: { text, index in
                text.skip("<object", at: index).flatMap { text.behind(UInt8(ascii: ">"), from: $0) }
            })
            html.removeSpace(before: { text, index in text.skip("</object>", at: index) })
            html.removeSpace(around: { text, index in
                let name = text.skip("</", at: index) ?? text.skip("<", at: index)
                return name.flatMap { text.skip("param", at: $0) ?? text.skip("embed", at: $0) }
                    .flatMap { text.behind(UInt8(ascii: ">"), from: $0) }
            })
        }
        if html.contains("<source") || html.contains("<track") {
            html.removeSpace(
                after: { text, index in
                    guard let name = text.skip("audio", at: index + 1) ?? text.skip("video", at: index + 1) else {
                        return nil
                    }
                    return text.bytes[name...].firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "]") }
                        .map { $0 + 1 }
                }, "<[")
            html.removeSpace(
                before: { text, index in
                    guard text[index + 1] == UInt8(ascii: "/"),
                        let name = text.skip("audio", at: index + 2) ?? text.skip("video", at: index + 2)
                    else { return nil }
                    return text.skip(">", at: name) ?? text.skip("]", at: name)
                })
            html.removeSpace(around: { text, index in
                (text.skip("<source", at: index) ?? text.skip("<track", at: index))
                    .flatMap { text.behind(UInt8(ascii: ">"), from: $0) }
            })
        }
        if html.contains("<figcaption") {
            html.removeSpace(before: { text, index in
                text.skip("<figcaption", at: index).flatMap { text.behind(UInt8(ascii: ">"), from: $0) }
            })
            html.removeSpace(after: { text, index in text.skip("</figcaption>", at: index) })
        }
    }

    /// A paragraph around each part between blank lines.
    private static func wrap(_ html: inout ByteText) {
        html.replace("\n") { text, index in
            guard text[index + 1] == 0x0A else { return nil }
            var end = index
            while text[end] == 0x0A { end += 1 }
            return .init(end: end, replacement: [0x0A, 0x0A])
        }
        let text = ByteCursor(html.bytes)
        var output: [UInt8] = []
        func add(_ part: ArraySlice<UInt8>) {
            guard !part.isEmpty else { return }
            var part = part
            while part.first == 0x0A { part = part.dropFirst() }
            while part.last == 0x0A { part = part.dropLast() }
            output += "<p>".utf8
            output += part
            output += "</p>\n".utf8
        }
        var start = 0
        var index = 0
        while let found = text.bytes[index...].firstIndex(of: 0x0A) {
            let end = text.skipSpace(at: found + 1)
            guard let last = text.bytes[(found + 1)..<end].lastIndex(of: 0x0A) else {
                index = found + 1
                continue
            }
            add(text.bytes[start..<found])
            start = last + 1
            index = start
        }
        add(text.bytes[start...])
        html = ByteText(output)
    }

    /// Blocks out of the paragraphs that they got.
    private static func unwrapBlocks(in html: inout ByteText) {
        html.replace("<") { text, index in
            guard let start = text.skip("<p>", at: index), let end = text.skip("</p>", at: text.skipSpace(at: start))
            else { return nil }
            return .init(end: end, replacement: [])
        }
        html.replace("<") { text, index in
            guard let start = text.skip("<p>", at: index), start < text.bytes.count,
                let tag = text.bytes[start...].firstIndex(of: UInt8(ascii: "<")), tag > start,
                let end = text.skip("</div>", at: tag) ?? text.skip("</address>", at: tag)
                    ?? text.skip("</form>", at: tag)
            else { return nil }
            return .init(end: end, replacement: text[index..<tag] + Array("</p>".utf8) + text[tag..<end])
        }
        html.replace("<") { text, index in
            guard let start = text.skip("<p>", at: index) else { return nil }
            let tag = text.skipSpace(at: start)
            guard let tagEnd = Block.tag(text, at: tag), let end = text.skip("</p>", at: text.skipSpace(at: tagEnd))
            else { return nil }
            return .init(end: end, replacement: text[tag..<tagEnd])
        }
        html.replace("<") { text, index in
            guard let item = text.skip("<p>", at: index), let name = text.skip("<li", at: item), let first = text[name],
                first != 0x0A, let close = text.find("</p>", from: name + 1),
                !text.bytes[name..<close].contains(0x0A)
            else { return nil }
            return .init(end: close + 4, replacement: text[item..<close])
        }
        html.replace("<") { text, index in
            guard let tag = text.skip(folded: "<p><blockquote", at: index),
                let close = text.behind(UInt8(ascii: ">"), from: tag)
            else { return nil }
            return .init(
                end: close, replacement: Array("<blockquote".utf8) + text[tag..<close] + Array("<p>".utf8))
        }
        html.replace("</blockquote></p>", with: "</p></blockquote>")
        html.replace("<") { text, index in
            guard let start = text.skip("<p>", at: index) else { return nil }
            let tag = text.skipSpace(at: start)
            guard let end = Block.tag(text, at: tag) else { return nil }
            return .init(end: end, replacement: text[tag..<end])
        }
        html.replace("<") { text, index in
            guard let tag = Block.tag(text, at: index), let end = text.skip("</p>", at: text.skipSpace(at: tag)) else {
                return nil
            }
            return .init(end: end, replacement: text[index..<tag])
        }
    }

    /// Line breaks that are left are breaks.
    private static func addBreaks(to html: inout ByteText) {
        let kept = Array("<WPPreserveNewline />".utf8)
        html.replace("<") { text, index in
            guard let end = Markup.opaqueElement(text, at: index) else { return nil }
            return .init(end: end, replacement: text.bytes[index..<end].flatMap { $0 == 0x0A ? kept : [$0] })
        }
        html.replace("<br>", with: "<br />")
        html.replace("<br/>", with: "<br />")
        html.replace(" \t\n\u{0B}\u{0C}\r") { text, index in
            let end = text.skipSpace(at: index)
            guard !text.has("<br />", at: index - 6), let last = text.bytes[index..<end].lastIndex(of: 0x0A) else {
                return nil
            }
            return .init(end: last + 1, replacement: Array("<br />\n".utf8))
        }
        html.replace("<WPPreserveNewline />", with: "\n")
        html.replace("<") { text, index in
            guard let tag = Block.tag(text, at: index), let end = text.skip("<br />", at: text.skipSpace(at: tag))
            else {
                return nil
            }
            return .init(end: end, replacement: text[index..<tag])
        }
        html.replace("<") { text, index in
            guard let start = text.skip("<br />", at: index),
                let end = Block.tag(text, at: text.skipSpace(at: start), closeToBreaks: true)
            else { return nil }
            return .init(end: end, replacement: text[start..<end])
        }
        html.replace("\n") { text, index in
            guard let end = text.skip("</p>", at: index + 1),
                end == text.bytes.count || (end == text.bytes.count - 1 && text[end] == 0x0A)
            else { return nil }
            return .init(end: end, replacement: Array("</p>".utf8))
        }
    }
}

/// WordPress' block elements. Where it asks for a tag, a name that begins with one of theirs is enough: `<param>` begins
/// with `p`.
private enum Block {
    private static let names: [StaticString] = [
        "table", "thead", "tfoot", "caption", "colgroup", "col", "tbody", "tr", "td", "th", "div", "dl", "dd", "dt",
        "ul", "ol", "li", "pre", "form", "map", "area", "blockquote", "address", "style", "p", "h1", "h2", "h3", "h4",
        "h5", "h6", "hr", "fieldset", "legend", "section", "article", "aside", "hgroup", "header", "footer", "nav",
        "figure", "figcaption", "details", "menu", "summary",
    ]
    /// Those before which a line break is one too many.
    private static let closeToBreaks: [StaticString] = [
        "p", "li", "div", "dl", "dd", "dt", "th", "pre", "td", "ul", "ol",
    ]

    /// Where a whole name at this place ends.
    static func name(_ text: ByteCursor, at index: Int) -> Int? {
        var end = index
        while let byte = text[end], (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) { end += 1 }
        guard end > index else { return nil }
        let found = names.contains { $0.utf8CodeUnitCount == end - index && text.has($0, at: index) }
        return found ? end : nil
    }

    /// Where an opening or closing tag at this place ends.
    static func tag(_ text: ByteCursor, at index: Int, closeToBreaks isClose: Bool = false) -> Int? {
        guard let name = text.skip("</", at: index) ?? text.skip("<", at: index), let first = text[name],
            (0x61...0x75).contains(first)
        else { return nil }
        let names = isClose ? closeToBreaks : names
        guard names.contains(where: { text.has($0, at: name) }) else { return nil }
        return text.behind(UInt8(ascii: ">"), from: name)
    }
}

/// Tags, comments and elements as WordPress splits them.
private enum Markup {
    /// Where the tag, comment or CDATA section at this `<` ends: with the text, when nothing closes it.
    static func end(_ text: ByteCursor, at index: Int) -> Int {
        let end: Int?
        if text.has("<!--", at: index) {
            end = text.find("-->", from: index + 2).map { $0 + 3 }
        } else if let content = text.skip("<![CDATA[", at: index) {
            end = text.find("]]>", from: content).map { $0 + 3 }
        } else {
            end = text.behind(UInt8(ascii: ">"), from: index + 1)
        }
        return end ?? text.bytes.count
    }

    /// Where a script, style, drawing or formula at this place ends.
    static func opaqueElement(_ text: ByteCursor, at index: Int) -> Int? {
        for name in ["script", "style", "svg", "math"] as [StaticString] {
            guard let content = text.skip(name, at: index + 1) else { continue }
            let close = Array("</".utf8) + name.withUTF8Buffer { Array($0) } + [UInt8(ascii: ">")]
            return text.find(close, from: content).map { $0 + close.count }
        }
        return nil
    }
}

extension ByteText {
    /// Removes the white space before what `tag` finds the end of.
    fileprivate mutating func removeSpace(before tag: (ByteCursor, Int) -> Int?) {
        removeSpace(before: tag, after: false)
    }

    /// Removes the white space after it.
    fileprivate mutating func removeSpace(after tag: (ByteCursor, Int) -> Int?, _ first: StaticString = "<") {
        replace(first) { text, index in
            guard let end = tag(text, index) else { return nil }
            return .init(end: text.skipSpace(at: end), replacement: text[index..<end])
        }
    }

    /// Removes the white space on both sides.
    fileprivate mutating func removeSpace(around tag: (ByteCursor, Int) -> Int?) {
        removeSpace(before: tag, after: true)
    }

    private mutating func removeSpace(before tag: (ByteCursor, Int) -> Int?, after: Bool) {
        replace("<[ \t\n\u{0B}\u{0C}\r") { text, index in
            // Within white space that was looked at from its start already.
            if let byte = text[index], ByteCursor.isSpace(byte), let before = text[index - 1],
                ByteCursor.isSpace(before)
            {
                return nil
            }
            let start = text.skipSpace(at: index)
            guard let end = tag(text, start) else { return nil }
            return .init(end: after ? text.skipSpace(at: end) : end, replacement: text[start..<end])
        }
    }
}

extension ByteCursor {
    /// The end of an ASCII text at a place, whatever its case.
    fileprivate func skip(folded text: StaticString, at index: Int) -> Int? {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return nil }
        let isEqual = text.withUTF8Buffer { buffer in
            (0..<count).allSatisfy { offset in
                let byte = bytes[index + offset]
                return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == buffer[offset]
            }
        }
        return isEqual ? index + count : nil
    }
}
