extension Language {
    static let python = Language(
        names: ["python", "py", "python3"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        and as assert async await break case class continue def del elif else except finally for from
                        global if import in is lambda match nonlocal not or pass raise return try while with yield
                        """),
                literals: Set(words: "True False None self cls"),
                types: Set(words: "bool bytes dict float frozenset int list object set str tuple"),
                capitalsAreTypes: true,
                lineComments: ["#"],
                strings: [
                    .init(open: "\"\"\"", close: "\"\"\"", isMultiline: true),
                    .init(open: "'''", close: "'''", isMultiline: true),
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                metaPrefixes: ByteSet("@"))))
}
