/// Renders Markdown to HTML, with what else can be learned on the way.
///
/// Pure and free of shared state: the same source and options give the same result on any thread.
package struct MarkdownRenderer: Sendable {
    /// Part of cache keys: it changes whenever the result for some source changes.
    package static let version = 2

    /// Tells the size of the image at a destination, as in the source; nil means unknown.
    package typealias ImageSize = (String) -> (width: Int, height: Int)?

    private let options: MarkdownOptions

    package init(options: MarkdownOptions = .standard) {
        self.options = options
    }

    /// Never fails: any text is Markdown. Time and memory grow linearly with the source.
    ///
    /// - Parameters:
    ///   - title: Leaves out a level-1 heading at the start of the document that repeats this title, for pages that show
    ///     it themselves.
    ///   - imageSize: Asked for every image that is written, for its `width` and `height`.
    package func render(
        _ source: String, omittingTitle title: String? = nil, imageSize: @escaping ImageSize = { _ in nil }
    ) -> RenderedMarkdown {
        let document = DocumentParser(options: options).parse(source, omittingTitle: title)
        let summary = Summary.find(in: document)
        let plainText = plainText(of: document)
        let addresses = document.linksAndImages()
        let measure = plainText.measure
        return RenderedMarkdown(
            html: html(of: document, imageSize),
            summaryHTML: summaryHTML(summary, of: document, imageSize),
            summaryText: summaryText(summary, of: document),
            plainTextUTF8: plainText.trimmed,
            wordCount: measure.wordCount,
            readingMinutes: measure.minutes,
            headings: document.headings,
            links: links(addresses.links, of: document),
            images: images(addresses.images, of: document),
            title: document.title,
            isTruncated: document.isTruncated)
    }

    /// The words of a text without markup (a Chinese or Japanese character counts as one) and the minutes to read it, at
    /// least 1: as ``RenderedMarkdown`` counts them.
    package static func measure(_ plainText: String) -> (words: Int, minutes: Int) {
        let measure = TextMeasure(plainText)
        return (measure.wordCount, measure.minutes)
    }

    private func html(of document: Document, _ imageSize: @escaping ImageSize) -> String {
        var renderer = HTMLRenderer(document, options: options, imageSize: imageSize, isSummary: false)
        renderer.write(document.root)
        renderer.writeFootnotes()
        return renderer.out.string
    }

    private func summaryHTML(
        _ summary: Summary, of document: Document, _ imageSize: @escaping ImageSize
    ) -> String {
        var renderer = HTMLRenderer(document, options: options, imageSize: imageSize, isSummary: true)
        for block in summaryBlocks(summary, of: document) { renderer.write(block, until: summary.end) }
        return renderer.out.string
    }

    private func summaryText(_ summary: Summary, of document: Document) -> String {
        var text = PlainText(keepsLines: false)
        for block in summaryBlocks(summary, of: document) { text.add(block, of: document.tree, until: summary.end) }
        return text.string
    }

    /// Without the title, which is shown where the summary is.
    private func summaryBlocks(_ summary: Summary, of document: Document) -> [NodeID] {
        switch summary {
        case .paragraph(let paragraph): return [paragraph]
        case .none: return []
        case .before(let marker):
            let tree = document.tree
            var blocks: [NodeID] = []
            var block = tree[document.root].firstChild
            while block != Tree.none, block != marker {
                if block != document.titleNode { blocks.append(block) }
                if block == tree[marker].parent { break }
                block = tree[block].next
            }
            return blocks
        }
    }

    private func plainText(of document: Document) -> PlainText {
        var text = PlainText(keepsLines: true, capacity: document.tree.text.count)
        text.add(document.root, of: document.tree)
        for footnote in document.footnotes { text.add(footnote.node, of: document.tree) }
        return text
    }

    private func links(_ nodes: [NodeID], of document: Document) -> [RenderedMarkdown.Link] {
        nodes.map { node in
            RenderedMarkdown.Link(
                destination: document.tree.string(document.tree[node].text),
                line: Int(document.tree[node].position.line),
                column: Int(document.tree[node].position.column))
        }
    }

    private func images(_ nodes: [NodeID], of document: Document) -> [RenderedMarkdown.Image] {
        nodes.map { node in
            RenderedMarkdown.Image(
                destination: document.tree.string(document.tree[node].text),
                alt: String(decoding: document.alternativeText(of: node), as: UTF8.self),
                line: Int(document.tree[node].position.line),
                column: Int(document.tree[node].position.column))
        }
    }
}
