/// The name of an element or attribute: its local name and its namespace's URI, empty if it has none.
///
/// Prefixes are the writer's choice and not kept.
package struct XMLName: Sendable, Hashable {
    package var namespace: String
    package var local: String

    package init(_ local: String, in namespace: String = "") {
        self.namespace = namespace
        self.local = local
    }
}

/// A start tag.
package struct XMLElement: Sendable, Equatable {
    package struct Attribute: Sendable, Equatable {
        package var name: XMLName
        package var value: String

        package init(name: XMLName, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var name: XMLName
    /// In the order of the document.
    package var attributes: [Attribute]
    /// 1-based: where the start tag ends.
    package var line: Int

    package init(name: XMLName, attributes: [Attribute], line: Int) {
        self.name = name
        self.attributes = attributes
        self.line = line
    }

    /// The value of an attribute.
    package subscript(attribute: String, in namespace: String = "") -> String? {
        attributes.first { $0.name.local == attribute && $0.name.namespace == namespace }?.value
    }
}

/// What an `XMLReader` meets, in the order of the document. Comments and processing instructions are passed over.
package enum XMLEvent: Sendable, Equatable {
    case start(XMLElement)
    /// All characters up to the next tag, entities resolved; CDATA sections are text like any other.
    case text(String)
    case end(XMLName)
}
