import BlogConfiguration

/// A file that is data from end to end: YAML, or JSON or TOML by its ending.
enum DataFile {
    static func read(_ source: SourceText) throws(Diagnostic) -> [DataNode.Entry] {
        let path = source.path.lowercased()
        let root: DataNode? =
            if path.hasSuffix(".json") {
                try JSONReader.read(source)
            } else if path.hasSuffix(".toml") {
                try TOMLReader.read(source.text, of: source)
            } else {
                try YAMLReader.read(source.text, of: source)
            }
        guard let root, !root.isNull else { return [] }
        guard let entries = root.map else {
            throw source.diagnostic(at: root.place, "the file is \(root.summary), expected keys and values")
        }
        return entries
    }
}
