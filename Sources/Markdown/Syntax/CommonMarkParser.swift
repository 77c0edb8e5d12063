internal import CCmark

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Parses CommonMark with libcmark and copies the result into a `Tree`. The only file that sees the C library.
struct CommonMarkParser {
    var smart: Bool
    var maximumNesting: Int

    /// Appends the nodes of `source` under a new node of kind `document`, which it returns.
    ///
    /// - Parameter mark: Left out everywhere but in text nodes.
    func parse(_ source: UnsafeBufferPointer<UInt8>, into tree: inout Tree, mark: EscapeMarks.Mark?) -> NodeID {
        // Source positions also make cmark count the lines inside of inline elements.
        let options = CMARK_OPT_SOURCEPOS | (smart ? CMARK_OPT_SMART : 0)
        let root = source.withMemoryRebound(to: CChar.self) { characters in
            // An empty buffer has no address; cmark wants one even so.
            guard let start = characters.baseAddress else {
                return "".withCString { cmark_parse_document($0, 0, options) }
            }
            return cmark_parse_document(start, characters.count, options)
        }
        defer { cmark_node_free(root) }
        var copy = Copy(tree: tree, maximumNesting: maximumNesting, mark: mark)
        // The copy must be the only owner of the arrays, or its first change would duplicate them.
        tree = Tree()
        copy.tree.reserve(forSourceBytes: source.count)
        let document = copy.run(root)
        tree = copy.tree
        return document
    }
}

/// One walk over a cmark tree.
private struct Copy {
    var tree: Tree
    let maximumNesting: Int
    let mark: EscapeMarks.Mark?

    mutating func run(_ root: OpaquePointer?) -> NodeID {
        let document = tree.make(.document, at: .init(line: 1, column: 1))
        var current = document
        var depth = 0
        // Containers left out for their depth: their exits must not close anything.
        var skipped = 0
        let iterator = cmark_iter_new(root)
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return document }
            guard let source = cmark_iter_get_node(iterator) else { continue }
            let type = cmark_node_get_type(source)
            guard let kind = Self.kind(type) else { continue }
            if kind == .document { continue }
            if event == CMARK_EVENT_EXIT {
                if Self.nests(kind) {
                    // What is skipped is always innermost, and a list is skipped with its items.
                    if skipped > 0 {
                        skipped -= 1
                        continue
                    }
                    depth -= 1
                }
                current = tree[current].parent
                continue
            }
            if Self.nests(kind) {
                // A list at the limit would have room for no item.
                if skipped > 0 || depth + (kind == .list ? 1 : 0) >= maximumNesting {
                    skipped += 1
                    continue
                }
                depth += 1
            }
            let node = tree.make(
                kind,
                at: .init(line: cmark_node_get_start_line(source), column: cmark_node_get_start_column(source)))
            tree[node].endLine = cmark_node_get_end_line(source)
            fill(node, kind, from: source)
            tree.append(node, to: current)
            if !Self.isLeaf(kind) { current = node }
        }
    }

    private mutating func fill(_ node: NodeID, _ kind: Node.Kind, from source: OpaquePointer) {
        switch kind {
        case .text:
            tree[node].text = store(cmark_node_get_literal(source), keepingMarks: true)
        case .code, .htmlInline, .htmlBlock:
            tree[node].text = store(cmark_node_get_literal(source))
        case .codeBlock:
            tree[node].text = store(cmark_node_get_literal(source))
            tree[node].detail = store(cmark_node_get_fence_info(source))
        case .heading:
            tree[node].number = cmark_node_get_heading_level(source)
        case .list:
            tree[node].flag = cmark_node_get_list_tight(source) != 0
            tree[node].isOrdered = cmark_node_get_list_type(source) == CMARK_ORDERED_LIST
            tree[node].number = cmark_node_get_list_start(source)
        case .link, .image:
            tree[node].text = store(cmark_node_get_url(source))
            tree[node].detail = store(cmark_node_get_title(source))
        default:
            break
        }
    }

    /// cmark replaces NUL characters while parsing, so its strings end at the first one.
    private mutating func store(_ string: UnsafePointer<CChar>?, keepingMarks: Bool = false) -> TextRange {
        guard let string, string.pointee != 0 else { return TextRange() }
        let bytes = UnsafeRawBufferPointer(start: string, count: strlen(string))
        guard let mark, !keepingMarks else { return tree.store(bytes) }
        return tree.store(mark.removed(from: bytes))
    }

    private static func isLeaf(_ kind: Node.Kind) -> Bool {
        switch kind {
        case .codeBlock, .htmlBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline: true
        default: false
        }
    }

    private static func nests(_ kind: Node.Kind) -> Bool {
        switch kind {
        case .blockQuote, .list, .item, .emphasis, .strong, .link, .image: true
        default: false
        }
    }

    private static func kind(_ type: cmark_node_type) -> Node.Kind? {
        switch type {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_BLOCK_QUOTE: .blockQuote
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        default: nil
        }
    }
}

/// What libcmark alone makes of a source: the measure for the cost of everything that this module adds.
package enum CommonMarkBaseline {
    /// The length in bytes of `cmark_markdown_to_html`'s result, raw HTML allowed.
    package static func renderedLength(of markdown: String) -> Int { withHTML(of: markdown) { strlen($0) } ?? 0 }

    /// The result itself.
    package static func html(of markdown: String) -> String { withHTML(of: markdown) { String(cString: $0) } ?? "" }

    private static func withHTML<Result>(
        of markdown: String, _ body: (UnsafePointer<CChar>) -> Result
    ) -> Result? {
        var markdown = markdown
        return markdown.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let html = cmark_markdown_to_html(characters.baseAddress, characters.count, CMARK_OPT_UNSAFE)
                else {
                    return nil
                }
                defer { release(html) }
                return body(html)
            }
        }
    }

    private static func release(_ memory: UnsafeMutableRawPointer) {
        cmark_get_default_mem_allocator().pointee.free(memory)
    }
}
