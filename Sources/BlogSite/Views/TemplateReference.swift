import Templates

/// The documentation of the templates: each one's purpose and variables, made from the view models themselves, so that it
/// cannot say anything else than they do. A test keeps `templates/README.md` equal to it.
package enum TemplateReference {
    private static let schema = ThemeSchema.schema

    /// The whole document, in Markdown.
    package static var markdown: String {
        var lines = introduction + language
        lines += ["", "## Every template", ""]
        lines += table(schema.shared.fields)
        for template in schema.pages {
            lines += ["", "## \(template.name)", ""]
            lines.append(
                "Makes \(template.purpose)."
                    + (template.isRequired ? " A theme must have it." : " Without it, these pages are not made."))
            if !template.variables.fields.isEmpty { lines += [""] + table(template.variables.fields) }
        }
        lines += ["", "# Types"]
        for shape in shapes {
            lines += ["", "## \(heading(shape.key))", ""] + table(shape.fields)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let introduction = """
        # The templates

        A theme is this folder: templates, and `assets/`, whose files are published under names with a fingerprint. Templates whose
        name starts with `_` are parts of others. A post or page whose front matter says `layout: wide` is made by `wide.html`.

        `blog template check` checks all templates against the types below, without data. `blog template render FILE --data FILE`
        renders one with JSON data. `blog build --force --template-metrics` tells where the time goes.

        This file is made from the program's own types; a test keeps it true.
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    // MARK: The language

    /// What the filters and functions do that Jinja2 does not have; a test holds the names against the program's.
    static let additions: [(name: String, call: String, gives: String)] = [
        ("absolute_url", "absolute_url", "the absolute address of a path of the site"),
        (
            "date", "date(format)",
            "a date in the site's zone, by a strftime format; `\"iso\"` and `\"rfc822\"` give the forms for `<time>` and RSS"
        ),
        ("markdown", "markdown", "safe HTML of a short text in Markdown"),
        ("number", "number(decimals)", "a number with grouped digits: `1,234.5`"),
        ("plural", "plural(one, many)", "the word for a count: `{{ n }} {{ n \\| plural(\"reply\", \"replies\") }}`"),
        ("slugify", "slugify", "a text as a part of an address: `\"Ça va?\"` is `ça-va`"),
        ("xmlescape", "xmlescape", "a text escaped for XML, markup too: for HTML inside of XML"),
        (
            "url", "url(path)",
            "the address of a path on this site, also where the site does not live at the root of its host"
        ),
        ("asset", "asset(name)", "the address of a file of `assets/`"),
    ]

    private static var language: [String] {
        let leftOut = TemplateLanguage.leftOut
        let filters = leftOut.filters.map { name, instead in "`\(name)`" + (instead.map { " (\($0))" } ?? "") }
        return [
            "", "## The language", "",
            "A closed list, taken from Jinja2: a template here gives the same bytes as under Jinja2 3.1 with autoescape on and",
            "undefined names as errors. Anything else of Jinja2 is an error when the theme is loaded.", "",
            "- Tags: \(code(TemplateLanguage.tags)), with `elif` and `else`; `{{ … }}`, `{# … #}`, and `-` for whitespace control.",
            "- Expressions: texts, numbers, `true false none`, lists, dicts, tuples; `a.b`, `a[0]`, slices; `+ - * / // % ** ~`,",
            "  comparisons, `in`, `is`, `and or not`, `x if y else z`.",
            "- In a loop: \(code(TemplateLanguage.loopFields.map { "loop.\($0)" })).",
            "- Functions: \(code(TemplateLanguage.jinjaFunctions)); in blocks `super()`, in macros `caller()`.",
            "- Tests: \(code(TemplateLanguage.tests)).",
            "- Filters: \(code(TemplateLanguage.jinjaFilters)).",
            "", "Beside them, and not in Jinja2:", "", "| name | gives |", "|---|---|",
        ] + additions.map { "| `\($0.call)` | \($0.gives) |" } + [
            "", "Jinja2 has these, and this language does not:", "",
            "- Tags: \(code(leftOut.tags)).", "- Filters: \(filters.joined(separator: ", ")).",
            "- Tests: \(code(leftOut.tests)).",
            "- Methods of Python's objects (`\"a\".upper()`), computed names of templates, recursive loops, `import … with context`.",
        ] + differences
    }

    private static let limits = RenderLimits()

    private static let differences = """

        It differs on purpose in this:

        - Printing a list, a dict, a date or an object is an error. Integers have 64 bits. Filters give lists, not generators.
          `%` does not format texts, but the filter `format` does.
        - The ending of the page's template decides how values are escaped, also in what it includes: `.html` and `.xml` escape
          `& < > " '`, `.json` escapes for the inside of a JSON string, other endings do not escape. `| safe` prints as it is.
        - At the beginning of an address (`href="{{ … }}"`, `src`, `action` and the like) a value with the scheme `javascript:`,
          `vbscript:` or, unless it is a picture, `data:` is printed as `#script-address-removed`; `| safe` lets it through.
        - A block at the top level of a template that extends another must exist there. An imported template prints nothing.
        - A template that runs away ends with an error: more than \(limits.macroDepth) macros inside of each other, \(limits.iterations)
          passes of loops or \(limits.outputBytes >> 20) MiB of output on one page.
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    private static func code(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: " ") }

    // MARK: Shapes

    /// A shape with the name it has here: two shapes may both be called "post", one of them with more fields.
    private struct NamedShape {
        let key: String
        let fields: [Shape.Field]
    }

    /// All shapes that the templates can reach, in the order in which they are met.
    private static var shapes: [NamedShape] {
        var found: [NamedShape] = []
        var queue: [Shape] = [SiteView.shape, PageView.shape]
        for template in schema.pages { queue += template.variables.fields.compactMap { shape(of: $0.type) } }
        while !queue.isEmpty {
            let shape = queue.removeFirst()
            let key = key(of: shape)
            if found.contains(where: { $0.key == key }) { continue }
            found.append(NamedShape(key: key, fields: shape.fields))
            queue += shape.fields.compactMap { self.shape(of: $0.type) }
        }
        return found
    }

    private static func key(of shape: Shape) -> String {
        switch ObjectIdentifier(shape) {
        case ObjectIdentifier(PostPageView.shape): "post of post.html"
        case ObjectIdentifier(FeedPostView.shape): "post of a feed"
        case ObjectIdentifier(TagPageView.shape): "tag of tag.html"
        case ObjectIdentifier(TagLinkView.shape): "tag of a post"
        case ObjectIdentifier(AuthorPageView.shape): "author of author.html"
        case ObjectIdentifier(AuthorLinkView.shape): "author of a post"
        case ObjectIdentifier(YearPageView.shape): "year of year.html"
        case ObjectIdentifier(MonthView.shape): "month of a year"
        case ObjectIdentifier(MonthPageView.shape): "month of month.html"
        default: shape.name
        }
    }

    private static func shape(of type: FieldType) -> Shape? {
        switch type {
        case .object(let shape): shape()
        case .list(let element), .optional(let element): shape(of: element)
        default: nil
        }
    }

    // MARK: Markdown

    private static func table(_ fields: [Shape.Field]) -> [String] {
        ["| name | type | |", "|---|---|---|"]
            + fields.map { "| `\($0.name)` | \(name(of: $0.type)) | \($0.documentation) |" }
    }

    private static func name(of type: FieldType) -> String {
        switch type {
        case .text: "text"
        case .markup: "HTML, safe to print"
        case .integer: "integer"
        case .number: "number"
        case .flag: "true or false"
        case .date: "date, printed by `date`"
        case .url: "address"
        case .dictionary: "dictionary"
        case .list(let element): "list of: \(name(of: element))"
        case .optional(let wrapped): "\(name(of: wrapped)), or none"
        case .object(let shape): link(key(of: shape()))
        }
    }

    private static func heading(_ key: String) -> String { "Type: \(key)" }

    /// A link by the anchor that GitHub gives the heading.
    private static func link(_ key: String) -> String {
        let anchor = heading(key).lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " }
            .map { $0 == " " ? "-" : String($0) }.joined()
        return "[\(key)](#\(anchor))"
    }
}
