extension Language {
    static let json = Language(
        names: ["json", "jsonc", "json5", "webmanifest"],
        grammar: .code(
            CodeGrammar(
                literals: Set(words: "true false null"),
                callsAreFunctions: false,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "\"", close: "\"")
                ],
                keySeparator: UInt8(ascii: ":"))))
}
