extension Value {
    /// An ordered dictionary: what `{"a": 1}` makes, and what data with free keys becomes.
    ///
    /// Keys are strings, integers, floats, booleans or none. As in Python, `1`, `1.0` and `true` are the same key.
    package struct Dictionary: Sendable {
        package private(set) var keys: [Value] = []
        package private(set) var values: [Value] = []
        /// Built once a dictionary is too long for looking at each key.
        private var positions: [Key: Int] = [:]
        private static let indexedFrom = 9

        package init() {}

        /// Pairs in order; a later pair replaces an earlier one of the same name, at the earlier one's place.
        package init(_ pairs: [(String, Value)]) {
            for (key, value) in pairs { set(.string(key), to: value) }
        }

        package var count: Int { keys.count }

        package subscript(name: String) -> Value? {
            if positions.isEmpty {
                for index in keys.indices {
                    if let key = keys[index].stringValue, key.utf8Equals(name) { return values[index] }
                }
                return nil
            }
            guard let index = positions[.text(name)] else { return nil }
            return values[index]
        }

        package subscript(key: Value) -> Value? {
            guard let position = position(of: key) else { return nil }
            return values[position]
        }

        /// Returns false if the key is of a kind that cannot be a key.
        @discardableResult
        package mutating func set(_ key: Value, to value: Value) -> Bool {
            guard let hashed = Key(key) else { return false }
            if let index = position(of: key) {
                values[index] = value
                return true
            }
            keys.append(key)
            values.append(value)
            if keys.count == Self.indexedFrom {
                for index in keys.indices {
                    if let key = Key(keys[index]) { positions[key] = index }
                }
            } else if keys.count > Self.indexedFrom {
                positions[hashed] = keys.count - 1
            }
            return true
        }

        private func position(of key: Value) -> Int? {
            guard let hashed = Key(key) else { return nil }
            if !positions.isEmpty { return positions[hashed] }
            return keys.firstIndex { Key($0) == hashed }
        }
    }

    /// A key as Python hashes it: whole floats and booleans are the integer of the same value.
    enum Key: Hashable {
        case none
        case integer(Int)
        case double(Double)
        case text(String)
        case tuple([Key])

        init?(_ value: Value) {
            switch value {
            case .none: self = .none
            case .bool(let flag): self = .integer(flag ? 1 : 0)
            case .int(let integer): self = .integer(integer)
            case .double(let double):
                if let integer = Int(exactly: double) { self = .integer(integer) } else { self = .double(double) }
            case .date(let seconds): self = .double(seconds)
            case .string(let text), .markup(let text): self = .text(text)
            case .tuple(let items):
                let keys = items.compactMap { Key($0) }
                guard keys.count == items.count else { return nil }
                self = .tuple(keys)
            default: return nil
            }
        }

        // Swift compares strings by canonical equivalence; Python, and so a template, by code points.
        static func == (left: Key, right: Key) -> Bool {
            switch (left, right) {
            case (.none, .none): true
            case (.integer(let a), .integer(let b)): a == b
            case (.double(let a), .double(let b)): a == b
            case (.text(let a), .text(let b)): a.utf8Equals(b)
            case (.tuple(let a), .tuple(let b)): a == b
            default: false
            }
        }

        func hash(into hasher: inout Hasher) {
            switch self {
            case .none: hasher.combine(0)
            case .integer(let integer): hasher.combine(integer)
            case .double(let double): hasher.combine(double)
            case .text(let text):
                var text = text
                text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            case .tuple(let keys): hasher.combine(keys)
            }
        }
    }
}
