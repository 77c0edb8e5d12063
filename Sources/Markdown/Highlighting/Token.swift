/// What a piece of code is; its name is the class in the HTML.
enum Token: String, Sendable, CaseIterable {
    case comment, keyword, literal, string, number, type, function, property, meta, tag, inserted, deleted
}

/// Takes the pieces of a code block from left to right; what no token covers is plain.
protocol TokenSink {
    mutating func token(_ token: Token, _ range: Range<Int>)
}
