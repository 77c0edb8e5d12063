import FuzzDriver
import XML

private let cleaner = HTMLCleaner()
private let withImages = HTMLCleaner(
    {
        var options = HTMLCleaner.Options()
        options.images = true
        return options
    }())

private let elements: Set<String> = [
    "root", "blockquote", "li", "dd", "td", "th", "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "caption", "ul",
    "ol", "dl",
    "table", "thead", "tbody", "tfoot", "tr", "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins",
    "kbd", "mark",
    "q", "s", "samp", "small", "strong", "sub", "sup", "u", "var", "br", "img", "hr",
]
private let attributes: Set<String> = [
    "href", "title", "rel", "src", "alt", "width", "height", "loading", "cite", "start", "colspan", "rowspan", "scope",
    "class",
]

@main
enum FuzzHTML {
    static func main() {
        FuzzDriver.run { data, count in
            let source = FuzzDriver.text(data, count)
            check(cleaner.clean(source).html, source)
            check(withImages.clean(source).html, source)
            return 0
        }
    }
}

/// Crashes if anything got through that is not on the list.
private func check(_ html: String, _ source: String) {
    let reader = XMLReader(FuzzDriver.xml(html), named: "html")
    do {
        while let event = try reader.next() {
            guard case .start(let element) = event else { continue }
            let name = element.name.local
            FuzzDriver.expect(elements.contains(name), "<\(name)> from \(source.debugDescription)")
            for attribute in element.attributes {
                let (name, value) = (attribute.name.local, attribute.value)
                FuzzDriver.expect(attributes.contains(name), "\(name) from \(source.debugDescription)")
                if name == "href" || name == "src" {
                    let isAllowed = ["http://", "https://", "mailto:"].contains { value.lowercased().hasPrefix($0) }
                    FuzzDriver.expect(isAllowed, "\(value) from \(source.debugDescription)")
                }
            }
        }
    } catch {
        fatalError("\(error) in \(html.debugDescription) from \(source.debugDescription)")
    }
}
