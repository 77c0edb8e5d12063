import Templates

/// What a published page says of itself, and where it leads.
struct PageScan: Sendable {
    /// An address in an attribute, with its character references resolved.
    struct Link: Sendable {
        var address: String
        var isImage: Bool
        var line: Int
    }

    /// An image, or a button that is one, without a text in its place.
    struct SilentImage: Sendable {
        var address: String
        var line: Int
    }

    private(set) var links: [Link] = []
    private(set) var silentImages: [SilentImage] = []
    /// The places that a fragment can name.
    private(set) var ids: Set<String> = []
    /// Ids that several elements have, with the line of the second.
    private(set) var repeatedIDs: [(id: String, line: Int)] = []
    private(set) var title: String?
    private(set) var description: String?
    private(set) var language: String?
    private(set) var headings = 0
    /// A page that only leads to another, or that search engines are to leave out.
    private(set) var isUnlisted = false

    init(_ bytes: [UInt8]) {
        var tokens = HTMLTokenizer(bytes)
        var lines = LineCounter(bytes)
        var isInTitle = false
        // A title of an image in SVG is none of the page's.
        var svgDepth = 0
        while let token = tokens.next() {
            switch token {
            case .startTag(let tag):
                if tag.name == "svg", !tag.isSelfClosing { svgDepth += 1 }
                isInTitle = tag.name == "title" && svgDepth == 0 && title == nil
                read(Element(tag, tokens), line: lines.line(of: tag.range.lowerBound))
            case .endTag("svg", _): svgDepth = max(0, svgDepth - 1)
            case .text(let range) where isInTitle:
                title = HTMLEntities.decoded(tokens.string(range)).split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
                isInTitle = false
            default: break
            }
        }
    }

    /// The scan without its links, of which a site has many.
    var withoutLinks: PageScan {
        var scan = self
        scan.links = []
        return scan
    }

    private mutating func read(_ element: Element, line: Int) {
        if let id = element["id"], !id.isEmpty, !ids.insert(id).inserted { repeatedIDs.append((id, line)) }
        if element.name == "a", let name = element["name"], !name.isEmpty { ids.insert(name) }
        switch element.name {
        case "html": language = element["lang"]
        case "h1": headings += 1
        case "meta":
            let name = element["name"]?.lowercased()
            if name == "description" { description = element["content"] }
            if name == "robots", element["content"]?.lowercased().contains("noindex") == true { isUnlisted = true }
            if element["http-equiv"]?.lowercased() == "refresh" { isUnlisted = true }
        case "img" where element["alt"] == nil, "area" where element["alt"] == nil && element["href"] != nil:
            silentImages.append(SilentImage(address: element["src"] ?? element["href"] ?? "", line: line))
        case "input" where element["type"]?.lowercased() == "image" && (element["alt"] ?? "").isEmpty:
            silentImages.append(SilentImage(address: element["src"] ?? "", line: line))
        default: break
        }
        // To be connected with at once is no page, and a form need not answer to a visit.
        let relation = element["rel"]?.lowercased().split(separator: " ") ?? []
        guard !relation.contains("preconnect"), !relation.contains("dns-prefetch"), element.name != "base" else {
            return
        }
        let isImage = ["img", "source", "image", "input"].contains(element.name)
        for name in ["href", "src", "poster", "data", "xlink:href"] {
            if let address = element[name] { links.append(Link(address: address, isImage: isImage, line: line)) }
        }
        for candidate in HTMLLinks.sourceSet(element["srcset"] ?? "") {
            links.append(Link(address: candidate.address, isImage: true, line: line))
        }
    }

    /// A start tag whose attributes can be asked for.
    private struct Element {
        let name: String
        private let attributes: [(name: String, value: String)]

        init(_ tag: HTMLTokenizer.StartTag, _ tokens: HTMLTokenizer) {
            name = tag.name
            attributes = tag.attributes.map { attribute in
                (attribute.name, attribute.value.map { HTMLEntities.decoded(tokens.string($0)) } ?? "")
            }
        }

        subscript(_ attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }
    }
}

/// Lines of ascending places in a file.
struct LineCounter {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The line, from 1, of a place not before the last one asked for.
    mutating func line(of place: Int) -> Int {
        while position < place {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        return line
    }
}
