extension Language {
    static let css = Language(
        names: ["css", "scss", "less"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(words: "important from to and not only"),
                lineComments: [],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                wordBytes: ByteSet("-"),
                metaPrefixes: ByteSet("@"),
                variablePrefixes: ByteSet("#.$"),
                keySeparator: UInt8(ascii: ":"))))
}
