/// What filters and tests see beside their input.
struct FilterContext: Sendable {
    let kind: OutputKind
    let environment: RenderEnvironment

    var escapes: Bool { kind.escapesMarkup }

    /// What a loop goes through: elements, keys or characters.
    func elements(of value: Value) throws(Failure) -> [Value] {
        switch value {
        case .list(let items), .tuple(let items): return items
        case .dict(let dict): return dict.keys
        case .string(let text), .markup(let text):
            // Characters of markup are plain text, as in Python: one of them may be a "<".
            return text.unicodeScalars.map { .string(String(Character($0))) }
        case .lazy(let compute): return try elements(of: compute())
        case .undefined(let undefined):
            if undefined.isLenient { return [] }
            throw Failure(undefined)
        case .model(let model) where model.shape === Group.shape: return [model.value(0), model.value(1)]
        default: throw Failure("\(value.kindWithArticle) has no elements to go through")
        }
    }

    func attribute(_ symbol: Symbol, of owner: Value) throws(Failure) -> Value {
        switch owner {
        case .model(let model):
            guard let field = model.shape.index(of: symbol) else {
                return Undefined.value(.attribute(symbol.name, owner: owner))
            }
            return forced(model.value(field))
        case .dict(let dict):
            guard let value = dict[symbol.name] else { return Undefined.value(.attribute(symbol.name, owner: owner)) }
            return forced(value)
        case .undefined(let undefined): throw Failure(undefined)
        case .lazy(let compute): return try attribute(symbol, of: compute())
        default: return Undefined.value(.attribute(symbol.name, owner: owner))
        }
    }

    func item(_ key: Value, of owner: Value) throws(Failure) -> Value {
        if case .undefined(let undefined) = key { throw Failure(undefined) }
        switch owner {
        case .list(let items), .tuple(let items):
            guard let index = key.intValue else { return Undefined.value(.item(described(key), owner: owner)) }
            let position = index < 0 ? index + items.count : index
            guard items.indices.contains(position) else { return Undefined.value(.item(described(key), owner: owner)) }
            return forced(items[position])
        case .string(let text), .markup(let text):
            guard let index = key.intValue else { return Undefined.value(.item(described(key), owner: owner)) }
            let scalars = text.unicodeScalars
            let position = index < 0 ? index + scalars.count : index
            guard position >= 0,
                let place = scalars.index(scalars.startIndex, offsetBy: position, limitedBy: scalars.endIndex),
                place < scalars.endIndex
            else { return Undefined.value(.item(described(key), owner: owner)) }
            return owner.sameKind(String(Character(scalars[place])))
        case .dict(let dict):
            guard let value = dict[key] else { return Undefined.value(.item(described(key), owner: owner)) }
            return forced(value)
        case .model(let model) where model.shape === Group.shape && key.intValue != nil:
            return try item(key, of: .tuple([model.value(0), model.value(1)]))
        case .lazy(let compute): return try item(key, of: compute())
        case .undefined(let undefined): throw Failure(undefined)
        default:
            if let name = key.stringValue { return try attribute(Symbol(name), of: owner) }
            return Undefined.value(.item(described(key), owner: owner))
        }
    }

    /// `"a.b.0"`, as the parameter `attribute` of several filters has it.
    func attribute(path: Value, of owner: Value) throws(Failure) -> Value {
        guard let text = path.stringValue else { return try item(path, of: owner) }
        var value = owner
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            value = try item(Int(part).map { .int($0) } ?? .string(String(part)), of: value)
        }
        return value
    }

    func forced(_ value: Value) -> Value {
        guard case .lazy = value else { return value }
        var value = value
        while case .lazy(let compute) = value { value = compute() }
        return value
    }

    private func described(_ key: Value) -> String {
        if let text = key.stringValue { return "\"\(text)\"" }
        if let integer = key.intValue { return String(integer) }
        return key.kindWithArticle
    }

    /// A text not larger than a page may be.
    func checkSize(_ bytes: Int) throws(Failure) {
        if bytes > environment.limits.outputBytes {
            throw Failure("the text is larger than \(environment.limits.outputBytes) bytes")
        }
    }
}

/// What `groupby` makes: a pair that also has names.
struct Group: ViewModel {
    static let shape = Shape(
        "group",
        [
            .init("grouper", .text, "the value that the elements share"),
            .init("list", .list(.dictionary), "the elements"),
        ])

    let grouper: Value
    let list: [Value]

    func value(_ field: Int) -> Value { field == 0 ? grouper : .list(list) }
}
