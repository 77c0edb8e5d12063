private let nameBytes = ByteSet("-_:.@")

/// Cuts HTML and XML into tags, attributes, their values, comments and entities.
struct MarkupScanner<Sink: TokenSink> {
    let text: [UInt8]
    var sink: Sink

    private var index = 0

    init(text: [UInt8], sink: Sink) {
        self.text = text
        self.sink = sink
    }

    mutating func run() {
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "<"): scanTag()
            case UInt8(ascii: "&"): scanEntity()
            default: index += 1
            }
        }
    }

    private func at(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

    private mutating func emit(_ token: Token, to end: Int) {
        let end = min(end, text.count)
        sink.token(token, index..<end)
        index = end
    }

    private mutating func scanTag() {
        if text[index...].starts(with: "<!--".utf8) {
            emit(.comment, to: end(of: "-->", from: index + 4))
            return
        }
        if at(index + 1) == UInt8(ascii: "!") || at(index + 1) == UInt8(ascii: "?") {
            emit(.meta, to: end(of: ">", from: index + 2))
            return
        }
        var end = index + 1
        if at(end) == UInt8(ascii: "/") { end += 1 }
        guard at(end).isASCIILetter else {
            index += 1
            return
        }
        emit(.tag, to: nameEnd(from: end))
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ">") {
                emit(.tag, to: index + 1)
                return
            } else if byte == UInt8(ascii: "<") {
                return
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                var end = index + 1
                while end < text.count, text[end] != byte { end += 1 }
                emit(.string, to: end + 1)
            } else if byte.isASCIILetter || byte >= 0x80 || byte == UInt8(ascii: "_") {
                emit(.property, to: nameEnd(from: index))
            } else {
                index += 1
            }
        }
    }

    private func nameEnd(from start: Int) -> Int {
        var end = start
        while end < text.count, text[end].isASCIIAlphanumeric || nameBytes.contains(text[end]) || text[end] >= 0x80 {
            end += 1
        }
        return end
    }

    private mutating func scanEntity() {
        var end = index + 1
        while end < text.count, end - index < 32, text[end].isASCIIAlphanumeric || text[end] == UInt8(ascii: "#") {
            end += 1
        }
        if at(end) == UInt8(ascii: ";"), end > index + 1 { emit(.literal, to: end + 1) } else { index += 1 }
    }

    private func end(of mark: StaticString, from start: Int) -> Int {
        var end = start
        let mark = mark.description.utf8
        while end < text.count {
            if text[end...].starts(with: mark) { return end + mark.count }
            end += 1
        }
        return text.count
    }
}
