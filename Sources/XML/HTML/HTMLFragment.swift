internal import CXML2

/// A piece of HTML as libxml2's parser understands it, copied out of the C library. The only file of the cleaner that
/// sees it.
struct HTMLFragment {
    struct Node {
        /// An element's name in lower case; empty for a text.
        var name = ""
        var attributes: [(name: String, value: String)] = []
        var text = ""
        /// The index of the element that it is in; nil at the top.
        var parent: Int?
    }

    /// In the order of the document: parents come before their children.
    private(set) var nodes: [Node] = []
    /// The parser gave up: elements nested deeper than libxml2 follows them (256 levels).
    private(set) var isCut = false

    /// Parses HTML as browsers do in spirit: every input gives a tree. Network, external entities and DTDs are off.
    init(_ html: String) {
        LibXML2.initialize()
        guard let context = htmlNewParserCtxt() else {
            isCut = true
            return
        }
        defer { htmlFreeParserCtxt(context) }
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_NODEFDTD.rawValue | HTML_PARSE_COMPACT.rawValue
            | HTML_PARSE_IGNORE_ENC.rawValue
        // libxml2 takes NUL for the end; in HTML it is a character that cannot be shown.
        // Within a body of its own no paragraph is implied around text.
        var html = "<html><body>" + html.replacing("\0", with: "\u{FFFD}")
        let document = html.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                htmlCtxtReadMemory(
                    context, characters.baseAddress, Int32(characters.count), nil, "UTF-8", Int32(options))
            }
        }
        defer { xmlFreeDoc(document) }
        if let error = xmlCtxtGetLastError(context) {
            isCut = error.pointee.code == Int32(XML_ERR_INTERNAL_ERROR.rawValue)
        }
        copy(xmlDocGetRootElement(document))
    }

    /// Walks the tree without recursion.
    private mutating func copy(_ root: xmlNodePtr?) {
        var node = root
        var open: [Int] = []
        while let current = node {
            var copied: Node?
            switch current.pointee.type {
            case XML_ELEMENT_NODE:
                copied = Node(
                    name: Self.string(current.pointee.name).lowercased(), attributes: Self.attributes(of: current))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                copied = Node(text: Self.string(current.pointee.content))
            default: break
            }
            if var copied {
                copied.parent = open.last
                nodes.append(copied)
            }
            if current.pointee.type == XML_ELEMENT_NODE, let child = current.pointee.children {
                open.append(nodes.count - 1)
                node = child
                continue
            }
            var last = current
            while last.pointee.next == nil, last != root, let parent = last.pointee.parent, !open.isEmpty {
                open.removeLast()
                last = parent
            }
            node = last == root ? nil : last.pointee.next
        }
    }

    private static func attributes(of element: xmlNodePtr) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        var attribute = element.pointee.properties
        while let current = attribute {
            // The parser has resolved character references: a value is text alone.
            var value = ""
            var part = current.pointee.children
            while let text = part {
                value += string(text.pointee.content)
                part = text.pointee.next
            }
            result.append((string(current.pointee.name).lowercased(), value))
            attribute = current.pointee.next
        }
        return result
    }

    private static func string(_ characters: UnsafePointer<xmlChar>?) -> String {
        characters.map { String(cString: $0) } ?? ""
    }
}
