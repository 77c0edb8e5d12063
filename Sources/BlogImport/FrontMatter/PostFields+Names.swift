import BlogConfiguration
import BlogModels

extension PostFields {
    mutating func readNames(_ reader: inout FieldReader, categories use: CategoryUse) throws(Diagnostic) {
        if let entry = reader.entry("author", "authors", "by") {
            places["author"] = entry.value.place
            var known: Set<String> = []
            for item in Self.listed(entry) {
                let name = try Self.authorName(item, entry, reader)
                if !name.isEmpty, known.insert(name).inserted { authors.append(name) }
            }
        }
        var names: [String] = []
        for (key, spacesSeparate) in [("tags", true), ("keywords", true)] {
            if let entry = reader.entry(key) { names += try Self.names(entry, reader, spacesSeparate: spacesSeparate) }
        }
        for (key, spacesSeparate) in [("category", false), ("categories", true)] {
            guard let entry = reader.entry(key) else { continue }
            let found = try Self.names(entry, reader, spacesSeparate: spacesSeparate)
            if use == .tags { names += found }
        }
        var known: Set<String> = []
        tags = names.filter { name in
            guard let slug = Slug(title: name, limit: Slug.tagLimit) else { return false }
            return known.insert(slug.text).inserted
        }
    }

    /// `authors: Ada, Grace` names two; the one name of `author` may have a comma in it ("Babbage, Charles").
    private static func listed(_ entry: DataNode.Entry) -> [DataNode] {
        let items = (entry.value.list ?? [entry.value]).filter { !$0.isNull }
        guard entry.key.lowercased() == "authors", items.count == 1, let text = items[0].text else { return items }
        return text.split(separator: ",").map {
            DataNode(.scalar(String($0).trimmed, isPlain: false), at: items[0].place)
        }
    }

    /// A list's items, or one text split at commas, or where there are none (and `spacesSeparate`) at spaces.
    private static func names(
        _ entry: DataNode.Entry, _ reader: FieldReader, spacesSeparate: Bool
    ) throws(Diagnostic) -> [String] {
        if let items = entry.value.list {
            var names: [String] = []
            for item in items where !item.isNull {
                guard let name = item.text ?? item["name"]?.text else {
                    throw reader.source.diagnostic(
                        at: item.place, "\"\(entry.key)\" has \(item.summary) in it, expected text")
                }
                names.append(name.trimmed)
            }
            return names.filter { !$0.isEmpty }
        }
        let text = try reader.text(entry)
        let parts =
            text.contains(",")
            ? text.split(separator: ",") : spacesSeparate ? text.split(whereSeparator: \.isWhitespace) : [text[...]]
        return parts.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// `Ada`, `Ada <ada@example.org>` (the address is dropped: it would be published with the name) or a map with a name.
    private static func authorName(
        _ node: DataNode, _ entry: DataNode.Entry, _ reader: FieldReader
    ) throws(Diagnostic) -> String {
        for key in ["username", "name", "title"] {
            if let text = node[key]?.text { return text.trimmed }
        }
        guard let text = node.text else {
            throw reader.source.diagnostic(
                at: node.place, "\"\(entry.key)\" has \(node.summary) in it, expected a name")
        }
        let name = text.prefix { $0 != "<" }
        return String(name).trimmed
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        // Most texts are trimmed already, and Unicode's white space takes time to ask for.
        func isPlain(_ byte: UInt8?) -> Bool { byte.map { (0x21...0x7E).contains($0) } ?? true }
        if isPlain(utf8.first), isPlain(utf8.last) { return self }
        let tail = drop(while: \.isWhitespace)
        guard let last = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(tail[...last])
    }
}
