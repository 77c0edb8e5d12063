extension Language {
    static let bash = Language(
        names: ["bash", "sh", "shell", "zsh", "console", "shell-session"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        alias break builtin case cd continue declare do done echo elif else esac eval exec exit export fi
                        for function if in local printf read readonly return select set shift source then time trap unset
                        until while
                        """),
                literals: Set(words: "true false"),
                callsAreFunctions: false,
                lineComments: ["#"],
                commentsBeginWords: true,
                strings: [
                    .init(open: "\"", close: "\"", isMultiline: true, interpolation: ("$(", ")"), mustClose: true),
                    .init(open: "'", close: "'", escape: nil, isMultiline: true, mustClose: true),
                ],
                wordBytes: ByteSet("-./"),
                variablePrefixes: ByteSet("$"))))
}
