extension Language {
    static let toml = Language(
        names: ["toml", "ini", "cfg", "conf", "properties"],
        grammar: .code(
            CodeGrammar(
                literals: Set(words: "true false inf nan"),
                callsAreFunctions: false,
                lineComments: ["#", ";"],
                commentsBeginWords: true,
                strings: [
                    .init(open: "\"\"\"", close: "\"\"\"", isMultiline: true),
                    .init(open: "'''", close: "'''", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\"", mustClose: true),
                    .init(open: "'", close: "'", escape: nil, mustClose: true),
                ],
                wordBytes: ByteSet("-."),
                keySeparator: UInt8(ascii: "="))))
}
