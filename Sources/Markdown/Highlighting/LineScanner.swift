/// Gives whole lines a token by what they begin with.
struct LineScanner<Sink: TokenSink> {
    let rules: [(prefix: String, token: Token)]
    let text: [UInt8]
    var sink: Sink

    mutating func run() {
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: .newline) ?? text.count
            let line = text[start..<end]
            if let rule = rules.first(where: { line.starts(with: $0.prefix.utf8) }) {
                sink.token(rule.token, start..<end)
            }
            start = end + 1
        }
    }
}
