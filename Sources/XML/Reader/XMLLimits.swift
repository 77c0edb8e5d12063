/// How large a document may be. The errors name the limit that was passed.
package struct XMLLimits: Sendable, Hashable {
    /// Levels of elements.
    package var depth = 64
    /// Bytes of one text: of all characters between two tags.
    package var textBytes = 16 << 20
    /// Attributes of one element.
    package var attributes = 256
    /// Bytes of the whole document.
    package var documentBytes = 8 << 30

    package init() {}
}
