internal import CXML2

/// libxml2's push parser behind a Swift face. The only file of the reader that sees the C library.
///
/// Its SAX interface rather than `xmlTextReader`: that keeps lines in 16 bits and runs ahead of the node that it shows, so
/// that errors in a large export would name wrong lines.
final class XMLEventParser {
    struct Event {
        var event: XMLEvent
        var line: Int
    }

    /// The first fault; nothing is parsed after it.
    private(set) var failure: XMLError?

    private let path: String
    private let limits: XMLLimits
    private var context: xmlParserCtxtPtr?
    private var events: [Event] = []
    private var text: [UInt8] = []
    /// The names of the open elements.
    private var open: [XMLName] = []
    private var depth: Int { open.count }
    private var hasElement = false
    /// libxml2 keeps each name once: its addresses identify it.
    private var names: [NameAddress: XMLName] = [:]

    private struct NameAddress: Hashable {
        var local: UnsafePointer<xmlChar>?
        var namespace: UnsafePointer<xmlChar>?
    }

    init(path: String, limits: XMLLimits) {
        LibXML2.initialize()
        self.path = path
        self.limits = limits
        var handler = Self.makeHandler()
        // The parser calls back while `parse` runs, which holds `self`.
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        // The predefined entities alone are replaced (NOENT): for others there would have to be a document type.
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
        if context == nil { failure = XMLError(.input, "there is no memory for a parser", path: path) }
    }

    deinit { xmlFreeParserCtxt(context) }

    /// Parses the next bytes of the document and gives the events in them.
    func parse(_ bytes: [UInt8], isLast: Bool) -> [Event] {
        guard failure == nil else { return [] }
        events.removeAll(keepingCapacity: true)
        bytes.withUnsafeBytes { bytes in
            _ = xmlParseChunk(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        }
        return events
    }

    private var line: Int { context?.pointee.input.map { Int($0.pointee.line) } ?? 0 }

    // MARK: Called by libxml2

    private static func makeHandler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { parser, local, _, namespace, _, _, count, _, attributes in
            XMLEventParser.of(parser)?.start(local, namespace, Int(count), attributes)
        }
        handler.endElementNs = { parser, _, _, _ in XMLEventParser.of(parser)?.end() }
        let characters: charactersSAXFunc = { parser, bytes, count in
            XMLEventParser.of(parser)?.add(bytes, Int(count))
        }
        handler.characters = characters
        // White space between elements is text as well: what it means is the format's business.
        handler.ignorableWhitespace = characters
        handler.cdataBlock = characters
        handler.internalSubset = { parser, _, _, _ in
            XMLEventParser.of(parser)?.stop(.forbidden, "a document type declaration, which is not read")
        }
        handler.serror = { parser, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            let message = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
            let code = error.pointee.code
            let isEnd =
                code == Int32(XML_ERR_DOCUMENT_END.rawValue) || code == Int32(XML_ERR_DOCUMENT_EMPTY.rawValue)
            XMLEventParser.of(parser)?.fail(message, isEnd: isEnd, line: Int(error.pointee.line))
        }
        return handler
    }

    private static func of(_ parser: UnsafeMutableRawPointer?) -> XMLEventParser? {
        parser.map { Unmanaged<XMLEventParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(
        _ local: UnsafePointer<xmlChar>?,
        _ namespace: UnsafePointer<xmlChar>?,
        _ count: Int,
        _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        flushText()
        let name = name(local, namespace)
        open.append(name)
        hasElement = true
        guard depth <= limits.depth else {
            return stop(.limit, "<\(name.local)> is nested deeper than \(limits.depth) levels")
        }
        guard count <= limits.attributes else {
            return stop(.limit, "<\(name.local)> has more than \(limits.attributes) attributes")
        }
        var attributes: [XMLElement.Attribute] = []
        attributes.reserveCapacity(count)
        if let values {
            // For each: local name, prefix, namespace, value, end of the value.
            for index in 0..<count {
                let five = values + 5 * index
                guard let start = five[3], let end = five[4] else { continue }
                let value = UnsafeBufferPointer(start: start, count: end - start)
                attributes.append(
                    .init(name: self.name(five[0], five[2]), value: String(decoding: value, as: UTF8.self)))
            }
        }
        let line = line
        events.append(Event(event: .start(XMLElement(name: name, attributes: attributes, line: line)), line: line))
    }

    private func end() {
        flushText()
        // libxml2 reports a wrong end tag as an error, and ends what is open.
        guard let name = open.popLast() else { return }
        events.append(Event(event: .end(name), line: line))
    }

    private func add(_ bytes: UnsafePointer<xmlChar>?, _ count: Int) {
        guard let bytes, count > 0, failure == nil else { return }
        guard text.count + count <= limits.textBytes else {
            text = []
            return stop(.limit, "a text is longer than \(limits.textBytes) bytes")
        }
        text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }

    private func flushText() {
        guard !text.isEmpty, failure == nil else { return }
        events.append(Event(event: .text(String(decoding: text, as: UTF8.self)), line: line))
        text.removeAll(keepingCapacity: text.count < 1 << 16)
    }

    private func name(_ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) -> XMLName {
        let address = NameAddress(local: local, namespace: namespace)
        if let name = names[address] { return name }
        let name = XMLName(
            local.map { String(cString: $0) } ?? "", in: namespace.map { String(cString: $0) } ?? "")
        names[address] = name
        return name
    }

    /// - Parameter isEnd: libxml2's message for whatever is wrong with a document's end is "extra content".
    private func fail(_ message: String, isEnd: Bool, line: Int) {
        guard failure == nil else { return }
        var message = message
        if isEnd, !hasElement {
            message = "the document has no element"
        } else if isEnd, depth > 0 {
            message = "the document ends within an element"
        }
        while message.last?.isWhitespace == true { message.removeLast() }
        failure = XMLError(.syntax, message, path: path, line: line)
    }

    private func stop(_ code: XMLError.Code, _ message: String) {
        guard failure == nil else { return }
        failure = XMLError(code, message, path: path, line: line)
        xmlStopParser(context)
    }
}
