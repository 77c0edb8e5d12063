/// The allow-list: what elements strangers may use, and where each may stand.
struct HTMLElement: Sendable {
    enum Role: Sendable {
        /// Holds blocks or text: a quote, an item, a cell.
        case flow
        /// Holds text with inline markup and no block.
        case paragraph
        /// Holds certain other elements and no text.
        case structure
        case inline
        case lineBreak, image, rule
    }

    /// As it is written out; obsolete names become today's.
    var name: String
    var role: Role

    /// Nil for elements whose markup goes and whose content stays.
    static func named(_ name: String) -> HTMLElement? { allowed[name] }

    /// Elements that go with all that is in them: it is no text.
    static let dropped: Set<String> = [
        "script", "style", "template", "iframe", "object", "embed", "applet", "svg", "math", "noscript", "noframes",
        "noembed", "frameset", "textarea", "select", "datalist", "button", "title", "audio", "video", "canvas",
    ]

    /// What an element that holds no text gets around a text in it, from the outside in.
    static func implied(in structure: String) -> [String] {
        switch structure {
        case "ul", "ol": ["li"]
        case "dl": ["dd"]
        case "tr": ["td"]
        default: ["tr", "td"]
        }
    }

    /// Where elements that cannot stand everywhere belong.
    static func parents(of name: String) -> Set<String>? {
        switch name {
        case "li": ["ul", "ol"]
        case "dt", "dd": ["dl"]
        case "caption", "thead", "tbody", "tfoot": ["table"]
        case "tr": ["table", "thead", "tbody", "tfoot"]
        case "td", "th": ["tr"]
        default: nil
        }
    }

    private static let allowed: [String: HTMLElement] = {
        var result: [String: HTMLElement] = [:]
        func add(_ names: String, _ role: Role) {
            for name in names.split(separator: " ").map(String.init) {
                result[name] = HTMLElement(name: name, role: role)
            }
        }
        func rename(_ names: String, to name: String) {
            for old in names.split(separator: " ").map(String.init) { result[old] = result[name] }
        }
        add("blockquote li dd td th", .flow)
        add("p h1 h2 h3 h4 h5 h6 pre dt caption", .paragraph)
        add("ul ol dl table thead tbody tfoot tr", .structure)
        add("a abbr b bdi cite code del dfn em i ins kbd mark q s samp small strong sub sup u var", .inline)
        add("br", .lineBreak)
        add("img", .image)
        add("hr", .rule)
        rename(
            "div section article aside header footer main nav figure figcaption address center details summary", to: "p"
        )
        rename("form fieldset legend", to: "p")
        rename("strike", to: "s")
        rename("tt", to: "code")
        rename("acronym", to: "abbr")
        rename("dir menu", to: "ul")
        rename("listing xmp", to: "pre")
        return result
    }()
}
