import Bytes

/// Source to document: cmark first, then each extension on its tree.
struct DocumentParser {
    let options: MarkdownOptions

    func parse(_ markdown: String, omittingTitle title: String?) -> Document {
        var source = Array(markdown.utf8)
        let isTruncated = truncate(&source)
        if source.starts(with: [0xEF, 0xBB, 0xBF]) { source.removeFirst(3) }

        let original = source
        var edits = SourceEdits()
        SourceGuard.defuse(&source, edits: &edits)
        var mark: EscapeMarks.Mark?
        if options.strikethrough || options.footnotes || options.taskLists || options.alerts || options.autolinks,
            let marked = EscapeMarks.insert(into: source, edits: &edits)
        {
            (source, mark) = marked
        }
        let parser = CommonMarkParser(smart: options.smart, maximumNesting: options.maximumNesting)
        var tree = Tree()
        var footnotes = FootnoteDefinitions()
        if options.footnotes {
            tree = footnotes.parse(&source, with: parser, mark: mark, edits: &edits)
        } else {
            _ = source.withUnsafeBufferPointer { parser.parse($0, into: &tree, mark: mark) }
        }
        var lines: SourceLines?
        if options.tables, source.withUnsafeBufferPointer({ ByteSearch.first(UInt8(ascii: "-"), in: $0) }) != nil {
            let split = SourceLines(source)
            var tables = TableExtension(lines: split, parser: parser, mark: mark)
            tables.apply(to: &tree)
            if edits.isEmpty { lines = split }
        }
        footnotes.detach(from: &tree)

        var document = Document(tree: consume tree, root: Tree.root)
        document.isTruncated = isTruncated
        if options.strikethrough || options.autolinks || !footnotes.isEmpty {
            InlineExtensions(options: options, footnotes: footnotes, mark: mark, source: source)?.apply(
                to: &document.tree)
        }
        if options.alerts { Alert.apply(to: &document.tree) }
        if options.taskLists { TaskList.apply(to: &document.tree) }
        mark?.removeAll(from: &document.tree)
        footnotes.number(in: &document)
        HeadingOutline.apply(to: &document, options: options, omittingTitle: title)
        LinkPositions.fix(in: &document.tree, edits: edits, lines: lines ?? SourceLines(original))
        return document
    }

    private func truncate(_ source: inout [UInt8]) -> Bool {
        guard source.count > options.maximumBytes else { return false }
        var end = max(0, options.maximumBytes)
        // Not in the middle of a character: bytes 10xxxxxx continue one.
        while end > 0, source[end] & 0xC0 == 0x80 { end -= 1 }
        source.removeLast(source.count - end)
        return true
    }
}
