import Templates

/// The documentation of the templates: each one's purpose and variables, made from the view models themselves, so that it
/// cannot say anything else than they do. A test keeps `templates/README.md` equal to it.
package enum TemplateReference {
    private static let schema = ThemeSchema.schema

    /// The whole document, in Markdown.
    package static var markdown: String {
        var lines = introduction
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

        The language is a subset of Jinja2: a template here gives the same bytes as under Jinja2 3.1 with autoescape on and
        undefined names as errors. Beside Jinja2's filters there are:

        | name | gives |
        |---|---|
        | `date(format)` | a date in the site's zone, by a strftime format; `"iso"` and `"rfc822"` give the forms for `<time>` and RSS |
        | `absolute_url` | the absolute address of a path of the site |
        | `markdown` | HTML of a short text in Markdown |
        | `slugify`, `plural(one, many)`, `number`, `xmlescape` | a slug; the word for a count; a number with grouped digits; text for XML |
        | `url(path)` | the address of a path on this site, also where the site does not live at the root of its host |
        | `asset(name)` | the address of a file of `assets/` |

        This file is made from the program's own types; a test keeps it true.
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

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
        case ObjectIdentifier(FeedPostView.shape): "post of feed.xml"
        case ObjectIdentifier(TagPageView.shape): "tag of tag.html"
        case ObjectIdentifier(TagLinkView.shape): "tag of a post"
        case ObjectIdentifier(AuthorPageView.shape): "author of author.html"
        case ObjectIdentifier(AuthorLinkView.shape): "author of a post"
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
