extension Language {
    static let typeScript = Language(
        names: ["typescript", "ts", "tsx"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        as async await break case catch class const continue debugger default delete do else export
                        extends finally for from function get if import in instanceof let new of return set static super
                        switch throw try typeof var void while with yield abstract asserts declare enum implements infer
                        interface is keyof module namespace override private protected public readonly satisfies type
                        unique
                        """),
                literals: Set(words: "true false null undefined this NaN Infinity"),
                types: Set(words: "any bigint boolean never number object string symbol unknown"),
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
