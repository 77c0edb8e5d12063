extension Language {
    static let yaml = Language(
        names: ["yaml", "yml"],
        grammar: .code(
            CodeGrammar(
                literals: Set(words: "true false null yes no on off"),
                callsAreFunctions: false,
                lineComments: ["#"],
                commentsBeginWords: true,
                strings: [
                    .init(open: "\"", close: "\"", mustClose: true),
                    .init(open: "'", close: "'", escape: nil, mustClose: true),
                ],
                wordBytes: ByteSet("-./$"),
                metaPrefixes: ByteSet("!&*"),
                keySeparator: UInt8(ascii: ":"))))
}
