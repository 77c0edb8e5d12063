package import BlogConfiguration
import FoundationEssentials
package import Templates

/// Data for a template from a JSON document.
package enum TemplateData {
    /// The members of a document's object, as variables.
    ///
    /// JSON has no dates and no markup: `{"$date": "2026-01-31T10:20:00Z"}` is a date, `{"$markup": "<b>x</b>"}` text that is not
    /// escaped.
    package static func variables(_ json: SourceText) throws(Diagnostic) -> [(String, Value)] {
        let root = try JSONReader.read(json)
        guard let entries = root.map else {
            throw json.diagnostic(
                at: root.place, "expected an object, whose members are the template's variables, not \(root.summary)")
        }
        var variables: [(String, Value)] = []
        for entry in entries { variables.append((entry.key, try value(entry.value, json))) }
        return variables
    }

    private static func value(_ node: DataNode, _ json: SourceText) throws(Diagnostic) -> Value {
        switch node.content {
        case .scalar(let text, isPlain: false): return .string(text)
        case .scalar(let text, isPlain: true): return scalar(text)
        case .list(let nodes):
            var items: [Value] = []
            for node in nodes { items.append(try value(node, json)) }
            return .list(items)
        case .map(let entries):
            if entries.count == 1, let special = try special(entries[0], json) { return special }
            var dict = Value.Dictionary()
            for entry in entries { dict.set(.string(entry.key), to: try value(entry.value, json)) }
            return .dict(dict)
        }
    }

    private static func scalar(_ text: String) -> Value {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null": .none
        default: Int(text).map { .int($0) } ?? .double(Double(text) ?? 0)
        }
    }

    private static func special(_ entry: DataNode.Entry, _ json: SourceText) throws(Diagnostic) -> Value? {
        guard ["$date", "$markup"].contains(entry.key), let text = entry.value.text else { return nil }
        if entry.key == "$markup" { return .markup(text) }
        do {
            return .date(try Date(text, strategy: .iso8601).timeIntervalSince1970)
        } catch {
            throw json.diagnostic(
                at: entry.value.place, "“\(text)” is not an instant", suggestion: "write 2026-01-31T10:20:00Z")
        }
    }
}
