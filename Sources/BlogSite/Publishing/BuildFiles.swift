/// The files that a build has so far: those that stay as the last build recorded them, and the others.
///
/// Most builds change few files of many. So a file that stays is a mark, not a copy of its record.
struct BuildFiles: Sendable {
    private let previous: ManifestFiles
    /// By place in `previous`.
    private var isKept: [Bool]
    private var keptCount = 0
    /// Files whose records differ from the previous ones, by path.
    private var changed: [String: Manifest.Entry] = [:]

    init(after previous: ManifestFiles) {
        self.previous = previous
        isKept = [Bool](repeating: false, count: previous.count)
    }

    /// How many files there are.
    var count: Int { keptCount + changed.count }

    func contains(_ path: String) -> Bool {
        changed[path] != nil || previous.place(of: path).map { isKept[$0] } ?? false
    }

    /// Takes a file as the last build recorded it.
    mutating func keep(_ place: Int) {
        if !isKept[place] { keptCount += 1 }
        isKept[place] = true
    }

    /// Takes a file; false when there is one of this path already.
    mutating func enter(_ path: String, _ entry: Manifest.Entry) -> Bool {
        if contains(path) { return false }
        changed[path] = entry
        return true
    }

    /// The paths that the last build had and this one does not, in the order of their bytes.
    var obsolete: [String] {
        isKept.indices.filter { !isKept[$0] }.map { String(decoding: previous.path(at: $0), as: UTF8.self) }
            .filter { changed[$0] == nil }
    }

    /// All files.
    var all: ManifestFiles { ManifestFiles(previous, keeping: isKept, changed: changed) }

    /// All files, and those of the last build that are no longer made.
    var allAndObsolete: ManifestFiles {
        ManifestFiles(previous, keeping: [Bool](repeating: true, count: previous.count), changed: changed)
    }
}
