import Bytes
import XML

/// What a generator put into the bodies of its documents besides Markdown.
enum Dialect: String, Sendable, Hashable {
    /// No generator is known: tags that can mean but one thing count outside code, and everything else is text.
    case plain
    /// Liquid, which is read before the Markdown and so counts in code too, and kramdown's attribute lists.
    case jekyll
    /// Liquid alone.
    case eleventy
    /// Hugo's shortcodes, which count in code too.
    case hugo
    /// Zola's shortcodes and `@/` links.
    case zola

    var isLiquid: Bool { self == .jekyll || self == .eleventy }
}

/// A body as the blog has it, and what was left as it was.
struct ConvertedBody: Sendable, Hashable {
    var text: String
    /// Tags that stay text, by kind: `{% toc %}`, `{{< details >}}`.
    var leftovers: [String: Int] = [:]
}

/// Turns the tags of a generator into Markdown and HTML.
///
/// The result depends on the body alone: a link to another document becomes `doc:` and the name that its author gave it,
/// which the build resolves. So it does not matter which of two documents is imported first, or renamed later.
///
/// ```swift
/// BodyConverter.convert("[a]({% post_url 2024-04-09-a %})", .jekyll).text   // "[a](doc:2024-04-09-a)"
/// ```
struct BodyConverter {
    let bytes: [UInt8]
    let dialect: Dialect
    var output: [UInt8] = []
    var leftovers: [String: Int] = [:]
    private var code: CodeRegions?
    private var unclosed: Set<String> = []
    private var marks: [String: (searched: Int, found: Int)] = [:]

    static func convert(_ body: String, _ dialect: Dialect) -> ConvertedBody {
        let hasBraces = body.utf8.contains(UInt8(ascii: "{"))
        let hasTags = hasBraces && (body.byteRange(of: "{{") != nil || body.byteRange(of: "{%") != nil)
        var converted = ConvertedBody(text: body)
        if hasTags || dialect == .zola && body.byteRange(of: "@/") != nil {
            var converter = BodyConverter(bytes: Array(body.utf8), dialect: dialect)
            converter.run(0..<converter.bytes.count)
            converted.text = String(decoding: converter.output, as: UTF8.self)
            converted.leftovers = converter.leftovers
        }
        if dialect == .jekyll, hasBraces, body.byteRange(of: "{:") != nil { AttributeLists.remove(from: &converted) }
        return converted
    }

    private init(bytes: [UInt8], dialect: Dialect) {
        self.bytes = bytes
        self.dialect = dialect
        output.reserveCapacity(bytes.count)
        if dialect == .plain || dialect == .zola { code = CodeRegions(bytes) }
    }

    /// Converts a part of the body to the end of the output.
    mutating func run(_ range: Range<Int>) {
        var index = range.lowerBound
        var copied = index
        while index < range.upperBound {
            if let token = token(at: index, in: range), isLive(token) {
                output += bytes[copied..<index]
                let end = convert(token, in: range)
                copied = end ?? token.range.upperBound
                if end == nil { output += bytes[token.range] }
                index = copied
            } else {
                if dialect == .zola, let prefix = zolaLink(at: index, in: range) {
                    output += bytes[copied..<index]
                    output += "\(prefix)doc:".utf8
                    index += 3
                    copied = index
                    continue
                }
                index += 1
            }
        }
        output += bytes[copied..<range.upperBound]
    }

    /// Whether the generator would have seen the tag, or (where none is known) its author can have meant it.
    private mutating func isLive(_ token: Token) -> Bool {
        if dialect == .plain { return code?.contains(token.range.lowerBound) != true }
        return true
    }

    /// Converts a token; gives where its source ends, or `nil` when it stays text.
    private mutating func convert(_ token: Token, in range: Range<Int>) -> Int? {
        switch (dialect, token.kind) {
        case (.jekyll, .tag), (.jekyll, .output), (.eleventy, .tag), (.eleventy, .output):
            return convertLiquid(token, in: range)
        case (.hugo, .angle), (.hugo, .percent): return convertShortcode(token, in: range)
        case (.zola, .tag), (.zola, .output): return convertZola(token, in: range)
        case (.plain, .tag), (.plain, .output): return convertLiquid(token, in: range)
        case (.plain, .angle), (.plain, .percent): return convertShortcode(token, in: range)
        default: return nil
        }
    }

    /// Notes that a tag stays text. Where no generator is known it may have been text from the start.
    mutating func leave(_ kind: String) -> Int? {
        if dialect != .plain { leftovers[kind, default: 0] += 1 }
        return nil
    }

    // MARK: Output

    mutating func write(_ text: String) {
        output += text.utf8
    }

    /// Writes Markdown in place of a tag: as a paragraph of its own where the tag had a line of its own, else `inline`.
    mutating func write(block: String, inline: String, for tag: Range<Int>) {
        guard isAlone(tag) else { return write(inline) }
        let indent = String(decoding: lineHead(before: tag.lowerBound), as: UTF8.self)
        write(block.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n\(indent)"))
    }

    /// Writes a fenced code block with a fence that the code does not close.
    mutating func write(code: [UInt8], language: String, for tag: Range<Int>) {
        var lines = code[...]
        if let first = lines.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), lines[first] == 0x0A {
            lines = lines[(first + 1)...]
        }
        while let last = lines.last, [0x20, 0x09, 0x0A].contains(last) { lines = lines.dropLast() }
        var longest = 0
        var run = 0
        for byte in lines {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let head = lineHead(before: tag.lowerBound)
        let isIndented = head.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let indent = isIndented ? String(decoding: head, as: UTF8.self) : ""
        if !isIndented { write("\n\n") }
        write("\(fence)\(language)\n")
        output += lines
        write("\n\(indent)\(fence)")
        if let next = bytes[tag.upperBound...].first(where: { $0 != 0x20 && $0 != 0x09 }), next != 0x0A {
            write("\n\n")
        }
    }

    /// What stands before a tag on its line.
    private func lineHead(before offset: Int) -> ArraySlice<UInt8> {
        let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return bytes[start..<offset]
    }

    private func isAlone(_ tag: Range<Int>) -> Bool {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let tail = bytes[tag.upperBound...].first { !isSpace($0) }
        return lineHead(before: tag.lowerBound).allSatisfy(isSpace) && (tail == nil || tail == 0x0A)
    }

    /// The link by which a body names another document. `path` may end with a `#part`.
    static func documentLink(_ path: String) -> String {
        var allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/#%".utf8)
        allowed.formUnion(0x80...0xFF)
        var link = Array("doc:".utf8)
        for byte in path.trimmed.utf8 {
            if allowed.contains(byte) {
                link.append(byte)
            } else {
                link += "\(byte < 16 ? "%0" : "%")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return String(decoding: link, as: UTF8.self)
    }

    /// The mark before an `@/` at this place that makes it the start of a link's destination.
    private mutating func zolaLink(at index: Int, in range: Range<Int>) -> Character? {
        guard index + 3 <= range.upperBound, bytes[index + 1] == UInt8(ascii: "@"),
            bytes[index + 2] == UInt8(ascii: "/"),
            "(<\"' ".utf8.contains(bytes[index]), code?.contains(index) != true
        else { return nil }
        // After a space: a link reference definition, `[name]: @/path`.
        if bytes[index] == 0x20, index == 0 || bytes[index - 1] != UInt8(ascii: ":") { return nil }
        return Character(Unicode.Scalar(bytes[index]))
    }
}

/// A tag in a body: where it starts and ends and what is in it.
struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// `{% … %}`
        case tag
        /// `{{ … }}`
        case output
        /// `{{< … >}}`
        case angle
        /// `{{% … %}}`
        case percent
    }

    var kind: Kind
    var range: Range<Int>
    /// Without the marks and the hyphens of white space control.
    var inner: Range<Int>

    /// A tag of more bytes is none.
    private static let limit = 10_000

    /// - `find`: the first place of a closing mark from an offset on.
    init?(_ bytes: [UInt8], at start: Int, in range: Range<Int>, find: (_ closing: String, _ start: Int) -> Int?) {
        guard bytes[start] == UInt8(ascii: "{"), start + 3 < range.upperBound else { return nil }
        let (opening, closing): (Int, String)
        switch (bytes[start + 1], bytes[start + 2]) {
        case (UInt8(ascii: "%"), _): (kind, opening, closing) = (.tag, 2, "%}")
        case (UInt8(ascii: "{"), UInt8(ascii: "<")): (kind, opening, closing) = (.angle, 3, ">}}")
        case (UInt8(ascii: "{"), UInt8(ascii: "%")): (kind, opening, closing) = (.percent, 3, "%}}")
        case (UInt8(ascii: "{"), _): (kind, opening, closing) = (.output, 2, "}}")
        default: return nil
        }
        guard let end = find(closing, start + opening), end - start <= Self.limit,
            end + closing.utf8.count <= range.upperBound
        else { return nil }
        self.range = start..<(end + closing.utf8.count)
        var (lower, upper) = (start + opening, end)
        if kind == .tag || kind == .output {
            if lower < upper, bytes[lower] == UInt8(ascii: "-") { lower += 1 }
            if lower < upper, bytes[upper - 1] == UInt8(ascii: "-") { upper -= 1 }
        }
        inner = lower..<upper
    }

    /// The first place of an ASCII text; the end where there is none.
    static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, bytes.count - start >= wanted.count else { return bytes.count }
        for index in start...(bytes.count - wanted.count) where bytes[index] == first {
            if bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return index }
        }
        return bytes.count
    }
}

extension BodyConverter {
    func text(_ token: Token) -> Substring {
        Substring(String(decoding: bytes[token.inner], as: UTF8.self))
    }

    /// The tag that starts at an offset. The next place of each closing mark is looked for once, so that a body full of
    /// opening marks takes linear time.
    mutating func token(at index: Int, in range: Range<Int>) -> Token? {
        guard bytes[index] == UInt8(ascii: "{") else { return nil }
        return Token(bytes, at: index, in: range) { closing, start in
            if let known = marks[closing], known.searched <= start, start <= known.found { return known.found }
            let found = Token.find(closing, in: bytes, from: start)
            marks[closing] = (start, found)
            return found
        }
    }

    /// The next token that closes a block by name. A name that is closed nowhere is not looked for twice, so that a body
    /// full of open blocks takes linear time.
    mutating func closing(_ name: String, after token: Token, in range: Range<Int>, isClosing: (Substring) -> Bool)
        -> Token?
    {
        let search = "\(name) \(range.upperBound)"
        guard !unclosed.contains(search) else { return nil }
        var index = token.range.upperBound
        while index < range.upperBound {
            guard let found = self.token(at: index, in: range), found.kind == token.kind else {
                index += 1
                continue
            }
            if isClosing(text(found)) { return found }
            index += 2
        }
        unclosed.insert(search)
        return nil
    }
}
