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
        case .scalar(let text, isPlain: true): return try scalar(text, node.place, json)
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

    private static func scalar(_ text: String, _ place: Place, _ json: SourceText) throws(Diagnostic) -> Value {
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .none
        default:
            if let integer = Int(text) { return .int(integer) }
            guard let double = Double(text), double.isFinite else {
                throw json.diagnostic(at: place, "\(text) is too large for a number of 64 bits")
            }
            return .double(double)
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
