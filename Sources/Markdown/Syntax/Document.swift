/// A parsed document with all extensions applied, ready to be written.
struct Document {
    struct Footnote {
        var node: NodeID
        var label: TextRange
        var referenceCount: Int
    }

    var tree: Tree
    let root: NodeID
    /// Those that are referred to, in the order of their numbers.
    var footnotes: [Footnote] = []
    var headings: [RenderedMarkdown.Heading] = []
    /// Levels that headings move down.
    var headingShift = 0
    /// The level-1 heading that the document starts with.
    var title: String?
    /// Its node, unless it was left out.
    var titleNode: NodeID = Tree.none
    var isTruncated = false

    func isTask(_ item: NodeID) -> Bool {
        let paragraph = tree[item].firstChild
        guard paragraph != Tree.none, tree[paragraph].kind == .paragraph else { return false }
        let first = tree[paragraph].firstChild
        return first != Tree.none && tree[first].kind == .taskMarker
    }

    /// All links and images in the text, then in the notes.
    func linksAndImages() -> (links: [NodeID], images: [NodeID]) {
        var (links, images): ([NodeID], [NodeID]) = ([], [])
        guard tree.nodes.contains(where: { $0.kind == .link || $0.kind == .image }) else { return (links, images) }
        for top in [root] + footnotes.map(\.node) {
            var node = top
            while node != Tree.none {
                if tree[node].kind == .link {
                    links.append(node)
                } else if tree[node].kind == .image {
                    images.append(node)
                }
                node = tree.following(node, in: top)
            }
        }
        return (links, images)
    }

    /// The text of a node with inline content, on one line.
    func inlineText(of node: NodeID) -> String {
        var text = PlainText(keepsLines: false)
        text.add(node, of: tree)
        return text.string
    }

    /// The alternative text of an image as cmark has it: with inline HTML, and with white space at its end.
    func alternativeText(of image: NodeID) -> ArraySlice<UInt8> {
        var text = PlainText(keepsLines: false, keepsHTML: true)
        text.add(image, of: tree)
        return text.bytes[...]
    }
}
