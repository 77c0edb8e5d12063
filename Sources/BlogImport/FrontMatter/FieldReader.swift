import BlogConfiguration
import Foundation

/// Takes typed values out of a set of keys, remembers which keys were taken, and turns a wrong value into a message with
/// its place. What is left over is the record's `extra`.
struct FieldReader {
    let source: SourceText
    let timeZone: TimeZone
    private let entries: [DataNode.Entry]
    private let lowercasedKeys: [String]
    private var taken: Set<Int> = []

    init(_ entries: [DataNode.Entry], of source: SourceText, timeZone: TimeZone) {
        self.source = source
        self.timeZone = timeZone
        self.entries = entries
        lowercasedKeys = entries.map { $0.key.lowercased() }
    }

    /// The first of `names` that is there with a value. All spellings present count as taken: the second of
    /// `description` and `excerpt` is no `extra`.
    mutating func entry(_ names: String...) -> DataNode.Entry? {
        var found: DataNode.Entry?
        for name in names {
            for (index, key) in lowercasedKeys.enumerated() where key == name {
                taken.insert(index)
                if found == nil, !entries[index].value.isNull { found = entries[index] }
            }
        }
        return found
    }

    /// The text of an entry; numbers and booleans are text as written.
    func text(_ entry: DataNode.Entry) throws(Diagnostic) -> String {
        guard let text = entry.value.text else { throw wrong(entry, expected: "text") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func date(_ entry: DataNode.Entry) throws(Diagnostic) -> Date {
        guard let text = entry.value.text else { throw wrong(entry, expected: "a date") }
        do {
            return try SourceDate.read(text, in: timeZone)
        } catch {
            throw source.diagnostic(at: entry.value.place, "\"\(entry.key)\": \(error.message)")
        }
    }

    func bool(_ entry: DataNode.Entry) throws(Diagnostic) -> Bool {
        guard let bool = entry.value.bool else { throw wrong(entry, expected: "true or false") }
        return bool
    }

    func int(_ entry: DataNode.Entry) throws(Diagnostic) -> Int {
        guard let int = entry.value.int else { throw wrong(entry, expected: "a whole number") }
        return int
    }

    func path(_ entry: DataNode.Entry) throws(Diagnostic) -> SitePath {
        try path(entry.value, key: entry.key)
    }

    func path(_ node: DataNode, key: String) throws(Diagnostic) -> SitePath {
        guard let text = node.text else {
            throw source.diagnostic(
                at: node.place, "\"\(key)\" is \(node.summary), expected a path such as /old/place/")
        }
        do {
            return try SitePath(text)
        } catch {
            throw source.diagnostic(at: node.place, "\"\(key)\": \(error.message)")
        }
    }

    /// The items of a list, or the one value as a list of its own; null items are left out.
    func items(_ entry: DataNode.Entry) -> [DataNode] {
        (entry.value.list ?? [entry.value]).filter { !$0.isNull }
    }

    func wrong(_ entry: DataNode.Entry, expected: String) -> Diagnostic {
        source.diagnostic(at: entry.value.place, "\"\(entry.key)\" is \(entry.value.summary), expected \(expected)")
    }

    /// All keys that nobody took, as JSON; `nil` when there are none.
    var extra: String? {
        let rest = entries.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
        return rest.isEmpty ? nil : DataNode.json(of: rest)
    }
}
