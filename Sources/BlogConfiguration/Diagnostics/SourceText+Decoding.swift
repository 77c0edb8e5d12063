extension SourceText {
    /// The text of a UTF-8 file: without its byte-order mark, with LF for CRLF and CR.
    ///
    /// Throws a ``Diagnostic`` with the line of the first byte that is not UTF-8, of the first NUL, or the name of
    /// the encoding where it can be told (UTF-16 by its mark or its zero bytes).
    package init(path: String, bytes: [UInt8]) throws(Diagnostic) {
        if let name = Self.nameOfUTF16(bytes) {
            throw Diagnostic(
                path: path, line: 1, message: "the file is \(name), expected UTF-8",
                suggestion: "save it as UTF-8")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        if let offset = content.firstIndex(of: 0) {
            throw Self.refusal(path: path, content, at: offset, "a NUL byte (at byte \(offset)), expected text")
        }
        guard var text = String(validating: content, as: UTF8.self) else {
            let offset = Self.firstInvalidOffset(content)
            let byte = String(content[offset], radix: 16, uppercase: true)
            throw Self.refusal(
                path: path, content, at: offset, "invalid UTF-8: byte 0x\(byte) at byte \(offset)",
                suggestion: "if the file is Latin-1 or Windows-1252, save it as UTF-8")
        }
        if content.contains(UInt8(ascii: "\r")) {
            text = Self.withLineFeeds(text)
        }
        self.init(path: path, text: text)
    }

    private static func refusal(
        path: String, _ content: ArraySlice<UInt8>, at offset: Int, _ message: String, suggestion: String? = nil
    ) -> Diagnostic {
        let before = content[..<offset]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? content.startIndex
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
        let lineEnd = content[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? content.endIndex
        let excerpt = String(decoding: content[lineStart..<lineEnd].prefix(200), as: UTF8.self).printable
        return Diagnostic(
            path: path, line: line, column: column, message: message, excerpt: excerpt, suggestion: suggestion)
    }

    private static func nameOfUTF16(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16 (little-endian)" }
        if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16 (big-endian)" }
        // Without a mark: Latin text in UTF-16 has a zero in every second byte from the start.
        let head = bytes.prefix(64)
        guard head.count >= 8, head.count.isMultiple(of: 2) else { return nil }
        let zeros = head.indices.filter { head[$0] == 0 }
        guard zeros.count * 2 == head.count else { return nil }
        if zeros.allSatisfy({ !$0.isMultiple(of: 2) }) { return "UTF-16 (little-endian)" }
        if zeros.allSatisfy({ $0.isMultiple(of: 2) }) { return "UTF-16 (big-endian)" }
        return nil
    }

    /// The index of the first byte that does not belong to a well-formed sequence (RFC 3629); the end if all do.
    private static func firstInvalidOffset(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let (length, second): (Int, ClosedRange<UInt8>) =
                switch bytes[index] {
                case 0x00...0x7F: (1, 0x80...0xBF)
                case 0xC2...0xDF: (2, 0x80...0xBF)
                case 0xE0: (3, 0xA0...0xBF)
                case 0xED: (3, 0x80...0x9F)
                case 0xE1...0xEF: (3, 0x80...0xBF)
                case 0xF0: (4, 0x90...0xBF)
                case 0xF1...0xF3: (4, 0x80...0xBF)
                case 0xF4: (4, 0x80...0x8F)
                default: (0, 0x80...0xBF)
                }
            guard length > 0, bytes.endIndex - index >= length else { return index }
            let tail = bytes[(index + 1)..<(index + length)]
            guard tail.first.map({ second.contains($0) }) ?? true,
                tail.dropFirst().allSatisfy({ (0x80...0xBF).contains($0) })
            else { return index }
            index += length
        }
        return index
    }

    private static func withLineFeeds(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\r"): result.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            default: result.append(byte)
            }
            previous = byte
        }
        return String(decoding: result, as: UTF8.self)
    }
}
