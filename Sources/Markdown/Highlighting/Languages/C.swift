extension Language {
    static let c = Language(
        names: ["c", "h"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        alignas alignof auto break case const constexpr continue default do else enum extern for goto if
                        inline register restrict return sizeof static static_assert struct switch thread_local typedef
                        typeof union volatile while
                        """),
                literals: Set(words: "true false NULL nullptr"),
                types: Set(
                    words: """
                        bool char double float int long short signed unsigned void size_t ssize_t ptrdiff_t int8_t int16_t
                        int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t wchar_t FILE
                        """),
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                hasPreprocessor: true)))
}
