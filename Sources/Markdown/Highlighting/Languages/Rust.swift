extension Language {
    static let rust = Language(
        names: ["rust", "rs"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        as async await break const continue crate dyn else enum extern fn for gen if impl in let loop
                        macro_rules match mod move mut pub ref return static struct super trait type union unsafe use
                        where while
                        """),
                literals: Set(words: "true false self Self"),
                types: Set(words: "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize"),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/", nests: true)],
                strings: [
                    .init(open: "r##\"", close: "\"##", escape: nil, isMultiline: true),
                    .init(open: "r#\"", close: "\"#", escape: nil, isMultiline: true),
                    .init(open: "r\"", close: "\"", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\"", isMultiline: true),
                    .init(open: "'", close: "'", isCharacter: true),
                ],
                hasRustAttributes: true)))
}
