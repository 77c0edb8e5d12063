package import BlogConfiguration

/// The data block at the head of a file, and the text below it.
package struct FrontMatter: Sendable, Hashable {
    /// The whole file, for messages.
    package let source: SourceText
    /// In the order of the file; empty when the file has no block.
    package let entries: [DataNode.Entry]
    /// The text below the block, from its first line that is not empty.
    package let body: String
    /// The line on which the body begins.
    package let bodyLine: Int
    /// Whether the file has a block at all.
    package let isPresent: Bool

    /// The first of `names` that the block has with a value, compared without case; its entry has the spelling and the
    /// place.
    package func entry(_ names: [String]) -> DataNode.Entry? {
        for name in names {
            if let entry = entries.first(where: { $0.key.lowercased() == name && !$0.value.isNull }) { return entry }
        }
        return nil
    }
}
