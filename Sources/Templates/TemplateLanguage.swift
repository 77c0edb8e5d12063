/// The closed list of what the language has, from the tables that the compiler uses: for documentation that cannot go stale.
package enum TemplateLanguage {
    /// Names after `{%`, without those that end or continue another.
    package static var tags: [String] { Parser.tags.sorted() }

    /// Filters with Jinja2's names and results.
    package static var jinjaFilters: [String] { Filter.all.keys.filter { Filter.site[$0] == nil }.sorted() }

    /// Filters that Jinja2 does not have.
    package static var ownFilters: [String] { Filter.site.keys.sorted() }

    /// Words after `is`; the signs that Jinja2 also takes there are left out.
    package static var tests: [String] { Test.all.keys.filter { $0.allSatisfy(\.isLetter) }.sorted() }

    /// Functions that every template can call, and Jinja2 has too.
    package static var jinjaFunctions: [String] { functions(own: false) }

    /// Functions that Jinja2 does not have.
    package static var ownFunctions: [String] { functions(own: true) }

    /// Fields and functions of `loop`.
    package static let loopFields = [
        "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem", "cycle",
    ]

    /// What Jinja2 has and this language does not: each is an error when a theme is loaded.
    package static var leftOut: (tags: [String], filters: [(name: String, instead: String?)], tests: [String]) {
        (
            Parser.otherJinjaTags.sorted(),
            Filter.otherJinjaNames.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            Test.otherJinjaNames.sorted()
        )
    }

    private static func functions(own: Bool) -> [String] {
        GlobalFunction.allCases.filter { $0.isOwn == own }.map(\.rawValue)
    }
}
