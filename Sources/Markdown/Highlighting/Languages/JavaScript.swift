extension Language {
    static let javaScript = Language(
        names: ["javascript", "js", "jsx", "mjs", "node"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        as async await break case catch class const continue debugger default delete do else export
                        extends finally for from function get if import in instanceof let new of return set static super
                        switch throw try typeof var void while with yield
                        """),
                literals: Set(words: "true false null undefined this NaN Infinity"),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "`", close: "`", isMultiline: true, interpolation: ("${", "}")),
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                wordBytes: ByteSet("$"),
                metaPrefixes: ByteSet("@"),
                hasRegularExpressions: true)))
}
