/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) into a ``DataNode`` with places in the whole file.
///
/// Written here because a value must know its line and its spelling: front matter refuses `date = 2017-02-29` at its
/// place, and reads dates itself. Keys keep the order of the file.
///
/// ```swift
/// let root = try TOMLReader.read("tags = [\"swift\"]", of: source)
/// root["tags"]?.list?.first?.place   // line 1, column 9
/// ```
package struct TOMLReader {
    static let depthLimit = 100

    let source: SourceText
    let lineOffset: Int
    let bytes: [UInt8]
    var index = 0
    private var counted = (index: 0, place: Place(line: 1, column: 1))
    private var tables = [Table(origin: .header)]

    /// How a table came to be decides who may add to it.
    private enum Origin {
        /// On the way to another: `[a.b]` makes `a`.
        case implicit
        /// By its own `[a]`.
        case header
        /// By a dotted key in the table with this index.
        case dotted(in: Int)
    }

    private enum Child {
        case value(DataNode)
        case table(Int)
        case tables([Int])
    }

    private struct Table {
        var origin: Origin
        var place = Place(line: 1, column: 1)
        var keys: [(key: String, place: Place)] = []
        var children: [String: Child] = [:]
    }

    struct Key {
        var text: String
        var place: Place
    }

    private init(_ toml: String, of source: SourceText, lineOffset: Int) {
        self.source = source
        self.lineOffset = lineOffset
        bytes = Array(toml.utf8)
    }

    /// The document in `toml`, a part of `source` that starts after its first `lineOffset` lines.
    package static func read(
        _ toml: String, of source: SourceText, lineOffset: Int = 0
    ) throws(Diagnostic) -> DataNode {
        var reader = TOMLReader(toml, of: source, lineOffset: lineOffset)
        var current = 0
        while true {
            reader.skipBlank(newlines: true)
            guard let byte = reader.peek() else { break }
            if byte == UInt8(ascii: "[") {
                current = try reader.header()
            } else {
                try reader.pair(into: current)
            }
            try reader.endLine()
        }
        return reader.node(0, isRoot: true)
    }

    // MARK: Structure

    /// `[a.b]` or `[[a.b]]`: the table that the following pairs go into.
    private mutating func header() throws(Diagnostic) -> Int {
        index += 1
        let isArray = peek() == UInt8(ascii: "[")
        if isArray { index += 1 }
        skipBlank()
        let path = try dottedKey()
        guard skip("]"), !isArray || peek() == UInt8(ascii: "]") else {
            throw fault("expected \"\(isArray ? "]]" : "]")\" after the table's name")
        }
        if isArray { index += 1 }
        var table = 0
        for key in path.dropLast() { table = try step(into: key, from: table) }
        let key = path[path.count - 1]
        if isArray { return try appendTable(key, to: table) }
        switch tables[table].children[key.text] {
        case nil: return add(Table(origin: .header, place: key.place), under: key, to: table)
        case .table(let known):
            guard case .implicit = tables[known].origin else { throw twice(key) }
            tables[known].origin = .header
            return known
        default: throw twice(key)
        }
    }

    private mutating func step(into key: Key, from table: Int) throws(Diagnostic) -> Int {
        switch tables[table].children[key.text] {
        case nil: return add(Table(origin: .implicit, place: key.place), under: key, to: table)
        case .table(let known): return known
        case .tables(let known): return known[known.count - 1]
        case .value: throw twice(key)
        }
    }

    private mutating func appendTable(_ key: Key, to table: Int) throws(Diagnostic) -> Int {
        tables.append(Table(origin: .header, place: key.place))
        let new = tables.count - 1
        switch tables[table].children[key.text] {
        case nil:
            tables[table].keys.append((key.text, key.place))
            tables[table].children[key.text] = .tables([new])
        case .tables(let known): tables[table].children[key.text] = .tables(known + [new])
        default: throw twice(key)
        }
        return new
    }

    /// `a.b = value` into a table. Dotted keys make tables that only the same section may add to.
    private mutating func pair(into section: Int) throws(Diagnostic) {
        let path = try dottedKey()
        var table = section
        for key in path.dropLast() {
            switch tables[table].children[key.text] {
            case nil:
                table = add(Table(origin: .dotted(in: section), place: key.place), under: key, to: table)
            case .table(let known):
                guard case .dotted(in: section) = tables[known].origin else { throw twice(key) }
                table = known
            default: throw twice(key)
            }
        }
        let key = path[path.count - 1]
        guard tables[table].children[key.text] == nil else { throw twice(key) }
        guard skip("=") else { throw fault("expected \"=\" after the key \"\(key.text)\"") }
        skipBlank()
        let value = try value(depth: path.count)
        tables[table].keys.append((key.text, key.place))
        tables[table].children[key.text] = .value(value)
    }

    private mutating func add(_ new: Table, under key: Key, to table: Int) -> Int {
        tables.append(new)
        tables[table].keys.append((key.text, key.place))
        tables[table].children[key.text] = .table(tables.count - 1)
        return tables.count - 1
    }

    private func node(_ table: Int, isRoot: Bool = false) -> DataNode {
        let entries = tables[table].keys.compactMap { key, place -> DataNode.Entry? in
            guard let child = tables[table].children[key] else { return nil }
            let value =
                switch child {
                case .value(let node): node
                case .table(let table): node(table)
                case .tables(let list): DataNode(.list(list.map { node($0) }), at: place)
                }
            return DataNode.Entry(key: key, keyPlace: place, value: value)
        }
        let place = isRoot ? Place(line: lineOffset + 1, column: 1) : tables[table].place
        return DataNode(.map(entries), at: place)
    }

    private mutating func twice(_ key: Key) -> Diagnostic {
        source.diagnostic(at: key.place, "the key \"\(key.text)\" twice")
    }

    // MARK: Keys

    mutating func dottedKey() throws(Diagnostic) -> [Key] {
        var path: [Key] = []
        repeat {
            skipBlank()
            let place = place(of: index)
            let text: String
            switch peek() {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard !isTripled else { throw fault("a key of several lines") }
                text = try string()
            default:
                let start = index
                while let byte = peek(), Self.isBare(byte) { index += 1 }
                guard index > start else { throw fault("expected a key") }
                text = String(decoding: bytes[start..<index], as: UTF8.self)
            }
            path.append(Key(text: text, place: place))
            skipBlank()
            guard path.count <= Self.depthLimit else { throw fault("keys nested more than \(Self.depthLimit) deep") }
        } while skip(".")
        return path
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    // MARK: Bytes

    func peek(_ offset: Int = 0) -> UInt8? {
        index + offset < bytes.count ? bytes[index + offset] : nil
    }

    /// Skips spaces and, with `newlines`, line breaks and comments.
    mutating func skipBlank(newlines: Bool = false) {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09: index += 1
            case 0x0A where newlines: index += 1
            case UInt8(ascii: "#") where newlines:
                while let byte = peek(), byte != 0x0A { index += 1 }
            default: return
            }
        }
    }

    /// Skips spaces and this character.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipBlank()
        guard peek() == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func endLine() throws(Diagnostic) {
        skipBlank()
        if peek() == UInt8(ascii: "#") {
            while let byte = peek(), byte != 0x0A { index += 1 }
        }
        guard peek() == nil || peek() == 0x0A else { throw fault("expected the end of the line") }
    }

    /// Counts on from the last place asked for.
    mutating func place(of index: Int) -> Place {
        if index < counted.index { counted = (0, Place(line: 1, column: 1)) }
        for byte in bytes[counted.index..<index] {
            if byte == 0x0A {
                counted.place = Place(line: counted.place.line + 1, column: 1)
            } else if byte & 0xC0 != 0x80 {
                counted.place.column += 1
            }
        }
        counted.index = index
        return Place(line: counted.place.line + lineOffset, column: counted.place.column)
    }

    mutating func fault(_ message: String, at offset: Int? = nil) -> Diagnostic {
        source.diagnostic(at: place(of: min(offset ?? index, bytes.count)), "invalid TOML: \(message)")
    }
}
