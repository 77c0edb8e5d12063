/// Where in an HTML document the next byte stands: fed with a template's text in the order in which it is printed.
///
/// The states are those of the HTML standard's tokenizer (section 13.2.5) as far as a value's surroundings matter.
struct HTMLContext: Equatable {
    private enum State: Equatable {
        case text
        /// Between tags whose inside is no markup; ends at their end tag.
        case script, style
        case comment
        /// After "<".
        case tagOpen
        case tagName
        /// Inside of a tag, between attributes.
        case tag
        case attributeName
        /// After "=".
        case beforeValue
        case value(quote: UInt8)
        case unquotedValue
    }

    private var state = State.text
    /// The tag's name in small letters; empty for an end tag.
    private var tagName: [UInt8] = []
    private var attribute: [UInt8] = []
    /// Whether nothing of the attribute's value has been printed, or perhaps nothing.
    private var isValueEmpty = true
    /// The last bytes, for the ends of comments, scripts and styles.
    private var tail: [UInt8] = []

    /// What a value that is printed here becomes a part of.
    var position: OutputPosition {
        switch state {
        case .text, .comment, .tagOpen: .text
        case .script: .script
        case .style: .style
        case .tagName, .tag, .attributeName: .tag
        case .beforeValue, .unquotedValue: .unquotedValue
        case .value:
            if Self.isCode(attribute) {
                .code
            } else if isValueEmpty, Self.addresses.contains(attribute) {
                .addressStart
            } else {
                .attribute
            }
        }
    }

    private static let addresses: Set<[UInt8]> = Set(
        [
            "href", "src", "action", "formaction", "cite", "poster", "data", "xlink:href", "background", "longdesc",
            "manifest", "icon", "codebase", "usemap",
        ].map { Array($0.utf8) })

    /// Event handlers and styles hold code of another language.
    private static func isCode(_ attribute: [UInt8]) -> Bool {
        attribute.starts(with: "on".utf8) || attribute == Array("style".utf8)
    }

    // MARK: Feeding

    /// A value is printed.
    mutating func printValue() {
        isValueEmpty = false
        if state == .beforeValue { state = .unquotedValue }
    }

    /// After one of two ways through a template: goes on from the first, and takes a value for empty if either does.
    mutating func merge(_ other: HTMLContext) { isValueEmpty = isValueEmpty || other.isValueEmpty }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { feed(byte) }
    }

    private mutating func feed(_ byte: UInt8) {
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        switch state {
        case .text:
            if byte == UInt8(ascii: "<") {
                state = .tagOpen
                tagName = []
            }
        case .tagOpen:
            if Self.isLetter(byte) {
                state = .tagName
                tagName = [byte | 0x20]
            } else if byte == UInt8(ascii: "/") {
                state = .tagName
            } else if byte == UInt8(ascii: "!") {
                state = .comment
                tail = []
            } else {
                state = .text
            }
        case .tagName:
            if byte == UInt8(ascii: ">") {
                endTag()
            } else if isSpace || byte == UInt8(ascii: "/") {
                state = .tag
            } else if !tagName.isEmpty {
                tagName.append(byte | 0x20)
            }
        case .tag, .attributeName:
            if byte == UInt8(ascii: ">") {
                endTag()
            } else if byte == UInt8(ascii: "=") {
                state = .beforeValue
                isValueEmpty = true
            } else if isSpace || byte == UInt8(ascii: "/") {
                state = .tag
            } else if state == .tag {
                state = .attributeName
                attribute = [Self.lowercased(byte)]
            } else {
                attribute.append(Self.lowercased(byte))
            }
        case .beforeValue:
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                state = .value(quote: byte)
            } else if byte == UInt8(ascii: ">") {
                endTag()
            } else if !isSpace {
                state = .unquotedValue
            }
        case .value(let quote):
            if byte == quote { state = .tag } else { isValueEmpty = false }
        case .unquotedValue:
            if byte == UInt8(ascii: ">") { endTag() } else if isSpace { state = .tag }
        case .comment: endRaw(byte, until: tail.starts(with: "--".utf8) ? "-->" : ">")
        case .script: endRaw(byte, until: "</script")
        case .style: endRaw(byte, until: "</style")
        }
    }

    private mutating func endTag() {
        state = .text
        tail = []
        if tagName == Array("script".utf8) { state = .script }
        if tagName == Array("style".utf8) { state = .style }
    }

    /// Ends a comment at its mark, a script or style at its end tag, whose rest is then read as a tag.
    private mutating func endRaw(_ byte: UInt8, until end: StaticString) {
        // The first two bytes of a comment tell which end it has; the others need as many bytes as their end is long.
        let isComment = state == .comment
        tail.append(Self.lowercased(byte))
        let isEnd = end.withUTF8Buffer { tail.suffix($0.count).elementsEqual($0) }
        if isEnd {
            state = isComment ? .text : .tagName
            tagName = []
            tail = []
        } else if tail.count > 16 {
            tail.removeSubrange((isComment ? 2 : 0)..<(tail.count - 8))
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

/// What a printed value becomes a part of in an HTML page.
enum OutputPosition: Int32, Sendable {
    /// Text between tags, which escaping makes safe.
    case text
    /// A quoted attribute's value, which escaping makes safe too.
    case attribute
    /// The beginning of an address in quotes: its scheme may be a script's.
    case addressStart
    /// Inside of a tag, outside of values.
    case tag
    /// A value without quotes: a space in it begins another attribute.
    case unquotedValue
    /// An event handler or a style in quotes.
    case code
    case script
    case style
}
