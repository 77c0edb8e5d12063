/// A kind of JSON object: its fields in their order, each with what it may hold and how it is written. Documents and their
/// description come from the same value, so that neither can say anything else than the other.
///
/// ```swift
/// let tag = JSONShape<TagRecord>("Tag", "A tag.", [.integer("id", "Its number") { $0.id }])
/// tag.write(record, to: &json)     // {"id":7}
/// tag.schema                       // what OpenAPI says of it
/// ```
struct JSONShape<Source>: Sendable {
    /// One field of the object.
    struct Field: Sendable {
        fileprivate enum Content: Sendable {
            case value(JSONSchema, @Sendable (inout JSONWriter, Source) -> Void)
            /// A list of objects of the same kind.
            case same(@Sendable (Source) -> [Source])
        }

        let name: String
        fileprivate let documentation: String
        fileprivate let content: Content

        fileprivate init(_ name: String, _ documentation: String, _ content: Content) {
            self.name = name
            self.documentation = documentation
            self.content = content
        }
    }

    /// As OpenAPI names it: `PostSummary`.
    let name: String
    let documentation: String
    let fields: [Field]
    /// What writes the fields, each with its key: a field itself has much that is to be counted when it is taken out of the list.
    private let writers: [@Sendable (inout JSONWriter, Source, Self) -> Void]

    init(_ name: String, _ documentation: String, _ fields: [Field]) {
        self.name = name
        self.documentation = documentation
        self.fields = fields
        writers = fields.map { field in
            let key = JSONWriter.Key(field.name)
            switch field.content {
            case .value(_, let write):
                return { json, source, _ in
                    json.key(key)
                    write(&json, source)
                }
            case .same(let list):
                return { json, source, shape in
                    json.key(key)
                    json.array(list(source)) { shape.write($1, to: &$0) }
                }
            }
        }
    }

    /// Writes one object.
    func write(_ source: Source, to json: inout JSONWriter) {
        json.object { json in
            for write in writers { write(&json, source, self) }
        }
    }

    /// The whole document of one object.
    func document(_ source: Source) -> [UInt8] {
        var bytes: [UInt8] = []
        writeDocument(source, to: &bytes)
        return bytes
    }

    /// Puts the whole document of one object in place of what a buffer holds, in its storage.
    func writeDocument(_ source: Source, to bytes: inout [UInt8]) {
        var json = JSONWriter(reusing: exchange(&bytes, with: []))
        write(source, to: &json)
        json.finish()
        bytes = json.bytes
    }

    /// What OpenAPI says of it.
    var schema: JSONObjectSchema {
        JSONObjectSchema(
            name: name, documentation: documentation,
            properties: fields.map { field in
                let schema: JSONSchema =
                    switch field.content {
                    case .value(let schema, _): schema
                    case .same: .list(.named(name))
                    }
                return .init(name: field.name, schema: schema, documentation: field.documentation)
            })
    }
}

extension JSONShape.Field {
    typealias Get<Value> = @Sendable (Source) -> Value

    private static func field(
        _ name: String, _ documentation: String, _ schema: JSONSchema,
        _ write: @escaping @Sendable (inout JSONWriter, Source) -> Void
    ) -> Self { Self(name, documentation, .value(schema, write)) }

    static func integer(_ name: String, _ documentation: String, _ get: @escaping Get<Int>) -> Self {
        field(name, documentation, .integer) { $0.number(get($1)) }
    }

    static func number(_ name: String, _ documentation: String, _ get: @escaping Get<Double>) -> Self {
        field(name, documentation, .number) { $0.number(get($1)) }
    }

    static func flag(_ name: String, _ documentation: String, _ get: @escaping Get<Bool>) -> Self {
        field(name, documentation, .flag) { $0.bool(get($1)) }
    }

    static func text(_ name: String, _ documentation: String, _ get: @escaping Get<String>) -> Self {
        field(name, documentation, .text) { $0.string(get($1)) }
    }

    /// An absolute address.
    static func address(_ name: String, _ documentation: String, _ get: @escaping Get<String>) -> Self {
        field(name, documentation, .address) { $0.string(get($1)) }
    }

    static func instant(_ name: String, _ documentation: String, _ get: @escaping Get<Instant>) -> Self {
        field(name, documentation, .instant) { $0.instant(get($1)) }
    }

    static func integer(_ name: String, _ documentation: String, orNull get: @escaping Get<Int?>) -> Self {
        optional(name, documentation, .integer, get) { $0.number($1) }
    }

    static func text(_ name: String, _ documentation: String, orNull get: @escaping Get<String?>) -> Self {
        optional(name, documentation, .text, get) { $0.string($1) }
    }

    static func address(_ name: String, _ documentation: String, orNull get: @escaping Get<String?>) -> Self {
        optional(name, documentation, .address, get) { $0.string($1) }
    }

    static func instant(_ name: String, _ documentation: String, orNull get: @escaping Get<Instant?>) -> Self {
        optional(name, documentation, .instant, get) { $0.instant($1) }
    }

    private static func optional<Value>(
        _ name: String, _ documentation: String, _ schema: JSONSchema, _ get: @escaping Get<Value?>,
        _ write: @escaping @Sendable (inout JSONWriter, Value) -> Void
    ) -> Self {
        field(name, documentation, .nullable(schema)) { json, source in
            if let value = get(source) { write(&json, value) } else { json.null() }
        }
    }

    static func object<Part>(
        _ name: String, _ documentation: String, _ shape: JSONShape<Part>, _ get: @escaping Get<Part>
    ) -> Self {
        field(name, documentation, .object { shape.schema }) { shape.write(get($1), to: &$0) }
    }

    static func object<Part>(
        _ name: String, _ documentation: String, _ shape: JSONShape<Part>, orNull get: @escaping Get<Part?>
    ) -> Self {
        optional(name, documentation, .object { shape.schema }, get) { shape.write($1, to: &$0) }
    }

    static func list<Element>(
        _ name: String, _ documentation: String, _ shape: JSONShape<Element>, _ get: @escaping Get<[Element]>
    ) -> Self {
        field(name, documentation, .list(.object { shape.schema })) { json, source in
            json.array(get(source)) { shape.write($1, to: &$0) }
        }
    }

    /// A list of objects of the same kind as the one that has it: replies of a comment.
    static func same(_ name: String, _ documentation: String, _ get: @escaping Get<[Source]>) -> Self {
        Self(name, documentation, .same(get))
    }

    static func texts(_ name: String, _ documentation: String, _ get: @escaping Get<[String]>) -> Self {
        field(name, documentation, .list(.text)) { json, source in json.array(get(source)) { $0.string($1) } }
    }
}
