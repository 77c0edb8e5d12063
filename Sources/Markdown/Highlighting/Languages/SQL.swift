extension Language {
    static let sql = Language(
        names: ["sql", "sqlite", "postgresql", "mysql", "psql"],
        grammar: .code(
            CodeGrammar(
                keywords: Set(
                    words: """
                        add all alter analyze and as asc begin between by cascade case check collate column commit
                        conflict constraint create cross database default delete desc distinct do drop else end escape
                        except exists explain filter foreign from full grant group having if in index inner insert
                        intersect into is join key left like limit natural not nothing offset on or order outer over
                        partition pragma primary recursive references release rename replace returning revoke right
                        rollback row rows savepoint select set table temp temporary then to transaction trigger union
                        unique update using vacuum values view virtual when where window with without
                        """),
                literals: Set(words: "true false null current_timestamp current_date current_time"),
                types: Set(
                    words: """
                        bigint blob boolean bytea char date datetime decimal double float int integer interval json jsonb
                        numeric real serial smallint text time timestamp timestamptz uuid varchar
                        """),
                ignoresCase: true,
                lineComments: ["--"],
                blockComments: [.init(open: "/*", close: "*/")],
                strings: [
                    .init(open: "'", close: "'", escape: nil, isMultiline: true),
                    .init(open: "\"", close: "\"", escape: nil),
                    .init(open: "`", close: "`", escape: nil),
                ])))
}
