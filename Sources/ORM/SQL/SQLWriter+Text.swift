extension SQLWriter {
    /// Looks for text by position instead of LIKE, so that `%` and `_` need no escaping and case is what it says.
    mutating func match(_ kind: TextMatch, _ operand: SQLExpression, _ needle: SQLExpression) {
        let foldsAsSwift = dialect.foldsAsSwift
        let folded: (SQLExpression) -> SQLExpression = { expression in
            guard foldsAsSwift, case .value(.text(let text)) = expression else { return .function(.fold, [expression]) }
            return .value(.text(text.uppercased().lowercased()))
        }
        let length = SQLExpression.function(.length, [needle])
        let foldedLength = SQLExpression.function(.length, [folded(needle)])
        func position(_ haystack: SQLExpression, _ needle: SQLExpression) -> SQLExpression {
            .function(.position, [haystack, needle])
        }
        func comparison(_ left: SQLExpression, _ word: String, _ right: SQLExpression) -> SQLExpression {
            .binary(left, word, right, isNullable: true, isPredicate: true)
        }
        func head(_ text: SQLExpression, _ count: SQLExpression) -> SQLExpression {
            .function(.substring, [text, .trusted("1"), count])
        }
        func tail(_ text: SQLExpression, _ count: SQLExpression) -> SQLExpression {
            let start = SQLExpression.binary(
                .function(.length, [text]), "-", count, isNullable: true, isPredicate: false)
            let next = SQLExpression.binary(start, "+", .trusted("1"), isNullable: true, isPredicate: false)
            // A negative start would count from the end: a text shorter than the pattern cannot end with it.
            return .function(.substring, [text, .function(.greatest, [next, .trusted("1")])])
        }
        switch kind {
        case .contains: expression(comparison(position(operand, needle), ">", .trusted("0")))
        case .containsFolded: expression(comparison(position(folded(operand), folded(needle)), ">", .trusted("0")))
        case .hasPrefix: expression(comparison(head(operand, length), "=", needle))
        case .hasPrefixFolded: expression(comparison(head(folded(operand), foldedLength), "=", folded(needle)))
        case .hasSuffix: expression(comparison(tail(operand, length), "=", needle))
        case .hasSuffixFolded: expression(comparison(tail(folded(operand), foldedLength), "=", folded(needle)))
        case .equalsFolded: expression(comparison(folded(operand), "=", folded(needle)))
        }
    }
}
