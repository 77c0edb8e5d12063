import Testing

@testable import ORMMigrations

struct CanonicalSQLTests {
    @Test(arguments: [
        (#"(("rating" between 1 and 5))"#, "RATING BETWEEN 1 AND 5"), ("a != 'It''s'", "{a} <> 'It''s'"),
        ("a == b", "A=b"), ("(a) + (b)", "( a )+( b )"), ("[a b] /* x */ IS NULL -- y", "`A B` is null"), ("", " ( ) "),
    ])
    func twoSpellings(_ left: String, _ right: String) { #expect(CanonicalSQL(left) == CanonicalSQL(right)) }

    @Test(arguments: [("'a'", "'A'"), ("a + b", "b + a"), ("(a) + (b)", "a + b"), ("'{a}'", "'a'")])
    func twoMeanings(_ left: String, _ right: String) { #expect(CanonicalSQL(left) != CanonicalSQL(right)) }
}
