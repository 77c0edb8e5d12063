extension Language {
    static let swift = Language(
        names: ["swift"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        actor any as associatedtype async await borrowing break case catch class consuming continue
                        convenience default defer deinit didSet do dynamic else enum extension fallthrough fileprivate
                        final for func get guard if import in indirect infix init inout internal is isolated lazy let
                        macro mutating nonisolated nonmutating open operator optional override package postfix
                        precedencegroup prefix private protocol public repeat required rethrows return sending set some
                        static struct subscript super switch throw throws try typealias unowned var weak where while
                        willSet
                        """),
                literals: Set(words: "true false nil self Self"),
                capitalsAreTypes: true,
                lineComments: ["//"],
                blockComments: [.init(open: "/*", close: "*/", nests: true)],
                strings: [
                    .init(open: "#\"\"\"", close: "\"\"\"#", escape: nil, isMultiline: true),
                    .init(open: "\"\"\"", close: "\"\"\"", isMultiline: true, interpolation: ("\\(", ")")),
                    .init(open: "#\"", close: "\"#", escape: nil),
                    .init(open: "\"", close: "\"", interpolation: ("\\(", ")")),
                ],
                metaPrefixes: ByteSet("@#"))))
}
