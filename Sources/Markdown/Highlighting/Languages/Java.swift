extension Language {
    static let java = Language(
        names: ["java"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        abstract assert break case catch class const continue default do else enum exports extends final
                        finally for goto if implements import instanceof interface module native new non-sealed package
                        permits private protected public record requires return sealed static strictfp super switch
                        synchronized throw throws transient try var volatile when while yield
                        """),
                literals: Set(words: "true false null this"),
                types: Set(words: "boolean byte char double float int long short void"),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "\"\"\"", close: "\"\"\"", isMultiline: true),
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                metaPrefixes: ByteSet("@"))))
}
