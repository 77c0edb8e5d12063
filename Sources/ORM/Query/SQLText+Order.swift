extension SQLText {
    /// Whether the text ends with an ORDER BY that no LIMIT follows, as far as its words outside of quotes, remarks and parentheses tell.
    var isOrderedWithoutLimit: Bool {
        var (isOrdered, isLimited) = (false, false)
        for word in outerWords {
            switch word {
            case "ORDER": (isOrdered, isLimited) = (true, false)
            case "LIMIT", "FETCH", "UNION", "EXCEPT", "INTERSECT": isLimited = true
            default: break
            }
        }
        return isOrdered && !isLimited
    }

    /// The words of the text outside of quotes, remarks and parentheses, in capitals.
    private var outerWords: [String] {
        var words: [String] = []
        var word = ""
        var depth = 0
        var rest = plainText[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            if character.isLetter || character == "_" {
                word.append(character)
                continue
            }
            if !word.isEmpty, depth == 0 { words.append(word.uppercased()) }
            word = ""
            switch character {
            case "(": depth += 1
            case ")": depth -= 1
            case "'", "\"", "`": rest = rest.drop { $0 != character }.dropFirst()
            case "-" where rest.first == "-": rest = rest.drop { !$0.isNewline }
            case "/" where rest.first == "*": rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            default: break
            }
        }
        if !word.isEmpty, depth == 0 { words.append(word.uppercased()) }
        return words
    }
}
