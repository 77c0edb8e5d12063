extension Language {
    static let ruby = Language(
        names: ["ruby", "rb"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        alias and attr_accessor attr_reader attr_writer begin break case class def defined do else elsif
                        end ensure extend for if in include loop module next not or private protected public raise redo
                        require require_relative rescue retry return super then undef unless until when while yield
                        """),
                literals: Set(words: "true false nil self __FILE__ __LINE__"),
                capitalsAreTypes: true,
                lineComments: ["#"],
                blockComments: [.init(open: "\n=begin", close: "\n=end")],
                strings: [
                    .init(open: "\"", close: "\"", isMultiline: true, interpolation: ("#{", "}")),
                    .init(open: "'", close: "'", isMultiline: true),
                    .init(open: "`", close: "`", interpolation: ("#{", "}")),
                ],
                wordBytes: ByteSet("?!"),
                variablePrefixes: ByteSet("@$:"),
                hasRegularExpressions: true)))
}
