extension Language {
    static let kotlin = Language(
        names: ["kotlin", "kt", "kts"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        abstract actual annotation as break by catch class companion const constructor continue
                        crossinline data do dynamic else enum expect external final finally for fun get if import in infix
                        init inline inner interface internal is lateinit noinline object open operator out override
                        package private protected public reified return sealed set super suspend tailrec throw try
                        typealias val value var vararg when where while
                        """),
                literals: Set(words: "true false null this it"),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/", nests: true)],
                strings: [
                    .init(open: "\"\"\"", close: "\"\"\"", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\"", interpolation: ("${", "}")),
                    .init(open: "'", close: "'"),
                ],
                metaPrefixes: ByteSet("@"))))
}
