/// Builds valid HTML from a tree that need not be: each text is written within those of its elements that may hold it.
///
/// For every text (and break, image, rule) the elements that it is in are put in an order that HTML allows: blocks outside,
/// inline elements within the innermost block; what cannot stand where it is goes, what is missing comes. What stays open
/// from the text before is what both have in common.
struct HTMLRebuild {
    /// An element of the result. The same element of the source stays open from one text to the next.
    private struct Open: Equatable {
        var name: String
        /// Its index in the source; nil if the source lacks it.
        var source: Int?
    }

    private struct Path {
        var blocks: [Open] = []
        var inlines: [Open] = []
        /// Within `<pre>`, where white space counts.
        var isPreformatted = false

        var all: [Open] { blocks + inlines }
    }

    private let fragment: HTMLFragment
    private let options: HTMLCleaner.Options
    /// Line feeds are the only structure that the source has.
    private let lineFeedsCount: Bool
    /// Level-1 headings belong to the page: if there are any, all headings move one level down.
    private let headingShift: Int
    private var out = HTMLText()
    private var open: [Open] = []
    /// Those since the last text, where line feeds count.
    private var pendingLineFeeds = 0
    /// By element: whether it goes with its content.
    private var isDropped: [Bool] = []

    init(_ fragment: HTMLFragment, options: HTMLCleaner.Options) {
        self.fragment = fragment
        self.options = options
        let names = Set(fragment.nodes.map(\.name))
        lineFeedsCount = names.isDisjoint(with: ["p", "br", "div"])
        headingShift = names.contains("h1") ? 1 : 0
    }

    mutating func run() -> String {
        isDropped = fragment.nodes.map { HTMLElement.dropped.contains($0.name) }
        for (index, node) in fragment.nodes.enumerated() {
            if let parent = node.parent, isDropped[parent] { isDropped[index] = true }
            guard !isDropped[index] else { continue }
            if node.name.isEmpty {
                writeText(node.text, at: index)
            } else if let element = HTMLElement.named(node.name) {
                write(element, at: index)
            }
        }
        close(to: 0)
        return out.string
    }

    private mutating func write(_ element: HTMLElement, at index: Int) {
        switch element.role {
        case .lineBreak:
            show(path(to: index, isInline: true))
            out.lineBreak()
        case .image: writeImage(at: index)
        case .rule:
            show(path(to: index, isInline: false))
            out.startLine()
            out.tag("hr", [], isEmpty: true)
            out.startLine()
        case .flow where element.name == "td" || element.name == "th":
            // A cell without content keeps its column.
            let path = path(to: index, including: true, isInline: false)
            if path.blocks.last == Open(name: element.name, source: index) { show(path) }
        default: break
        }
    }

    // MARK: Text

    private mutating func writeText(_ text: String, at index: Int) {
        let path = path(to: index, isInline: true)
        if path.isPreformatted { return writeLine(text[...], in: path) }
        guard lineFeedsCount else { return writeLine(text.replacing("\n", with: " ")[...], in: path) }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if number > 0 { pendingLineFeeds += 1 }
            writeLine(line, in: path)
        }
    }

    private mutating func writeLine(_ text: Substring, in path: Path) {
        if !path.isPreformatted, text.allSatisfy(\.isWhitespace) {
            // Between blocks it means nothing.
            guard !text.isEmpty, pendingLineFeeds == 0, open.starts(with: path.blocks) else { return }
            show(path)
            return out.escaped(text)
        }
        showText(path)
        out.escaped(path.isPreformatted || !out.isAtLineStart ? text : text.trimmingPrefix(while: \.isWhitespace))
    }

    /// Opens what a text needs, with the breaks that line feeds before it mean: two end a paragraph.
    private mutating func showText(_ path: Path) {
        let lineFeeds = pendingLineFeeds
        pendingLineFeeds = 0
        if lineFeeds > 0, !out.isAtLineStart, open.starts(with: path.blocks),
            open.dropFirst(path.blocks.count).allSatisfy({ Self.role(of: $0) == .inline })
        {
            if lineFeeds > 1, path.blocks.last == Open(name: "p", source: nil) {
                close(to: path.blocks.count - 1)
            } else {
                close(to: path.blocks.count)
                out.lineBreak()
            }
        }
        show(path)
    }

    private mutating func writeImage(at index: Int) {
        let attributes = HTMLAttributes.safe(fragment.nodes[index].attributes, of: "img", options)
        if options.images, attributes.contains(where: { $0.name == "src" }) {
            showText(path(to: index, isInline: true))
            out.tag("img", attributes, isEmpty: true)
        } else if let alt = fragment.nodes[index].attributes.first(where: { $0.name == "alt" })?.value, !alt.isEmpty {
            showText(path(to: index, isInline: true))
            out.escaped(alt)
        }
    }

    // MARK: Opening and closing

    /// Opens what is missing on the way to `path` and closes what is not on it.
    private mutating func show(_ path: Path) {
        let target = path.all
        var common = 0
        while common < open.count, common < target.count, open[common] == target[common] { common += 1 }
        close(to: common)
        for element in target[common...] {
            if HTMLElement.named(element.name)?.role != .inline { out.startLine() }
            let attributes = element.source.map { fragment.nodes[$0].attributes } ?? []
            out.tag(element.name, HTMLAttributes.safe(attributes, of: element.name, options))
            open.append(element)
        }
    }

    private mutating func close(to count: Int) {
        while let element = open.last, open.count > count {
            out.close(element.name)
            open.removeLast()
        }
    }

    // MARK: Paths

    /// The elements around a node of the source, in an order that HTML allows.
    private func path(to index: Int, including isIncluded: Bool = false, isInline: Bool) -> Path {
        var ancestors: [Int] = []
        var current = isIncluded ? index : fragment.nodes[index].parent
        while let node = current {
            ancestors.append(node)
            current = fragment.nodes[node].parent
        }
        var path = Path()
        for node in ancestors.reversed() { add(node, to: &path) }
        if isInline {
            addTextBlock(to: &path)
        } else {
            path.inlines = []
            if Self.role(of: path.blocks.last) == .paragraph { path.blocks.removeLast() }
            if !isIncluded { addImplied(to: &path) }
        }
        limit(&path, isInline: isInline)
        path.isPreformatted = path.blocks.last?.name == "pre"
        return path
    }

    private func add(_ node: Int, to path: inout Path) {
        guard var element = HTMLElement.named(fragment.nodes[node].name) else { return }
        switch element.role {
        case .inline:
            let isLink = element.name == "a"
            if isLink, path.inlines.contains(where: { $0.name == "a" }) || !hasDestination(node) { return }
            path.inlines.append(Open(name: element.name, source: node))
        case .flow, .paragraph, .structure:
            if Self.role(of: path.blocks.last) == .paragraph { path.blocks.removeLast() }
            if let parents = HTMLElement.parents(of: element.name) {
                guard let parent = path.blocks.last?.name, parents.contains(parent) else {
                    // Out of its place it is a paragraph at most.
                    if element.role != .structure { addBlock(Open(name: "p", source: node), to: &path) }
                    return
                }
            } else {
                addImplied(to: &path)
            }
            if element.name.count == 2, element.name.first == "h", let level = element.name.last?.wholeNumberValue {
                element.name = "h\(min(6, level + headingShift))"
            }
            path.blocks.append(Open(name: element.name, source: node))
        case .lineBreak, .image, .rule: break
        }
    }

    private func addBlock(_ block: Open, to path: inout Path) {
        addImplied(to: &path)
        path.blocks.append(block)
    }

    /// Items and cells that a list or table lacks around what is in it.
    private func addImplied(to path: inout Path) {
        guard let last = path.blocks.last, Self.role(of: last) == .structure else { return }
        for name in HTMLElement.implied(in: last.name) { path.blocks.append(Open(name: name, source: nil)) }
    }

    /// What text at this place needs around it.
    private func addTextBlock(to path: inout Path) {
        addImplied(to: &path)
        if path.blocks.isEmpty || path.blocks.last?.name == "blockquote" {
            path.blocks.append(Open(name: "p", source: nil))
        }
    }

    private func limit(_ path: inout Path, isInline: Bool) {
        // One level for the paragraph around a text.
        guard path.blocks.count + path.inlines.count > options.maximumNesting else { return }
        if path.blocks.count > options.maximumNesting {
            path.blocks.removeLast(path.blocks.count - options.maximumNesting)
            while Self.role(of: path.blocks.last) == .structure { path.blocks.removeLast() }
            if isInline, path.blocks.isEmpty { path.blocks.append(Open(name: "p", source: nil)) }
        }
        path.inlines = Array(path.inlines.prefix(max(0, options.maximumNesting - path.blocks.count)))
    }

    private func hasDestination(_ node: Int) -> Bool {
        HTMLAttributes.safe(fragment.nodes[node].attributes, of: "a", options).contains { $0.name == "href" }
    }

    private static func role(of element: Open?) -> HTMLElement.Role? {
        element.flatMap { HTMLElement.named($0.name)?.role }
    }
}
