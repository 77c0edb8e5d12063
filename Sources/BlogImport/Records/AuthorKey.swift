/// By which key front matter names the author of a file: the file's stem, or in a file of several authors the author's own
/// key, which stands after a `#` in the path under which the author is remembered: `_data/authors.yml#ada`.
struct AuthorKey: Sendable, Hashable {
    /// The path of the file that is there.
    var file: String
    var text: String

    init(path: String) {
        guard let mark = path.lastIndex(of: "#"), Self.isData(path[..<mark])
        else {
            file = path
            text = FilePlace.stem(of: path)
            return
        }
        file = String(path[..<mark])
        text = String(path[path.index(after: mark)...])
    }

    static func path(_ file: String, key: String) -> String { "\(file)#\(key)" }

    private static func isData(_ path: Substring) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ["authors.yml", "authors.yaml", "authors.json", "authors.toml"].contains(name.lowercased())
    }
}
