/// The files that a build has so far: those that stay as the last build recorded them, and the others.
///
/// Most builds change few files of many. So a file that stays is a mark, not a copy of its record. Each file has a number:
/// its place in the last record, or else, behind all of those, its place among the changed ones.
struct BuildFiles: Sendable {
    private let previous: ManifestFiles
    /// By place in `previous`.
    private var isKept: [Bool]
    private var keptCount = 0
    /// Files whose records may differ from the previous ones, and those records.
    private var changed = PathTable()
    private var entries: [Manifest.Entry] = []

    init(after previous: ManifestFiles) {
        self.previous = previous
        isKept = [Bool](repeating: false, count: previous.count)
    }

    /// How many files there are.
    var count: Int { keptCount + changed.count }

    func contains(_ path: String) -> Bool { changed.place(of: path) != nil || isKept(path) }

    private func isKept(_ path: String) -> Bool { previous.place(of: path).map { isKept[$0] } ?? false }

    /// Takes a file as the last build recorded it.
    mutating func keep(_ place: Int) {
        if !isKept[place] { keptCount += 1 }
        isKept[place] = true
    }

    /// Takes a file and gives its number; nil when there is one of this path already.
    mutating func enter(_ path: String, _ entry: Manifest.Entry) -> Int? {
        if isKept(path) { return nil }
        let (place, isNew) = changed.insert(path)
        guard isNew else { return nil }
        entries.append(entry)
        return previous.count + place
    }

    /// The paths that the last build had and this one does not, in the order of their bytes.
    var obsolete: [String] {
        isKept.indices.filter { !isKept[$0] }.map { String(decoding: previous.path(at: $0), as: UTF8.self) }
            .filter { changed.place(of: $0) == nil }
    }

    /// Whether the records are those of the last build.
    var areThePrevious: Bool {
        count == previous.count
            && entries.indices.allSatisfy { place in
                previous.place(of: changed.string(at: place)).map { previous[$0] } == entries[place]
            }
    }

    // MARK: By number

    /// The numbers of all files in the order of their paths' bytes.
    ///
    /// - Parameter withObsolete: also of those of the last build that are no longer made.
    func numbers(withObsolete: Bool = false) -> [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(withObsolete ? previous.count + changed.count : count)
        func addKept(_ places: Range<Int>) {
            for place in places where withObsolete || isKept[place] { numbers.append(place) }
        }
        var next = 0
        for place in changed.sorted {
            let (position, isThere) = previous.position(of: changed.string(at: place))
            addKept(next..<position)
            numbers.append(previous.count + place)
            next = isThere ? position + 1 : position
        }
        addKept(next..<previous.count)
        return numbers
    }

    /// The numbers of the files below a folder, which ends with a slash, in the order of their paths' bytes.
    func numbers(in folder: String) -> [Int] { numbers().filter { path($0).starts(with: folder.utf8) } }

    /// The UTF-8 of a file's path.
    func path(_ number: Int) -> ArraySlice<UInt8> {
        number < previous.count ? previous.path(at: number) : changed[number - previous.count]
    }

    /// The hash of a file's bytes.
    func content(_ number: Int) -> ContentHash {
        number < previous.count ? previous.content(at: number) : entries[number - previous.count].content
    }

    /// Appends a file's line of the manifest.
    func appendLine(_ number: Int, to bytes: inout [UInt8]) {
        if number < previous.count {
            bytes.append(contentsOf: previous.line(at: number))
        } else {
            ManifestFiles.append(entries[number - previous.count], changed[number - previous.count], to: &bytes)
        }
    }
}
