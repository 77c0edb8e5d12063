#if Postgres
    /// What can be told of a statement without the server, by its words. <https://www.postgresql.org/docs/15/sql-syntax-lexical.html>
    enum PostgresText {
        /// The first word, in capitals.
        static func firstWord(of sql: String) -> String {
            let rest = sql.utf8.drop { $0 == 0x20 || (9...13).contains($0) || $0 == UInt8(ascii: "(") }
            return String(decoding: rest.prefix(16).prefix { isLetter($0) }.map { $0 & 0xDF }, as: UTF8.self)
        }

        /// Whether a statement only reads: it begins like a query and makes no table. A function that writes is not seen; WITH, which may
        /// write, is no plain read.
        static func isPlainRead(_ sql: String) -> Bool {
            switch firstWord(of: sql) {
            case "VALUES", "TABLE", "SHOW", "FETCH", "CLOSE": true
            case "EXPLAIN": !containsWord("ANALYZE", in: sql)
            case "SELECT": !containsWord("INTO", in: sql)
            default: false
            }
        }

        private static func containsWord(_ word: String, in sql: String) -> Bool {
            sql.utf8.split(whereSeparator: { !isLetter($0) }).contains { part in
                part.count == word.utf8.count && part.lazy.map { $0 & 0xDF }.elementsEqual(word.utf8)
            }
        }

        /// The statements of a script, in the order in which the server runs them.
        static func statements(of script: String) -> [String] { parts(of: script).map(trimmed) }

        /// The statement of a script in which the character with this number is, counted from 1.
        static func statement(of script: String, at position: Int) -> String? {
            var rest = position
            for part in parts(of: script) {
                rest -= part.unicodeScalars.count
                if rest <= 0 { return trimmed(part) }
            }
            return nil
        }

        private static func parts(of script: String) -> [String] {
            var scanner = ScriptScanner(bytes: Array(script.utf8))
            var parts: [String] = []
            while let range = scanner.next() { parts.append(String(decoding: scanner.bytes[range], as: UTF8.self)) }
            return parts
        }

        private static func trimmed(_ text: String) -> String { String(text.drop(while: \.isWhitespace)) }

        fileprivate static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
    }

    /// Finds the semicolons that end statements: those outside of texts, names, comments and dollar quotes.
    private struct ScriptScanner {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// The next statement that is more than blanks and comments.
        mutating func next() -> Range<Int>? {
            let start = position
            var hasContent = false
            while position < bytes.count {
                let byte = bytes[position]
                switch byte {
                case UInt8(ascii: ";"):
                    position += 1
                    if hasContent { return start..<position }
                case UInt8(ascii: "'"):
                    hasContent = true
                    skipQuoted(byte, hasEscapes: isEscapeString(at: position))
                case UInt8(ascii: "\""):
                    hasContent = true
                    skipQuoted(byte, hasEscapes: false)
                case UInt8(ascii: "-") where peek(1) == byte: skipLine()
                case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
                case UInt8(ascii: "$"):
                    hasContent = true
                    skipDollar()
                default:
                    if byte > 0x20 { hasContent = true }
                    position += 1
                }
            }
            return hasContent ? start..<position : nil
        }

        private func peek(_ offset: Int) -> UInt8? {
            bytes.indices.contains(position + offset) ? bytes[position + offset] : nil
        }

        /// `E'…'`, in which a backslash escapes.
        private func isEscapeString(at quote: Int) -> Bool {
            guard quote > 0, bytes[quote - 1] & 0xDF == UInt8(ascii: "E") else { return false }
            return quote == 1 || !isNamePart(bytes[quote - 2])
        }

        private func isNamePart(_ byte: UInt8) -> Bool {
            PostgresText.isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
        }

        private mutating func skipQuoted(_ quote: UInt8, hasEscapes: Bool) {
            position += 1
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if hasEscapes, byte == UInt8(ascii: "\\") { position += 1 } else if byte == quote { return }
            }
        }

        private mutating func skipLine() {
            while position < bytes.count, bytes[position] != 10 { position += 1 }
        }

        /// Comments nest.
        private mutating func skipComment() {
            var depth = 0
            repeat {
                if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                    depth += 1
                    position += 2
                } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                    depth -= 1
                    position += 2
                } else {
                    position += 1
                }
            } while depth > 0 && position < bytes.count
        }

        /// `$tag$ … $tag$`; a placeholder or a `$` inside a name is none.
        private mutating func skipDollar() {
            let start = position
            position += 1
            if start > 0, isNamePart(bytes[start - 1]) { return }
            if let first = peek(0), (48...57).contains(first) { return }
            while let byte = peek(0), isNamePart(byte) { position += 1 }
            guard peek(0) == UInt8(ascii: "$") else { return }
            position += 1
            let tag = bytes[start..<position]
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: "$"), bytes[position...].starts(with: tag) {
                    position += tag.count
                    return
                }
                position += 1
            }
        }
    }
#endif
