/// A typed view of the site's data for templates.
///
/// ``value(_:)`` is called for a field that a template reads, each time it reads it, and never for the others.
package protocol ViewModel: Sendable {
    /// Name, fields and documentation; the same object at every call (make it a `static let`).
    static var shape: Shape { get }

    /// The field at this index of `shape.fields`.
    func value(_ field: Int) -> Value
}

/// The fields of one kind of view model: for finding them while rendering, for checking templates without data and for
/// the documentation of the templates.
package final class Shape: Sendable {
    /// One field: what templates write, what comes back, one line for theme authors.
    package struct Field: Sendable {
        package let name: String
        package let type: FieldType
        package let documentation: String

        package init(_ name: String, _ type: FieldType, _ documentation: String) {
            self.name = name
            self.type = type
            self.documentation = documentation
        }
    }

    /// As authors know it: "post".
    package let name: String
    package let fields: [Field]
    /// Open addressing by the name's hash; -1 is a free place. At most half full.
    private let places: [Int32]
    private let hashes: [UInt64]
    private let names: [String]

    /// - Precondition: no two fields have the same name.
    package init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
        names = fields.map(\.name)
        var capacity = 4
        while capacity < fields.count * 2 { capacity *= 2 }
        var places = [Int32](repeating: -1, count: capacity)
        hashes = fields.map { Symbol.hash($0.name) }
        for (index, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash) & (capacity - 1)
            while places[place] >= 0 {
                precondition(
                    fields[Int(places[place])].name != fields[index].name, "\(name) has two fields of one name")
                place = (place + 1) & (capacity - 1)
            }
            places[place] = Int32(index)
        }
        self.places = places
    }

    /// Index of the field of this name.
    package func index(of name: String) -> Int? { index(of: Symbol(name)) }

    func index(of symbol: Symbol) -> Int? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: symbol.hash) & mask
        while places[place] >= 0 {
            let field = Int(places[place])
            if hashes[field] == symbol.hash, names[field] == symbol.name { return field }
            place = (place + 1) & mask
        }
        return nil
    }
}

/// What a field holds.
package indirect enum FieldType: Sendable {
    case text, markup, integer, number, flag, date
    /// A URL or a path of the site; text in every other respect.
    case url
    case list(FieldType)
    /// A closure, because shapes may contain each other (a comment's replies are comments).
    case object(@Sendable () -> Shape)
    case optional(FieldType)
    /// Free keys, for instance from front matter.
    case dictionary
}

/// A name in a template with its hash (FNV-1a), computed at load.
struct Symbol: Sendable {
    let name: String
    let hash: UInt64

    init(_ name: String) {
        self.name = name
        hash = Self.hash(name)
    }

    static func hash(_ name: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ (hash >> 29)
    }
}

/// A view model behind one pointer, so that a ``Value`` stays three words long.
package class Model: @unchecked Sendable {
    // Unchecked only because the class has a subclass: both store nothing but immutable, Sendable properties.
    package let shape: Shape

    fileprivate init(shape: Shape) { self.shape = shape }

    package func value(_ field: Int) -> Value { .none }
}

final class ModelBox<Wrapped: ViewModel>: Model, @unchecked Sendable {
    private let model: Wrapped

    init(_ model: Wrapped) {
        self.model = model
        super.init(shape: Wrapped.shape)
    }

    override func value(_ field: Int) -> Value { model.value(field) }
}
