/// The last part of a URL, made of a title, a file's name or what the author asks for.
///
/// A slug has lower-case letters and digits of any script, `-`, `_` and (where kept) single dots between them. It is
/// never empty, never `.` or `..`, has no slash, and is short enough to be a folder's name: so it cannot leave the output
/// folder.
package struct Slug: Sendable, Hashable {
    package let text: String

    /// At most this many bytes of UTF-8, with room for a suffix below the 200 characters of its column and the 255 bytes
    /// that file systems allow a name.
    package static let byteLimit = 180
    /// The same for tags and usernames, whose columns hold 50 characters.
    package static let tagLimit = 46

    private init(text: String) {
        self.text = text
    }

    /// The slug of a title or a tag: words joined by `-`. `nil` when the text has neither letter nor digit.
    package init?(title: String, limit: Int = byteLimit) {
        self.init(title, keepsDots: false, limit: limit)
    }

    /// The slug of a file's stem or of a `slug:`, which may have dots inside: `v1.2`.
    package init?(name: String) {
        self.init(name, keepsDots: true, limit: Self.byteLimit)
    }

    /// A slug that is one already, for names without a letter.
    package static func fallback(_ word: String) -> Slug {
        Slug(text: word)
    }

    /// The same slug with a number that tells it from one that is taken: `title-2`.
    package func numbered(_ number: Int) -> Slug {
        Slug(text: "\(text)-\(number)")
    }

    private init?(_ source: String, keepsDots: Bool, limit: Int) {
        if Self.isPlain(source, limit: limit) {
            self.init(text: source)
            return
        }
        let scalars = Array(Transliteration.latin(source).unicodeScalars)
        var result: [UInt8] = []
        var isSeparated = false
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let followsLetter = !isSeparated && index > 0 && Self.isLetterOrDigit(scalars[index - 1])
            var addition: String?
            switch scalar {
            case _ where Self.isLetterOrDigit(scalar): addition = String(scalar)
            case "_": addition = "_"
            case "'", "\u{2019}", "\u{00AD}", "\u{200D}": continue
            case "." where keepsDots && followsLetter && next.map(Self.isLetterOrDigit) == true: addition = "."
            // C++ and C# are not C.
            case "+" where followsLetter && next == "+": addition = "pp"
            case "#" where followsLetter && next.map(Self.isLetterOrDigit) != true: addition = "sharp"
            default: break
            }
            guard let addition else {
                isSeparated = true
                continue
            }
            if isSeparated, !result.isEmpty { result.append(UInt8(ascii: "-")) }
            isSeparated = false
            result.append(contentsOf: addition.utf8)
        }
        let text = Self.cut(String(decoding: result, as: UTF8.self), to: limit)
        guard text.unicodeScalars.contains(where: Self.isLetterOrDigit) else { return nil }
        self.init(text: text)
    }

    /// Whether a text is a slug as it stands: words of ASCII with single hyphens between them. Most are, and need no more.
    private static func isPlain(_ text: String, limit: Int) -> Bool {
        guard 1...limit ~= text.utf8.count else { return false }
        var follows = false
        for byte in text.utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: follows = true
            case UInt8(ascii: "-") where follows: follows = false
            default: return false
            }
        }
        return follows
    }

    /// Marks count as letters: the vowels of many scripts are marks.
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        return switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }

    /// Cuts at a hyphen when there is one in the second half.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.startIndex
        while let next = text.index(end, offsetBy: 1, limitedBy: text.endIndex),
            text.utf8.distance(from: text.startIndex, to: next) <= limit
        {
            end = next
        }
        let head = text[..<end]
        guard let hyphen = head.lastIndex(of: "-"), head.utf8.distance(from: head.startIndex, to: hyphen) > limit / 2
        else { return String(head) }
        return String(head[..<hyphen])
    }
}
