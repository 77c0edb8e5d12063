import BlogConfiguration

/// A file that is data from end to end: YAML, or JSON by its ending.
enum DataFile {
    static func read(_ source: SourceText) throws(Diagnostic) -> [DataNode.Entry] {
        let root =
            source.path.lowercased().hasSuffix(".json")
            ? try JSONReader.read(source) : try YAMLReader.read(source.text, of: source)
        guard let root, !root.isNull else { return [] }
        guard let entries = root.map else {
            throw source.diagnostic(at: root.place, "the file is \(root.summary), expected keys and values")
        }
        return entries
    }
}
