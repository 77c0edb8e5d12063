extension Language {
    static let go = Language(
        names: ["go", "golang"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        break case chan const continue default defer else fallthrough for func go goto if import interface
                        map package range return select struct switch type var
                        """),
                literals: Set(words: "true false nil iota"),
                types: Set(
                    words: """
                        any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64
                        rune string uint uint8 uint16 uint32 uint64 uintptr
                        """),
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "`", close: "`", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ])))
}
