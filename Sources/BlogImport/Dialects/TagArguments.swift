/// The words between a tag's marks: `figure src="a.png" alt='A lake'`, `youtube(id="x")`, `highlight swift linenos`.
///
/// Values stand in double or single quotes (with backslash escapes), in Hugo's backticks, or bare. Names are lower-cased.
struct TagArguments: Sendable, Hashable {
    /// The first word.
    private(set) var name = ""
    private(set) var named: [String: String] = [:]
    private(set) var positional: [String] = []

    init(_ text: Substring) {
        var scanner = Scanner(rest: text)
        scanner.skipSeparators()
        name = String(scanner.word(stoppingAt: "(="))
        scanner.skipSeparators()
        while !scanner.isAtEnd {
            let before = scanner.rest.startIndex
            if let quoted = scanner.quoted() {
                positional.append(quoted)
            } else {
                let word = scanner.word(stoppingAt: "=")
                let isKey = scanner.skip("=") || word.hasSuffix(":") && scanner.hasMore
                if isKey, !word.isEmpty {
                    scanner.skipSeparators()
                    let key = word.hasSuffix(":") ? word.dropLast() : word
                    named[key.lowercased()] = scanner.quoted() ?? String(scanner.word(stoppingAt: ""))
                } else if !word.isEmpty {
                    positional.append(String(word))
                }
            }
            scanner.skipSeparators()
            // A lone `=` would stop the scan for ever.
            if scanner.rest.startIndex == before, !scanner.isAtEnd { scanner.rest.removeFirst() }
        }
    }

    /// Forgets the first word, which was the name of something else.
    mutating func dropFirst() {
        if !positional.isEmpty { positional.removeFirst() }
    }

    /// The first of these keys that has a value.
    func value(_ keys: String...) -> String? {
        for key in keys { if let value = named[key], !value.isEmpty { return value } }
        return nil
    }

    private struct Scanner {
        var rest: Substring

        var isAtEnd: Bool { rest.isEmpty }
        var hasMore: Bool { rest.contains { !$0.isWhitespace } }

        mutating func skipSeparators() {
            rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }
        }

        mutating func skip(_ character: Character) -> Bool {
            let tail = rest.drop(while: \.isWhitespace)
            guard tail.first == character else { return false }
            rest = tail.dropFirst()
            return true
        }

        mutating func word(stoppingAt stops: String) -> Substring {
            var end = rest.startIndex
            while end < rest.endIndex {
                let character = rest[end]
                if character.isWhitespace || character == "," || character == ")" || stops.contains(character) { break }
                end = rest.index(after: end)
                // `caption:"…"`, but not `https://…`.
                if character == ":", end < rest.endIndex, "\"'".contains(rest[end]) { break }
            }
            let word = rest[..<end]
            rest = rest[end...]
            return word
        }

        mutating func quoted() -> String? {
            guard let quote = rest.first, "\"'`“".contains(quote) else { return nil }
            let closing: Character = quote == "“" ? "”" : quote
            var text = ""
            var isEscaped = false
            for index in rest.indices.dropFirst() {
                let character = rest[index]
                if isEscaped {
                    if character != closing, character != "\\" { text.append("\\") }
                    text.append(character)
                    isEscaped = false
                } else if character == "\\", quote != "`" {
                    isEscaped = true
                } else if character == closing {
                    rest = rest[rest.index(after: index)...]
                    return text
                } else {
                    text.append(character)
                }
            }
            return nil
        }
    }
}
