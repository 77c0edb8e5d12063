extension Filter {
    /// Filters that take a list or a dict.
    static let sequences: [String: Filter] = [
        "default": Filter(["default_value", "boolean"], acceptsUndefined: true) {
            (input, arguments, _) throws(Failure) in
            let standard = arguments.values[0] ?? .string("")
            if input.isUndefined { return standard }
            if try arguments.flag(1, default: false), try !input.isTrue() { return standard }
            return input
        },
        "attr": Filter(["name"], required: 1) { (input, arguments, context) throws(Failure) in
            let name = try arguments.text(0, "the name", default: "")
            // As Python's getattr, which does not see a dict's items.
            if case .dict = input { return Undefined.value(.attribute(name, owner: input)) }
            return try context.attribute(Symbol(name), of: input)
        },
        "length": Filter { (input, _, context) throws(Failure) in
            switch input {
            case .string(let text), .markup(let text): .int(text.scalarCount)
            default: .int(try context.elements(of: input).count)
            }
        },
        "list": Filter { (input, _, context) throws(Failure) in .list(try context.elements(of: input)) },
        "first": Filter { (input, _, context) throws(Failure) in
            let first = try context.elements(of: input).first
            return first.map(context.forced)
                ?? Undefined.value(.noItem("the sequence is empty: there is no first element"))
        },
        "last": Filter { (input, _, context) throws(Failure) in
            let last = try context.elements(of: input).last
            return last.map(context.forced)
                ?? Undefined.value(.noItem("the sequence is empty: there is no last element"))
        },
        "reverse": Filter { (input, _, context) throws(Failure) in
            if let text = input.stringValue { return input.sameKind(String(scalars: text.unicodeScalars.reversed())) }
            return .list(try context.elements(of: input).reversed())
        },
        "join": Filter(["d", "attribute"], join),
        "batch": Filter(["linecount", "fill_with"], required: 1) { (input, arguments, context) throws(Failure) in
            let size = try arguments.integer(0, "the size of a batch", default: 1)
            let filling = try arguments.given(1) ?? .none
            var batches: [[Value]] = []
            for item in try context.elements(of: input) {
                // Jinja2 compares for equality: 0 closes an empty batch before the first element, and then none.
                if batches.isEmpty { batches.append([]) }
                if batches[batches.count - 1].count == size { batches.append([]) }
                batches[batches.count - 1].append(item)
            }
            if !filling.isAbsent, let last = batches.last, last.count < size {
                try context.checkSize(size)
                batches[batches.count - 1] += Array(repeating: filling, count: size - last.count)
            }
            return .list(batches.map { .list($0) })
        },
        "slice": Filter(["slices", "fill_with"], required: 1) { (input, arguments, context) throws(Failure) in
            let count = try arguments.integer(0, "the number of slices", default: 1)
            let filling = try arguments.given(1) ?? .none
            let items = try context.elements(of: input)
            guard count != 0 else { throw Failure("the number of slices cannot be 0") }
            guard count > 0 else { return .list([]) }
            try context.checkSize(count)
            var slices: [Value] = []
            var start = 0
            for index in 0..<count {
                let hasExtra = index < items.count % count
                let end = start + items.count / count + (hasExtra ? 1 : 0)
                var slice = Array(items[start..<end])
                if !filling.isAbsent, !hasExtra { slice.append(filling) }
                slices.append(.list(slice))
                start = end
            }
            return .list(slices)
        },
        "sort": Filter(["reverse", "case_sensitive", "attribute"]) { (input, arguments, context) throws(Failure) in
            let order = Ordering(
                attributes: try Ordering.attributes(try arguments.given(2)),
                caseSensitive: try arguments.flag(1, default: false))
            let reverse = try arguments.flag(0, default: false)
            return .list(try order.sorted(try context.elements(of: input), reverse: reverse, context))
        },
        "dictsort": Filter(["case_sensitive", "by", "reverse"]) { (input, arguments, context) throws(Failure) in
            guard case .dict(let dict) = input else {
                throw Failure("dictsort needs a dict, not \(input.kindWithArticle)")
            }
            let by = try arguments.text(1, "the parameter by", default: "key")
            guard by == "key" || by == "value" else { throw Failure("dictsort sorts by \"key\" or \"value\"") }
            let order = Ordering(
                attributes: [.int(by == "key" ? 0 : 1)], caseSensitive: try arguments.flag(0, default: false))
            let pairs: [Value] = zip(dict.keys, dict.values).map { .tuple([$0, $1]) }
            return .list(try order.sorted(pairs, reverse: try arguments.flag(2, default: false), context))
        },
        "min": extreme(isMaximum: false),
        "max": extreme(isMaximum: true),
        "unique": Filter(["case_sensitive", "attribute"]) { (input, arguments, context) throws(Failure) in
            let order = Ordering(
                attribute: try arguments.given(1), caseSensitive: try arguments.flag(0, default: false))
            var seen: Set<Value.Key> = []
            var kept: [Value] = []
            for item in try context.elements(of: input) {
                let key = try order.key(of: item, context)[0]
                guard let hashed = Value.Key(key) else {
                    if case .undefined(let undefined) = key { throw Failure(undefined) }
                    throw Failure("unique cannot tell apart \(key.kindWithArticle)s")
                }
                if seen.insert(hashed).inserted { kept.append(item) }
            }
            return .list(kept)
        },
        "groupby": Filter(["attribute", "default", "case_sensitive"], required: 1, groupby),
        "map": Filter(.open(names: (0, false)), map),
        "select": Filter(.open(names: (0, true))) { (input, arguments, context) throws(Failure) in
            try selected(input, arguments, context, keeping: true, byAttribute: false)
        },
        "reject": Filter(.open(names: (0, true))) { (input, arguments, context) throws(Failure) in
            try selected(input, arguments, context, keeping: false, byAttribute: false)
        },
        "selectattr": Filter(.open(names: (1, true))) { (input, arguments, context) throws(Failure) in
            try selected(input, arguments, context, keeping: true, byAttribute: true)
        },
        "rejectattr": Filter(.open(names: (1, true))) { (input, arguments, context) throws(Failure) in
            try selected(input, arguments, context, keeping: false, byAttribute: true)
        },
    ]

    @Sendable private static func join(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        let separator = try arguments.given(0) ?? .string("")
        let attribute = try arguments.given(1) ?? .none
        var items = try context.elements(of: input)
        if !attribute.isAbsent {
            for index in items.indices { items[index] = try context.attribute(path: attribute, of: items[index]) }
        }
        let isMarkup = context.escapes && (separator.isMarkup || items.contains { $0.isMarkup })
        func piece(_ value: Value) throws(Failure) -> String {
            let text = try value.printed()
            return isMarkup && !value.isMarkup ? Escaping.html(text) : text
        }
        let between = try piece(separator)
        var text = ""
        for (index, item) in items.enumerated() {
            if index > 0 { text += between }
            text += try piece(context.forced(item))
            try context.checkSize(text.utf8.count)
        }
        return isMarkup ? .markup(text) : .string(text)
    }

    private static func extreme(isMaximum: Bool) -> Filter {
        Filter(["case_sensitive", "attribute"]) { (input, arguments, context) throws(Failure) in
            let order = Ordering(
                attribute: try arguments.given(1), caseSensitive: try arguments.flag(0, default: false))
            var best: (item: Value, key: Value)?
            for item in try context.elements(of: input) {
                let key = try order.key(of: item, context)[0]
                guard let current = best else {
                    best = (item, key)
                    continue
                }
                let comparison = try key.compare(current.key)
                if isMaximum ? comparison == 1 : comparison < 0 { best = (item, key) }
            }
            return best?.item ?? Undefined.value(.noItem("the sequence is empty: there is nothing to choose from"))
        }
    }

    @Sendable private static func groupby(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        var order = Ordering(attribute: arguments.values[0], caseSensitive: try arguments.flag(2, default: false))
        order.standard = arguments.values[1]
        let items = try order.sorted(try context.elements(of: input), reverse: false, context)
        var groups: [(key: Value, items: [Value])] = []
        for item in items {
            let key = try order.key(of: item, context)[0]
            if let last = groups.last, try last.key.equals(key) {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((key, [item]))
            }
        }
        order.caseSensitive = true
        var result: [Value] = []
        for group in groups {
            result.append(.object(Group(grouper: try order.key(of: group.items[0], context)[0], list: group.items)))
        }
        return .list(result)
    }

    @Sendable private static func map(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        let items = try context.elements(of: input)
        var result: [Value] = []
        if arguments.extra.isEmpty {
            guard let attribute = arguments.named.first(where: { $0.name == "attribute" })?.value else {
                throw Failure("map needs a filter's name or attribute=")
            }
            if let other = arguments.named.first(where: { $0.name != "attribute" && $0.name != "default" }) {
                throw Failure("map has no parameter \"\(other.name)\"")
            }
            var order = Ordering(attribute: attribute, caseSensitive: true)
            order.standard = arguments.named.first { $0.name == "default" }?.value
            for item in items { result.append(try order.key(of: item, context)[0]) }
            return .list(result)
        }
        let name = arguments.extra[0].stringValue ?? ""
        guard let filter = Filter.all[name] else {
            var failure = Failure("unknown filter \"\(name)\"")
            failure.wanted = name
            failure.known = Filter.all.keys.sorted()
            throw failure
        }
        let inner = try filter.signature.bind(arguments, from: 1, of: "filter \"\(name)\"")
        for item in items {
            if case .undefined(let undefined) = item, !filter.acceptsUndefined { throw Failure(undefined) }
            result.append(try filter.apply(context.forced(item), inner, context))
        }
        return .list(result)
    }

    private static func selected(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext, keeping: Bool, byAttribute: Bool
    ) throws(Failure) -> Value {
        let first = byAttribute ? 1 : 0
        guard arguments.extra.count >= first else { throw Failure("the attribute's name is missing") }
        var test: (test: Test, arguments: FilterArguments)?
        if arguments.extra.count > first {
            let name = arguments.extra[first].stringValue ?? ""
            guard let found = Test.all[name] else {
                var failure = Failure("unknown test \"\(name)\"")
                failure.wanted = name
                failure.known = Test.all.keys.sorted()
                throw failure
            }
            test = (found, try found.signature.bind(arguments, from: first + 1, of: "test \"\(name)\""))
        }
        var kept: [Value] = []
        for item in try context.elements(of: input) {
            let value = byAttribute ? try context.attribute(path: arguments.extra[0], of: item) : context.forced(item)
            let passes: Bool
            if let test {
                passes = try test.test.apply(value, test.arguments, context)
            } else {
                passes = try value.isTrue()
            }
            if passes == keeping { kept.append(item) }
        }
        return .list(kept)
    }
}

extension Signature {
    /// Arguments of a filter or test that another filter names, bound while rendering.
    func bind(_ arguments: FilterArguments, from first: Int, of what: String) throws(Failure) -> FilterArguments {
        var bound = FilterArguments(values: [Value?](repeating: nil, count: parameters.count))
        for (index, value) in arguments.extra.dropFirst(first).enumerated() {
            if index < parameters.count {
                bound.values[index] = value
            } else if isOpen {
                bound.extra.append(value)
            } else {
                throw Failure("\(what) takes at most \(described)")
            }
        }
        for (name, value) in arguments.named {
            if let index = parameters.firstIndex(of: name) {
                bound.values[index] = value
            } else if isOpen {
                bound.named.append((name, value))
            } else {
                throw Failure("\(what) has no parameter \"\(name)\"")
            }
        }
        for index in 0..<required where bound.values[index] == nil {
            throw Failure("\(what) needs the argument \"\(parameters[index])\"")
        }
        return bound
    }
}

/// How `sort`, `unique`, `min`, `max` and `groupby` compare elements: by attributes, texts without regard to case.
struct Ordering {
    var attributes: [Value]
    var caseSensitive: Bool
    /// Instead of an attribute that is missing.
    var standard: Value?

    init(attributes: [Value], caseSensitive: Bool) {
        self.attributes = attributes
        self.caseSensitive = caseSensitive
    }

    init(attribute: Value?, caseSensitive: Bool) {
        if let attribute, !attribute.isAbsent { attributes = [attribute] } else { attributes = [] }
        self.caseSensitive = caseSensitive
    }

    /// `"age,name"` is two attributes.
    static func attributes(_ given: Value?) throws(Failure) -> [Value] {
        guard let given, !given.isAbsent else { return [] }
        guard let text = given.stringValue else { return [given] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map { .string(String($0)) }
    }

    func key(of item: Value, _ context: FilterContext) throws(Failure) -> [Value] {
        var key: [Value] = []
        if attributes.isEmpty { key = [context.forced(item)] }
        for attribute in attributes {
            var value = item
            do throws(Failure) {
                value = try context.attribute(path: attribute, of: item)
            } catch {
                // A default stands in for every missing step of the path, and so for what hangs on it.
                guard standard != nil else { throw error }
                value = Undefined.value(.noItem(error.message))
            }
            if let standard, value.isUndefined { value = standard }
            key.append(value)
        }
        if !caseSensitive {
            for index in key.indices {
                if let text = key[index].stringValue { key[index] = .string(PythonText.lowercased(text)) }
            }
        }
        return key
    }

    /// Stable, also in reverse.
    func sorted(_ items: [Value], reverse: Bool, _ context: FilterContext) throws(Failure) -> [Value] {
        var keyed: [(key: [Value], item: Value)] = []
        for item in items { keyed.append((try key(of: item, context), item)) }
        do {
            return try keyed.sorted { left, right in
                try Self.precedes(reverse ? right.key : left.key, reverse ? left.key : right.key)
            }.map(\.item)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("\(error)")
        }
    }

    private static func precedes(_ left: [Value], _ right: [Value]) throws(Failure) -> Bool {
        for (a, b) in zip(left, right) where try !a.equals(b) { return try a.compare(b) < 0 }
        return false
    }
}
