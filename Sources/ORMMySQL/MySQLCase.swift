import ORM

/// Case over all of Unicode. The servers map letter by letter, so that ß stays as it is where Swift and the other engines make it SS;
/// letters that become several are replaced before.
struct MySQLCase {
    private let dialect: MySQLDialect

    init(_ dialect: MySQLDialect) { self.dialect = dialect }

    /// `uppercased().lowercased()`, as on every engine.
    var fold: FunctionSpelling { spelling(Self.expanding + Self.dotted, "LOWER(UPPER(", "))") }
    var lower: FunctionSpelling { spelling(Self.dotted, "LOWER(", ")") }
    var upper: FunctionSpelling { spelling(Self.expanding, "UPPER(", ")") }

    /// A text is searched for such letters first: nearly none has any, and to replace them all takes long.
    private func spelling(_ letters: [(String, String)], _ before: String, _ after: String) -> FunctionSpelling {
        let (map, binary) = ("COLLATE \(dialect.caseCollation)", "COLLATE \(dialect.collation)")
        let class_ = "'[" + letters.map(\.0).joined() + "]'"
        let (open, close) = (
            String(repeating: "REPLACE(", count: letters.count), letters.map { ", '\($0)', '\($1)')" }.joined()
        )
        return """
            (CASE WHEN (\(0) REGEXP \(word: class_)) THEN \(word: before + open)\(0)\(word: close) \(word: map)\(word: after) \
            ELSE \(word: before)\(0) \(word: map)\(word: after) END \(word: binary))
            """
    }

    /// The one letter that becomes two in lower case.
    private static let dotted = [("\u{130}", "i\u{307}")]

    /// The letters that become several in upper case: <https://www.unicode.org/Public/16.0.0/ucd/SpecialCasing.txt>, without those
    /// that depend on a language or on what is around them.
    private static let expanding = [
        ("\u{DF}", "SS"), ("\u{149}", "\u{2BC}N"), ("\u{1F0}", "J\u{30C}"), ("\u{390}", "\u{399}\u{308}\u{301}"),
        ("\u{3B0}", "\u{3A5}\u{308}\u{301}"), ("\u{587}", "\u{535}\u{552}"), ("\u{1E96}", "H\u{331}"),
        ("\u{1E97}", "T\u{308}"), ("\u{1E98}", "W\u{30A}"), ("\u{1E99}", "Y\u{30A}"), ("\u{1E9A}", "A\u{2BE}"),
        ("\u{1F50}", "\u{3A5}\u{313}"), ("\u{1F52}", "\u{3A5}\u{313}\u{300}"), ("\u{1F54}", "\u{3A5}\u{313}\u{301}"),
        ("\u{1F56}", "\u{3A5}\u{313}\u{342}"), ("\u{1F80}", "\u{1F08}\u{399}"), ("\u{1F81}", "\u{1F09}\u{399}"),
        ("\u{1F82}", "\u{1F0A}\u{399}"), ("\u{1F83}", "\u{1F0B}\u{399}"), ("\u{1F84}", "\u{1F0C}\u{399}"),
        ("\u{1F85}", "\u{1F0D}\u{399}"), ("\u{1F86}", "\u{1F0E}\u{399}"), ("\u{1F87}", "\u{1F0F}\u{399}"),
        ("\u{1F88}", "\u{1F08}\u{399}"), ("\u{1F89}", "\u{1F09}\u{399}"), ("\u{1F8A}", "\u{1F0A}\u{399}"),
        ("\u{1F8B}", "\u{1F0B}\u{399}"), ("\u{1F8C}", "\u{1F0C}\u{399}"), ("\u{1F8D}", "\u{1F0D}\u{399}"),
        ("\u{1F8E}", "\u{1F0E}\u{399}"), ("\u{1F8F}", "\u{1F0F}\u{399}"), ("\u{1F90}", "\u{1F28}\u{399}"),
        ("\u{1F91}", "\u{1F29}\u{399}"), ("\u{1F92}", "\u{1F2A}\u{399}"), ("\u{1F93}", "\u{1F2B}\u{399}"),
        ("\u{1F94}", "\u{1F2C}\u{399}"), ("\u{1F95}", "\u{1F2D}\u{399}"), ("\u{1F96}", "\u{1F2E}\u{399}"),
        ("\u{1F97}", "\u{1F2F}\u{399}"), ("\u{1F98}", "\u{1F28}\u{399}"), ("\u{1F99}", "\u{1F29}\u{399}"),
        ("\u{1F9A}", "\u{1F2A}\u{399}"), ("\u{1F9B}", "\u{1F2B}\u{399}"), ("\u{1F9C}", "\u{1F2C}\u{399}"),
        ("\u{1F9D}", "\u{1F2D}\u{399}"), ("\u{1F9E}", "\u{1F2E}\u{399}"), ("\u{1F9F}", "\u{1F2F}\u{399}"),
        ("\u{1FA0}", "\u{1F68}\u{399}"), ("\u{1FA1}", "\u{1F69}\u{399}"), ("\u{1FA2}", "\u{1F6A}\u{399}"),
        ("\u{1FA3}", "\u{1F6B}\u{399}"), ("\u{1FA4}", "\u{1F6C}\u{399}"), ("\u{1FA5}", "\u{1F6D}\u{399}"),
        ("\u{1FA6}", "\u{1F6E}\u{399}"), ("\u{1FA7}", "\u{1F6F}\u{399}"), ("\u{1FA8}", "\u{1F68}\u{399}"),
        ("\u{1FA9}", "\u{1F69}\u{399}"), ("\u{1FAA}", "\u{1F6A}\u{399}"), ("\u{1FAB}", "\u{1F6B}\u{399}"),
        ("\u{1FAC}", "\u{1F6C}\u{399}"), ("\u{1FAD}", "\u{1F6D}\u{399}"), ("\u{1FAE}", "\u{1F6E}\u{399}"),
        ("\u{1FAF}", "\u{1F6F}\u{399}"), ("\u{1FB2}", "\u{1FBA}\u{399}"), ("\u{1FB3}", "\u{391}\u{399}"),
        ("\u{1FB4}", "\u{386}\u{399}"), ("\u{1FB6}", "\u{391}\u{342}"), ("\u{1FB7}", "\u{391}\u{342}\u{399}"),
        ("\u{1FBC}", "\u{391}\u{399}"), ("\u{1FC2}", "\u{1FCA}\u{399}"), ("\u{1FC3}", "\u{397}\u{399}"),
        ("\u{1FC4}", "\u{389}\u{399}"), ("\u{1FC6}", "\u{397}\u{342}"), ("\u{1FC7}", "\u{397}\u{342}\u{399}"),
        ("\u{1FCC}", "\u{397}\u{399}"), ("\u{1FD2}", "\u{399}\u{308}\u{300}"), ("\u{1FD3}", "\u{399}\u{308}\u{301}"),
        ("\u{1FD6}", "\u{399}\u{342}"), ("\u{1FD7}", "\u{399}\u{308}\u{342}"), ("\u{1FE2}", "\u{3A5}\u{308}\u{300}"),
        ("\u{1FE3}", "\u{3A5}\u{308}\u{301}"), ("\u{1FE4}", "\u{3A1}\u{313}"), ("\u{1FE6}", "\u{3A5}\u{342}"),
        ("\u{1FE7}", "\u{3A5}\u{308}\u{342}"), ("\u{1FF2}", "\u{1FFA}\u{399}"), ("\u{1FF3}", "\u{3A9}\u{399}"),
        ("\u{1FF4}", "\u{38F}\u{399}"), ("\u{1FF6}", "\u{3A9}\u{342}"), ("\u{1FF7}", "\u{3A9}\u{342}\u{399}"),
        ("\u{1FFC}", "\u{3A9}\u{399}"), ("\u{FB00}", "FF"), ("\u{FB01}", "FI"), ("\u{FB02}", "FL"),
        ("\u{FB03}", "FFI"), ("\u{FB04}", "FFL"), ("\u{FB05}", "ST"), ("\u{FB06}", "ST"),
        ("\u{FB13}", "\u{544}\u{546}"), ("\u{FB14}", "\u{544}\u{535}"), ("\u{FB15}", "\u{544}\u{53B}"),
        ("\u{FB16}", "\u{54E}\u{546}"), ("\u{FB17}", "\u{544}\u{53D}"),
    ]
}
