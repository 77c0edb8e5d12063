/// Text that must not be printed: a password. Descriptions, dumps and interpolations of it show a placeholder.
///
/// ```swift
/// let secret = Secret("geheim")
/// "\(secret)"    // "•••"
/// secret.reveal  // "geheim"
/// ```
public struct Secret: Sendable, Hashable {
    /// The text itself.
    public let reveal: String

    /// Hides a text.
    public init(_ text: String) { reveal = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `•••`
    public var description: String { "•••" }
    /// `•••`
    public var debugDescription: String { description }
    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
