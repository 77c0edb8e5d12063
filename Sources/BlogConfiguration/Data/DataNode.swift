/// A value of a structured text (YAML, JSON) that remembers where it stands.
///
/// Scalars keep their text as written, because the same `2024` is a number to one key and a tag to another; what a
/// scalar means is asked by ``bool``, ``int``, ``text`` or ``json``.
package struct DataNode: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// `isPlain` is false for quoted and block scalars, which are text whatever they look like.
        case scalar(String, isPlain: Bool)
        case list([DataNode])
        case map([Entry])
    }

    /// One key of a mapping. Keys are unique within their mapping.
    package struct Entry: Sendable, Hashable {
        package var key: String
        package var keyPlace: Place
        package var value: DataNode

        package init(key: String, keyPlace: Place, value: DataNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    package var content: Content
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// `null`, `~` or nothing at all after the key.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The scalar's text as written, also of numbers and booleans; `nil` for null, lists and maps.
    package var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }

    /// True or false in any spelling of YAML 1.1 (`yes`, `on`), quoted or not, as Jekyll and Hugo sites have them.
    package var bool: Bool? {
        switch text?.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// A whole number in decimal notation, quoted or not.
    package var int: Int? {
        text.flatMap { Int($0) }
    }

    package var list: [DataNode]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    package var map: [Entry]? {
        guard case .map(let entries) = content else { return nil }
        return entries
    }

    /// The value of a key, if this is a map that has it.
    package subscript(key: String) -> DataNode? {
        map?.first { $0.key == key }?.value
    }

    /// What this is, for messages: `a list`, `a map`, `nothing`, `"yes"`.
    package var summary: String {
        switch content {
        case .list: "a list"
        case .map: "a map"
        case .scalar where isNull: "nothing"
        case .scalar(let text, _): text.count > 40 ? "\"\(text.prefix(40))…\"" : "\"\(text)\""
        }
    }
}
