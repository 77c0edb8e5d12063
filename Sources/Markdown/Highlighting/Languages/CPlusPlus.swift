extension Language {
    static let cpp = Language(
        names: ["cpp", "c++", "cc", "cxx", "hpp", "objective-c++", "objc", "objective-c"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        alignas alignof auto break case const constexpr continue default do else enum extern for goto if
                        inline register restrict return sizeof static static_assert struct switch thread_local typedef
                        typeof union volatile while and asm catch class co_await co_return co_yield concept const_cast
                        consteval constinit decltype delete dynamic_cast explicit export final friend import module
                        mutable namespace new noexcept not operator or override private protected public reinterpret_cast
                        requires static_cast template this throw try typeid typename using virtual
                        """),
                literals: Set(words: "true false NULL nullptr"),
                types: Set(
                    words: """
                        bool char double float int long short signed unsigned void size_t ssize_t ptrdiff_t int8_t int16_t
                        int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t wchar_t FILE string
                        string_view vector map set unique_ptr shared_ptr optional
                        """),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "R\"(", close: ")\"", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\""),
                    .init(open: "'", close: "'"),
                ],
                hasPreprocessor: true)))
}
