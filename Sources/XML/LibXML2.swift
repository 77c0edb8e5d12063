internal import CXML2

/// The library itself.
enum LibXML2 {
    /// Must run before the first parser of a process is made: libxml2 may then be used on several threads at once.
    static func initialize() { _ = initialized }

    private static let initialized: Void = xmlInitParser()
}
