private let statementStarts = ByteSet("{;,[-")

/// Before a `/` that begins a regular expression. NUL stands for the beginning of the text.
private let beforeExpression = ByteSet("(,=:[!&|?{};+\u{0}")

/// Cuts code into tokens by a `CodeGrammar`. Never steps back, so the cost is linear.
struct CodeScanner<Sink: TokenSink> {
    let grammar: CodeGrammar
    let text: [UInt8]
    var sink: Sink

    private var index = 0
    /// Only white space since the line began.
    private var isLineStart = true
    /// Where a key may stand.
    private var isStatementStart = true
    /// The last byte that is neither white space nor comment.
    private var previous: UInt8 = 0
    private let opening: ByteSet
    /// For each string rule, and behind them for regular expressions: up to where none ends that has not ended yet.
    /// Without it a line of quotes would be searched again from each of them.
    private var unclosedUntil: [Int]

    init(_ grammar: CodeGrammar, text: [UInt8], sink: Sink) {
        self.grammar = grammar
        self.text = text
        self.sink = sink
        var opening = ByteSet("")
        let marks =
            grammar.lineComments + grammar.blockComments.map(\.open) + grammar.strings.map(\.open)
            + (grammar.hasRegularExpressions ? ["/"] : []) + (grammar.hasRustAttributes ? ["#"] : [])
        for mark in marks {
            if let first = mark.utf8.first { opening.insert(first) }
        }
        self.opening = opening
        unclosedUntil = [Int](repeating: 0, count: grammar.strings.count + 1)
    }

    mutating func run() {
        while index < text.count {
            let byte = text[index]
            if byte == .newline {
                index += 1
                isLineStart = true
                isStatementStart = true
            } else if byte.isASCIISpace {
                index += 1
            } else if opening.contains(byte), scanDelimited() {
                isLineStart = false
            } else if byte.isASCIIDigit, grammar.hasNumbers {
                scanNumber()
                finishOperand()
            } else if isWordStart(byte) {
                scanWord()
                finishOperand()
            } else if byte == UInt8(ascii: "#"), isLineStart, grammar.hasPreprocessor {
                scanDirective()
            } else if grammar.metaPrefixes.contains(byte), isWordStart(at(index + 1)) {
                emit(.meta, to: wordEnd(from: index + 1))
                finishOperand()
            } else if grammar.variablePrefixes.contains(byte) {
                scanVariable()
                finishOperand()
            } else {
                previous = byte
                isLineStart = false
                isStatementStart = statementStarts.contains(byte)
                index += 1
            }
        }
    }

    private func at(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

    private func has(_ mark: String, at index: Int) -> Bool {
        var position = index
        for byte in mark.utf8 {
            guard position < text.count, text[position] == byte else { return false }
            position += 1
        }
        return true
    }

    private mutating func emit(_ token: Token, to end: Int) {
        let end = min(end, text.count)
        sink.token(token, index..<end)
        index = end
    }

    private mutating func finishOperand() {
        previous = UInt8(ascii: "a")
        isLineStart = false
        isStatementStart = false
    }

    // MARK: Comments and strings

    private mutating func scanDelimited() -> Bool {
        for mark in grammar.lineComments where has(mark, at: index) {
            if grammar.commentsBeginWords, index > 0, !text[index - 1].isASCIISpace { continue }
            emit(.comment, to: lineEnd(from: index))
            return true
        }
        for comment in grammar.blockComments where has(comment.open, at: index) {
            emit(.comment, to: end(of: comment))
            return true
        }
        if grammar.hasRustAttributes, has("#[", at: index) || has("#![", at: index) {
            emit(.meta, to: (text[index...].firstIndex(of: UInt8(ascii: "]")) ?? text.count - 1) + 1)
            return true
        }
        for (number, rule) in grammar.strings.enumerated() where has(rule.open, at: index) {
            guard index >= unclosedUntil[number] else { continue }
            guard let end = end(of: rule) else {
                if rule.mustClose { unclosedUntil[number] = rule.isMultiline ? text.count : lineEnd(from: index) }
                continue
            }
            let isKey = isStatementStart && isKeySeparator(after: end)
            emit(isKey ? .property : .string, to: end)
            finishOperand()
            return true
        }
        if grammar.hasRegularExpressions, text[index] == UInt8(ascii: "/"), beforeExpression.contains(previous),
            index >= unclosedUntil[grammar.strings.count]
        {
            if let end = regularExpressionEnd() {
                emit(.string, to: end)
                finishOperand()
                return true
            }
            unclosedUntil[grammar.strings.count] = lineEnd(from: index)
        }
        return false
    }

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] != .newline { end += 1 }
        return end
    }

    private func end(of comment: CodeGrammar.BlockComment) -> Int {
        var depth = 1
        var end = index + comment.open.utf8.count
        while end < text.count {
            if has(comment.close, at: end) {
                depth -= 1
                end += comment.close.utf8.count
                if depth == 0 { return end }
            } else if comment.nests, has(comment.open, at: end) {
                depth += 1
                end += comment.open.utf8.count
            } else {
                end += 1
            }
        }
        return text.count
    }

    private func end(of rule: CodeGrammar.StringRule) -> Int? {
        var end = index + rule.open.utf8.count
        if rule.isCharacter { return characterEnd(from: end, close: rule.close) }
        while end < text.count {
            if let interpolation = rule.interpolation, has(interpolation.open, at: end) {
                end = interpolationEnd(
                    from: end + interpolation.open.utf8.count, interpolation, isMultiline: rule.isMultiline)
            } else if text[end] == rule.escape {
                end += 2
            } else if has(rule.close, at: end) {
                return end + rule.close.utf8.count
            } else if text[end] == .newline, !rule.isMultiline {
                return rule.mustClose ? nil : end
            } else {
                end += 1
            }
        }
        return rule.mustClose ? nil : text.count
    }

    /// Behind the brace that closes an interpolation; strings in it are stepped over, brackets counted.
    private func interpolationEnd(from start: Int, _ marks: (open: String, close: String), isMultiline: Bool) -> Int {
        guard let close = marks.close.utf8.first, let open = marks.open.utf8.last else { return start }
        var depth = 1
        var end = start
        var quote: UInt8?
        while end < text.count {
            let byte = text[end]
            if byte == .newline, !isMultiline { return end }
            if let current = quote {
                if byte == UInt8(ascii: "\\") { end += 1 } else if byte == current { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == open {
                depth += 1
            } else if byte == close {
                depth -= 1
                if depth == 0 { return end + 1 }
            }
            end += 1
        }
        return text.count
    }

    private func characterEnd(from start: Int, close: String) -> Int? {
        var end = start
        if at(end) == UInt8(ascii: "\\") {
            end += 2
            while end < text.count, end - start < 12, !has(close, at: end) { end += 1 }
        } else {
            end += 1
            while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        }
        return has(close, at: end) ? end + close.utf8.count : nil
    }

    private func regularExpressionEnd() -> Int? {
        var end = index + 1
        var isInClass = false
        while end < text.count, text[end] != .newline {
            switch text[end] {
            case UInt8(ascii: "\\"): end += 1
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                end += 1
                while at(end).isASCIILetter { end += 1 }
                return end
            default: break
            }
            end += 1
        }
        return nil
    }

    // MARK: Words and numbers

    private func isWordStart(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private func wordEnd(from start: Int) -> Int {
        var end = start
        while end < text.count,
            isWordStart(text[end]) || text[end].isASCIIDigit || grammar.wordBytes.contains(text[end])
        {
            end += 1
        }
        return end
    }

    private func isKeySeparator(after end: Int) -> Bool {
        guard let separator = grammar.keySeparator else { return false }
        var end = end
        while at(end) == .space || at(end) == .tab { end += 1 }
        return at(end) == separator
    }

    private mutating func scanWord() {
        let end = wordEnd(from: index)
        var word = String(decoding: text[index..<end], as: UTF8.self)
        if grammar.ignoresCase { word = word.lowercased() }
        if isStatementStart, isKeySeparator(after: end) {
            emit(.property, to: end)
        } else if grammar.keywords.contains(word) {
            emit(.keyword, to: end)
        } else if grammar.literals.contains(word) {
            emit(.literal, to: end)
        } else if grammar.types.contains(word) {
            emit(.type, to: end)
        } else if grammar.callsAreFunctions, at(end) == UInt8(ascii: "("),
            !(grammar.capitalsAreTypes && isCapital(text[index]))
        {
            emit(.function, to: end)
        } else if grammar.capitalsAreTypes, isCapital(text[index]) {
            emit(.type, to: end)
        } else {
            index = end
        }
    }

    private func isCapital(_ byte: UInt8) -> Bool { byte.isASCIILetter && byte != byte.asciiLowercased }

    private mutating func scanNumber() {
        var end = index
        let isHexadecimal = text[index] == UInt8(ascii: "0") && at(index + 1) | 0x20 == UInt8(ascii: "x")
        while end < text.count {
            let byte = text[end]
            if byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") {
                end += 1
            } else if byte == UInt8(ascii: "."), at(end + 1).isASCIIDigit {
                end += 1
            } else if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), !isHexadecimal, end > index,
                text[end - 1] | 0x20 == UInt8(ascii: "e"), at(end + 1).isASCIIDigit
            {
                end += 1
            } else {
                break
            }
        }
        emit(.number, to: end)
    }

    private mutating func scanDirective() {
        var end = index + 1
        while at(end) == .space || at(end) == .tab { end += 1 }
        emit(.meta, to: wordEnd(from: end))
        finishOperand()
    }

    private mutating func scanVariable() {
        if at(index + 1) == UInt8(ascii: "{") {
            var end = index + 2
            while end < text.count, text[end] != UInt8(ascii: "}"), text[end] != .newline { end += 1 }
            emit(.property, to: at(end) == UInt8(ascii: "}") ? end + 1 : end)
            return
        }
        let end = wordEnd(from: index + 1)
        if end > index + 1 { emit(.property, to: end) } else { index += 1 }
    }
}
