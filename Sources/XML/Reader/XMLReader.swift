/// Reads an XML document from front to back, whatever its size: memory holds one piece of it.
///
/// Entity expansion, document type declarations and network access are off; depth and sizes are bounded by `XMLLimits`.
///
/// ```swift
/// let reader = try XMLReader(file: "export.xml")
/// while let event = try reader.next() {
///     guard case .start(let element) = event, element.name.local == "item" else { continue }
///     try reader.children { child in
///         if child.name.local == "title" { print(child.line, try reader.text()) }
///     }
/// }
/// ```
///
/// Errors are `XMLError`s; what was read before the faulty place is delivered first.
package final class XMLReader {
    /// Gives the next bytes of the document; none at its end.
    package typealias Source = () throws -> [UInt8]

    /// For messages.
    package let path: String
    /// The line that the last event ended on, 1-based.
    package private(set) var line = 1
    /// How many elements are open.
    package private(set) var depth = 0

    private let source: Source
    private let parser: XMLEventParser
    private let limits: XMLLimits
    private var bytesRead = 0
    private var isAtEnd = false
    /// Events already parsed, and how many of them were delivered.
    private var events: [XMLEventParser.Event] = []
    private var delivered = 0

    package init(named path: String, limits: XMLLimits = XMLLimits(), source: @escaping Source) {
        self.path = path
        self.limits = limits
        self.source = source
        parser = XMLEventParser(path: path, limits: limits)
    }

    /// - `name`: the file's name for messages, if it is not its path.
    package convenience init(file path: String, named name: String? = nil, limits: XMLLimits = XMLLimits()) throws {
        let file = try XMLFile(path, named: name ?? path)
        self.init(named: name ?? path, limits: limits) { try file.read() }
    }

    package convenience init(_ text: String, named path: String, limits: XMLLimits = XMLLimits()) {
        var rest: [UInt8]? = Array(text.utf8)
        self.init(named: path, limits: limits) {
            defer { rest = nil }
            return rest ?? []
        }
    }

    /// The next event, or nil at the end of the document.
    package func next() throws -> XMLEvent? {
        while delivered == events.count {
            guard try parseMore() else { return nil }
        }
        let event = events[delivered]
        delivered += 1
        line = event.line
        switch event.event {
        case .start: depth += 1
        case .end: depth -= 1
        case .text: break
        }
        return event.event
    }

    /// The text of the element whose start was read last, up to its end. An element within it is an error: to take
    /// `a <b>c</b>` for text would lose something.
    package func text() throws -> String {
        var result = ""
        while let event = try next() {
            switch event {
            case .text(let text): result += text
            case .start(let element): throw error("<\(element.name.local)> within text")
            case .end: return result
            }
        }
        return result
    }

    /// Passes over the rest of the element whose start was read last.
    package func skip() throws {
        let target = depth - 1
        while depth > target, try next() != nil {}
    }

    /// Calls `body` for each child of the element whose start was read last, up to its end. What `body` does not read
    /// of a child is passed over; text between children too.
    package func children(_ body: (XMLElement) throws -> Void) throws {
        let inside = depth
        while depth >= inside, let event = try next() {
            guard case .start(let child) = event else { continue }
            try body(child)
            while depth > inside, try next() != nil {}
        }
    }

    /// An error at the place read last, for what a reader of this format did not expect.
    package func error(_ message: String) -> XMLError {
        XMLError(.unexpected, message, path: path, line: line)
    }

    /// False at the end of the document.
    private func parseMore() throws -> Bool {
        if let failure = parser.failure { throw failure }
        guard !isAtEnd else { return false }
        let bytes: [UInt8]
        do {
            bytes = try source()
        } catch let error as XMLError {
            throw error
        } catch {
            throw XMLError(.input, "cannot be read: \(error)", path: path, line: line, underlying: error)
        }
        bytesRead += bytes.count
        guard bytesRead <= limits.documentBytes else {
            throw XMLError(.limit, "larger than \(limits.documentBytes) bytes", path: path, line: line)
        }
        isAtEnd = bytes.isEmpty
        events = parser.parse(bytes, isLast: isAtEnd)
        delivered = 0
        return true
    }
}
