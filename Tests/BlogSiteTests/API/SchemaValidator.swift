import Foundation

/// Validates JSON by the keywords of JSON Schema 2020-12 that `openapi.json` uses, and refuses any other keyword, so that
/// none is passed over.
struct SchemaValidator {
    /// What `$ref` leads into.
    let root: JSONValue

    /// What is wrong with a value, each with its place; nothing when it is valid.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        guard let keywords = schema.fields else { return ["\(place): the schema is no object"] }
        var found: [String] = []
        for (keyword, rule) in keywords.sorted(by: { $0.key < $1.key }) {
            switch keyword {
            case "description": break
            case "$ref":
                if let target = rule.text.flatMap(resolve) {
                    found += problems(value, target, at: place)
                } else {
                    found.append("\(place): \(rule) leads nowhere")
                }
            case "anyOf":
                if !(rule.list ?? []).contains(where: { problems(value, $0, at: place).isEmpty }) {
                    found.append("\(place): no alternative fits")
                }
            case "type":
                let types = rule.list ?? [rule]
                if !types.contains(where: { Self.isType($0.text, value) }) { found.append("\(place): not \(rule)") }
            case "format":
                if let text = value.text, !Self.hasFormat(rule.text, text) { found.append("\(place): not \(rule)") }
            case "items":
                for (index, element) in (value.list ?? []).enumerated() {
                    found += problems(element, rule, at: "\(place)/\(index)")
                }
            case "required":
                for name in rule.list ?? [] where value.fields != nil && name.text.map({ value[$0] == nil }) ?? true {
                    found.append("\(place): \(name) is missing")
                }
            case "properties":
                for (name, property) in rule.fields ?? [:] {
                    if let field = value[name] { found += problems(field, property, at: "\(place)/\(name)") }
                }
            case "additionalProperties":
                let known = schema["properties"]?.fields ?? [:]
                for name in value.fields?.keys ?? [:].keys where known[name] == nil {
                    found.append("\(place): \(name) is not described")
                }
            default: found.append("\(place): unknown keyword \(keyword)")
            }
        }
        return found
    }

    private func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(Optional(root)) { $0?[String($1)] }
    }

    private static func isType(_ type: String?, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .flag), ("string", .text), ("array", .list), ("object", .object),
            ("number", .number):
            true
        case ("integer", .number(let number)): number == number.rounded() && abs(number) < 9_007_199_254_740_992
        default: false
        }
    }

    private static func hasFormat(_ format: String?, _ text: String) -> Bool {
        switch format {
        case "date-time": text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil
        case "uri": URL(string: text)?.scheme != nil && !text.contains(" ")
        default: false
        }
    }
}
