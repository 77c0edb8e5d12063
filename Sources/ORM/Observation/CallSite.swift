/// Where in the program a verb was called.
public struct CallSite: Sendable, Hashable, CustomStringConvertible {
    /// The module and file: `App/Posts.swift`.
    public var file: String { "\(text)" }
    /// The line, from 1.
    public let line: UInt
    /// A literal and no `String`, so that a call site costs nothing until somebody reads it.
    private let text: StaticString

    /// A place in the program.
    public init(file: StaticString = #fileID, line: UInt = #line) {
        text = file
        self.line = line
    }

    /// `App/Posts.swift:12`.
    public var description: String { "\(text):\(line)" }

    /// The same place.
    public static func == (left: CallSite, right: CallSite) -> Bool {
        left.line == right.line && left.file == right.file
    }

    /// Hashes the place.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(line)
    }
}
