import Yams

/// Reads one YAML document (JSON is YAML too) into a ``DataNode`` with places in the whole file.
///
/// Never expands an alias bomb: a document has at most 100,000 values, nested at most 100 deep.
package struct YAMLReader {
    private static let valueLimit = 100_000
    private static let depthLimit = 100

    private let source: SourceText
    private let lineOffset: Int
    private var valueCount = 0

    private init(source: SourceText, lineOffset: Int) {
        self.source = source
        self.lineOffset = lineOffset
    }

    /// The document in `yaml`, a part of `source` that starts after its first `lineOffset` lines; `nil` when there is
    /// nothing but space and comments.
    package static func read(
        _ yaml: String, of source: SourceText, lineOffset: Int = 0
    ) throws(Diagnostic) -> DataNode? {
        var reader = YAMLReader(source: source, lineOffset: lineOffset)
        let root: Node?
        do {
            // Without rules no scalar is resolved (`Resolver.default` runs seven regular expressions over each):
            // DataNode decides itself what a plain scalar means.
            root = try compose(yaml: yaml, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw reader.diagnostic(for: error, in: yaml)
        } catch {
            throw Diagnostic(path: source.path, message: "the YAML cannot be read: \(error)")
        }
        guard let root else { return nil }
        return try reader.convert(root, depth: 0)
    }

    private mutating func convert(_ node: Node, depth: Int) throws(Diagnostic) -> DataNode {
        let place = place(of: node.mark)
        valueCount += 1
        guard valueCount <= Self.valueLimit else {
            throw source.diagnostic(at: place, "more than \(Self.valueLimit) values in one document")
        }
        guard depth <= Self.depthLimit else {
            throw source.diagnostic(at: place, "values nested more than \(Self.depthLimit) deep")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain && scalar.tag.rawValue != Tag.Name.str.rawValue
            return DataNode(.scalar(scalar.string, isPlain: isPlain), at: place)
        case .sequence(let sequence):
            var items: [DataNode] = []
            for item in sequence {
                items.append(try convert(item, depth: depth + 1))
            }
            return DataNode(.list(items), at: place)
        case .mapping(let mapping):
            return DataNode(.map(try entries(of: mapping, depth: depth)), at: place)
        case .alias(let alias):
            throw source.diagnostic(at: self.place(of: alias.mark), "an alias to nothing")
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) throws(Diagnostic) -> [DataNode.Entry] {
        var entries: [DataNode.Entry] = []
        var merged: [DataNode.Entry] = []
        for (key, value) in mapping {
            let keyPlace = place(of: key.mark)
            guard case .scalar(let scalar) = key else {
                throw source.diagnostic(at: keyPlace, "a list or map as a key, expected text")
            }
            let value = try convert(value, depth: depth + 1)
            // `<<: *defaults` (https://yaml.org/type/merge.html): the mapping's own keys win, then the first given.
            if scalar.string == "<<", scalar.style == .plain {
                merged += (value.list ?? [value]).flatMap { $0.map ?? [] }
            } else {
                entries.append(DataNode.Entry(key: scalar.string, keyPlace: keyPlace, value: value))
            }
        }
        guard !merged.isEmpty else { return entries }
        var known = Set(entries.map(\.key))
        return entries + merged.filter { known.insert($0.key).inserted }
    }

    private func place(of mark: Mark?) -> Place {
        Place(line: (mark?.line ?? 1) + lineOffset, column: mark?.column ?? 1)
    }

    private func diagnostic(for error: YamlError, in yaml: String) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let context = context.map { "\($0.text), " } ?? ""
            return source.diagnostic(
                at: place(of: mark), "invalid YAML: \(context)\(problem)", suggestion: hint(problem))
        case .reader(let problem, let offset, _, _):
            let before = yaml.prefix(offset ?? 0)
            let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
            let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
            return source.diagnostic(
                at: Place(line: line + lineOffset, column: column), "invalid YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            return source.diagnostic(at: secondPlace(of: key, after: context.mark), "the key \"\(key)\" twice")
        default:
            return Diagnostic(path: source.path, message: "the YAML cannot be read: \(error)")
        }
    }

    /// Yams names the first of two equal keys; the second is the one to mend.
    private func secondPlace(of key: String, after mark: Mark) -> Place {
        var line = place(of: mark).line + 1
        while let text = source.line(line) {
            let rest = text.unicodeScalars.dropFirst(mark.column - 1)
            let start = String(String.UnicodeScalarView(rest)).drop { "\"'".contains($0) }
            if start.hasPrefix(key), start.dropFirst(key.count).contains(":") {
                return Place(line: line, column: mark.column)
            }
            line += 1
        }
        return place(of: mark)
    }

    private func hint(_ problem: String) -> String? {
        switch problem {
        case "mapping values are not allowed in this context":
            "a text with a colon needs quotes"
        case "found character that cannot start any token":
            "indent with spaces, and quote a text that starts with @, ` or %"
        case "did not find expected key", "did not find expected <block mapping start>":
            "check the indentation and the quotes of the line and the one before it"
        default: nil
        }
    }
}
