/// What a JSON value may be, as far as the documents of this module need it: JSON Schema 2020-12, which OpenAPI 3.1 uses.
indirect enum JSONSchema: Sendable {
    case integer, number, flag, text
    /// RFC 3339 in UTC.
    case instant
    /// An absolute address.
    case address
    /// Any object.
    case anyObject
    case list(JSONSchema)
    case nullable(JSONSchema)
    /// An object of a named kind. A closure, because kinds may contain each other.
    case object(@Sendable () -> JSONObjectSchema)
    /// The same by its name alone, for a kind that contains itself.
    case named(String)

    /// Writes the schema; named kinds are references into an OpenAPI document.
    func write(to json: inout JSONWriter) { json.object { writeKeywords(to: &$0) } }

    /// The keywords without the braces around them.
    fileprivate func writeKeywords(to json: inout JSONWriter) {
        guard case .nullable(let wrapped) = self else { return writeKeywords(to: &json, orNull: false) }
        if wrapped.isSimple { return wrapped.writeKeywords(to: &json, orNull: true) }
        json.field("anyOf", [wrapped, nil]) { json, choice in
            if let choice { choice.write(to: &json) } else { json.object { $0.field("type", "null") } }
        }
    }

    private var isSimple: Bool {
        switch self {
        case .object, .named, .nullable: false
        default: true
        }
    }

    private func writeKeywords(to json: inout JSONWriter, orNull: Bool) {
        func type(_ name: String, _ json: inout JSONWriter) {
            if orNull {
                json.field("type", [name, "null"]) { $0.string($1) }
            } else {
                json.field("type", name)
            }
        }
        switch self {
        case .integer: type("integer", &json)
        case .number: type("number", &json)
        case .flag: type("boolean", &json)
        case .text: type("string", &json)
        case .instant:
            type("string", &json)
            json.field("format", "date-time")
        case .address:
            type("string", &json)
            json.field("format", "uri")
        case .anyObject: type("object", &json)
        case .list(let element):
            type("array", &json)
            json.key("items")
            element.write(to: &json)
        case .object(let kind): json.field("$ref", Self.reference(kind().name))
        case .named(let name): json.field("$ref", Self.reference(name))
        case .nullable: break
        }
    }

    static func reference(_ name: String) -> String { "#/components/schemas/\(name)" }
}

/// A named kind of object without the code that writes it.
struct JSONObjectSchema: Sendable {
    struct Property: Sendable {
        var name: String
        var schema: JSONSchema
        var documentation: String
    }

    var name: String
    var documentation: String
    var properties: [Property]

    /// All properties are always there, and no others: another shape has another version in its path.
    func write(to json: inout JSONWriter) {
        json.object {
            $0.field("type", "object")
            $0.field("description", documentation)
            $0.field("required", properties) { $0.string($1.name) }
            $0.field("properties") { json in
                for property in properties {
                    json.key(property.name)
                    property.write(to: &json)
                }
            }
            $0.field("additionalProperties", false)
        }
    }

    /// This kind and those it refers to, by their names.
    func collect(into kinds: inout [String: JSONObjectSchema]) {
        guard kinds[name] == nil else { return }
        kinds[name] = self
        for property in properties { property.schema.collect(into: &kinds) }
    }
}

extension JSONObjectSchema.Property {
    fileprivate func write(to json: inout JSONWriter) {
        // Keywords beside `$ref` and `anyOf` are allowed in JSON Schema 2020-12, unlike before.
        json.object {
            $0.field("description", documentation)
            schema.writeKeywords(to: &$0)
        }
    }
}

extension JSONSchema {
    /// The named kinds that a value may have in it.
    func collect(into kinds: inout [String: JSONObjectSchema]) {
        switch self {
        case .list(let inner), .nullable(let inner): inner.collect(into: &kinds)
        case .object(let kind): kind().collect(into: &kinds)
        default: break
        }
    }
}
