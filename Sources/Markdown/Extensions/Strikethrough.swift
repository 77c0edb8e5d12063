/// GFM strikethrough: runs of one or two tildes that open and close as `*` does, an opener and a closer of the same
/// length.
///
/// cmark has already decided on emphasis, so a pair is looked for within one inline element: `~~a *b~~ c*` has none.
enum Strikethrough {
    struct Run {
        var node: NodeID
        var length: Int
        var canOpen: Bool
        var canClose: Bool

        init(node: NodeID, length: Int, before: Neighbour, after: Neighbour) {
            self.node = node
            self.length = length
            canOpen = after != .space && !(after == .punctuation && before == .other)
            canClose = before != .space && !(before == .punctuation && after == .other)
        }
    }

    /// - Parameter runs: Of one inline element, in order.
    static func apply(_ runs: [Run], maximumNesting: Int, to tree: inout Tree) {
        // Open runs by length, as indices into `runs`: each run is pushed and popped once.
        var open: [[Int]] = [[], []]
        for (index, run) in runs.enumerated() {
            let same = run.length - 1
            if run.canClose, let opener = open[same].popLast() {
                // What was opened inside can no longer be closed.
                while let inner = open[1 - same].last, inner > opener { open[1 - same].removeLast() }
                strike(from: runs[opener].node, to: run.node, in: &tree)
            } else if run.canOpen, open[0].count + open[1].count < maximumNesting {
                open[same].append(index)
            }
        }
    }

    private static func strike(from opener: NodeID, to closer: NodeID, in tree: inout Tree) {
        tree[opener].kind = .strikethrough
        while tree[opener].next != closer {
            let node = tree[opener].next
            tree.unlink(node)
            tree.append(node, to: opener)
        }
        tree.unlink(closer)
        tree[closer].kind = .detached
    }
}
