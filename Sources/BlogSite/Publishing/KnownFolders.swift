/// The folders that are known to be there, or not to be there any more.
struct KnownFolders: Sendable {
    private var paths = PathTable()
    /// By place.
    private var isThere: [Bool] = []

    func contains(_ folder: String) -> Bool { paths.place(of: folder).map { isThere[$0] } ?? false }

    /// Whether it was not known to be there.
    mutating func insert(_ folder: String) -> Bool {
        let (place, isNew) = paths.insert(folder)
        if isNew { isThere.append(false) }
        defer { isThere[place] = true }
        return !isThere[place]
    }

    mutating func remove(_ folder: String) {
        if let place = paths.place(of: folder) { isThere[place] = false }
    }
}
