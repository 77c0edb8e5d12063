/// Reads the keys of one mapping of blog.yml, collects what is wrong with them, and in the end names every key that
/// nobody asked for.
struct SectionReader {
    private let source: SourceText
    /// The keys above this mapping, for messages: `comments`.
    private let name: String
    private let entries: [DataNode.Entry]
    private var asked: [String] = []
    private(set) var problems: [Diagnostic] = []

    /// `node` is nil for a file or section with nothing in it: all its keys keep their defaults.
    init(_ node: DataNode?, name: String = "", source: SourceText) {
        self.source = source
        self.name = name
        switch node {
        case .some(let node) where node.map == nil && !node.isNull:
            entries = []
            let what = name.isEmpty ? "blog.yml" : "\"\(name)\""
            problems.append(source.diagnostic(at: node.place, "\(what) is \(node.summary), expected keys and values"))
        default:
            entries = node?.map ?? []
        }
    }

    /// Sets `target` from a key, if the key is there and `read` accepts its value; null keeps the default.
    mutating func read<Value>(
        _ key: String, into target: inout Value, expecting expected: String, _ read: (DataNode) -> Value?
    ) {
        guard let node = take(key), !node.isNull else { return }
        if let value = read(node) {
            target = value
        } else {
            refuse(node, key, "is \(node.summary), expected \(expected)")
        }
    }

    mutating func text(_ key: String, into target: inout String) {
        read(key, into: &target, expecting: "text", \.text)
    }

    mutating func bool(_ key: String, into target: inout Bool) {
        read(key, into: &target, expecting: "true or false", \.bool)
    }

    mutating func int(_ key: String, into target: inout Int, in range: ClosedRange<Int>) {
        read(key, into: &target, expecting: "a number from \(range.lowerBound) to \(range.upperBound)") { node in
            node.int.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, into target: inout Choice)
    where Choice.RawValue == String {
        guard let node = take(key), !node.isNull else { return }
        if let choice = node.text.flatMap(Choice.init(rawValue:)) {
            target = choice
        } else {
            let names = Choice.allCases.map(\.rawValue)
            refuse(
                node, key, "is \(node.summary), expected \(names.joined(separator: " or "))",
                suggestion: Self.didYouMean(node.text, names))
        }
    }

    /// Reads a mapping below a key.
    mutating func section(_ key: String, _ read: (inout SectionReader) -> Void) {
        var section = SectionReader(take(key), name: qualified(key), source: source)
        read(&section)
        problems += section.finish()
    }

    /// Reads each mapping of a list below a key; an absent key calls `read` never and returns false.
    mutating func sections(_ key: String, _ read: (inout SectionReader) -> Void) -> Bool {
        guard let node = take(key), !node.isNull else { return false }
        guard let items = node.list else {
            refuse(node, key, "is \(node.summary), expected a list")
            return true
        }
        for item in items {
            var section = SectionReader(item, name: qualified(key), source: source)
            if item.map != nil { read(&section) }
            if item.isNull { section.problems.append(source.diagnostic(at: item.place, "an empty item")) }
            problems += section.finish()
        }
        return true
    }

    /// A message at the value of a key.
    mutating func refuse(_ node: DataNode, _ key: String, _ message: String, suggestion: String? = nil) {
        problems.append(source.diagnostic(at: node.place, "\"\(qualified(key))\" \(message)", suggestion: suggestion))
    }

    /// A message for a key that must be there and is not, at the section's first key.
    mutating func requireKey(_ key: String) {
        guard !entries.contains(where: { $0.key == key && !$0.value.isNull }), let first = entries.first else { return }
        problems.append(source.diagnostic(at: first.keyPlace, "an item of \"\(name)\" without \"\(key)\""))
    }

    /// The value of a key, for checks that need its place.
    mutating func take(_ key: String) -> DataNode? {
        asked.append(key)
        return entries.first { $0.key == key }?.value
    }

    /// All problems of this section, with those of unknown keys.
    mutating func finish() -> [Diagnostic] {
        for entry in entries where !asked.contains(entry.key) {
            problems.append(
                source.diagnostic(
                    at: entry.keyPlace, "unknown key \"\(qualified(entry.key))\"",
                    suggestion: Self.didYouMean(entry.key, asked)
                        ?? "known here: \(asked.sorted().joined(separator: ", "))"))
        }
        return problems
    }

    private func qualified(_ key: String) -> String {
        name.isEmpty ? key : "\(name).\(key)"
    }

    private static func didYouMean(_ word: String?, _ candidates: [String]) -> String? {
        word.flatMap { nearest(to: $0, among: candidates) }.map { "did you mean \"\($0)\"?" }
    }
}
