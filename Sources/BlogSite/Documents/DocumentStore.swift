import Synchronization

/// The rendered bodies of posts and pages, kept on disk between builds and out of memory during one.
///
/// A body is found by its row and revision (so that it need not be read from the database to know that it was rendered
/// before) or by a hash of its text and of everything that its rendering depends on (so that a database that was made anew
/// costs no rendering). Bodies lie one after another in a pack file; its index is written by `save()`. What a killed build
/// appended is overwritten by the next. Losing the files costs one rendering of every body.
///
/// All methods may be called from several tasks at once; they block on the file system.
final class DocumentStore: Sendable {
    /// A row's body at one revision.
    struct Row: Sendable, Hashable {
        enum Kind: Int, Sendable { case post, page }

        var kind: Kind
        var id: Int
        var revision: Int

        init(kind: Kind, id: Int, revision: Int) {
            self.kind = kind
            self.id = id
            self.revision = revision
        }

        init(_ post: PostRecord) { self.init(kind: .post, id: post.id, revision: post.revision) }

        init(_ page: PageRecord) { self.init(kind: .page, id: page.id, revision: page.revision) }
    }

    private struct Place: Sendable, Equatable {
        var offset: Int
        var count: Int
        /// How many bytes of it hold what lists show.
        var headCount: Int
        /// Of what lists show.
        var summary: ContentHash
        /// The images and documents that the body names, as they were.
        var uses = BodyUses()
    }

    private struct State: Sendable {
        var rows: [Row: ContentHash] = [:]
        var places: [ContentHash: Place] = [:]
        /// Rows asked for or added in this build: the others are forgotten when it is saved.
        var used: Set<Row> = []
        var end = 0
        var isChanged = false
        var failure: SiteError?
        var isDamaged = false
    }

    private let folder: FileDescriptor
    private let pack: PackFile
    /// The database and the settings that all rows of the index belong to.
    private let scope: ContentHash
    private let surroundings: Surroundings
    private let state: Mutex<State>

    private static let indexName = "documents.index"
    private static let packName = "documents.pack"
    private static let version = 5

    /// Opens the store in the state folder (`.blog`).
    ///
    /// - Parameters:
    ///   - scope: a hash of the database's identity and of everything besides the text that rendering depends on
    ///     (renderer's version, options). Rows of another scope are forgotten.
    ///   - surroundings: images and documents as they are now. A body that has another size for an image or leads elsewhere is
    ///     not here.
    init(stateFolder: String, scope: ContentHash, surroundings: Surroundings = Surroundings()) throws(SiteError) {
        folder = try FileDescriptor.folder(stateFolder, create: true)
        pack = try PackFile(folder, name: Self.packName)
        self.scope = scope
        self.surroundings = surroundings
        let saved = try folder.read(Self.indexName).flatMap { Self.decode($0, scope: scope) }
        let size = try pack.size()
        // The index counts only if the pack still has what it points to.
        if let saved, saved.end <= size { state = Mutex(saved) } else { state = Mutex(State()) }
    }

    /// Whether the body of a row is here.
    func contains(_ row: Row) -> Bool {
        state.withLock { state in
            guard let hash = state.rows[row], hasCurrentUses(hash, &state) else { return false }
            state.used.insert(row)
            return true
        }
    }

    /// What pages that show a row's body depend on besides the row.
    func uses(_ row: Row) -> BodyUses {
        state.withLock { state in state.rows[row].flatMap { state.places[$0]?.uses } } ?? BodyUses()
    }

    /// The same of those rows among `rows` whose bodies depend on anything.
    func uses(of rows: [Row]) -> [Row: BodyUses] {
        state.withLock { state in
            rows.reduce(into: [:]) { uses, row in
                if let found = state.rows[row].flatMap({ state.places[$0]?.uses }), !found.isEmpty { uses[row] = found }
            }
        }
    }

    /// Changes with what lists show of a row's body; an edit that they do not show leaves it as it is.
    func summaryHash(_ row: Row) -> ContentHash {
        state.withLock { state in state.rows[row].flatMap { state.places[$0]?.summary } } ?? .unknown
    }

    /// The same of many rows, each with the hash of its `uses`.
    func marks(of rows: [Row]) -> [(summary: ContentHash, uses: ContentHash)] {
        state.withLock { state in
            rows.map { row in
                guard let place = state.rows[row].flatMap({ state.places[$0] }) else { return (.unknown, .unknown) }
                return (place.summary, place.uses.hash)
            }
        }
    }

    /// Whether a rendering is here and has the right sizes and links. A file that changed and kept its size is remembered.
    private func hasCurrentUses(_ hash: ContentHash, _ state: inout State) -> Bool {
        guard let place = state.places[hash] else { return false }
        guard !place.uses.isEmpty else { return true }
        let current = surroundings.current(place.uses)
        if current == place.uses { return true }
        guard current.rendersLike(place.uses) else { return false }
        state.places[hash]?.uses = current
        state.isChanged = true
        return true
    }

    /// The rendered body of a row; nil when it is not here or cannot be read, which `check()` tells of.
    func document(_ row: Row) -> RenderedDocument? {
        read(row) { place throws(SiteError) in
            let bytes = try pack.read(at: place.offset, count: place.count)
            return RenderedDocument(head: bytes.prefix(place.headCount), rest: bytes.dropFirst(place.headCount))
        }
    }

    /// What lists show of a row's body; nil as for `document`.
    func summary(_ row: Row) -> RenderedDocument.Summary? {
        read(row) { place throws(SiteError) in
            RenderedDocument.Summary(checked: try pack.read(at: place.offset, count: place.headCount))
        }
    }

    private func read<Value>(_ row: Row, _ decode: (Place) throws(SiteError) -> Value?) -> Value? {
        let place = state.withLock { state -> Place? in
            state.used.insert(row)
            return state.rows[row].flatMap { state.places[$0] }
        }
        do {
            if let value = try place.flatMap({ place throws(SiteError) in try decode(place) }) { return value }
            state.withLock { $0.isDamaged = true }
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
        return nil
    }

    /// Adds the body of a row unless a rendering of the same source is here already.
    ///
    /// - Parameter source: the hash of the text and of what else its rendering depends on.
    func add(
        _ row: Row, source: ContentHash, render: () -> (RenderedDocument, uses: BodyUses)
    ) throws(SiteError) {
        let isKnown = state.withLock { state in
            state.rows[row] = source
            state.used.insert(row)
            state.isChanged = true
            return hasCurrentUses(source, &state)
        }
        if isKnown { return }
        let (document, uses) = render()
        let (head, rest) = document.checkedBytes
        let bytes = head + rest
        let place = state.withLock { state -> Place in
            let place = Place(
                offset: state.end, count: bytes.count, headCount: head.count, summary: document.summary.hash, uses: uses
            )
            state.end += bytes.count
            return place
        }
        try pack.write(bytes, at: place.offset)
        state.withLock { $0.places[source] = place }
    }

    /// The pack holds other bytes than the index says: after `erase` a build can go on with an empty store.
    struct Damaged: Error {}

    /// Throws when a body that a build asked for could not be read: pages made since then lack it.
    func check() throws {
        let (isDamaged, failure) = state.withLock { ($0.isDamaged, $0.failure) }
        if let failure { throw failure }
        if isDamaged { throw Damaged() }
    }

    /// Forgets all bodies of the store in a state folder.
    static func erase(stateFolder: String) throws(SiteError) {
        let folder = try FileDescriptor.folder(stateFolder, create: true)
        try folder.deleteFile(indexName)
        try folder.deleteFile(packName)
    }

    /// Records what this build used and forgets the rest. When more than half of the pack is no longer used, the next
    /// build starts a new one.
    func save() throws(SiteError) {
        var kept = state.withLock { $0 }
        let rows = kept.rows.filter { kept.used.contains($0.key) }
        guard kept.isChanged || rows.count != kept.rows.count else { return }
        kept.rows = rows
        let hashes = Set(rows.values)
        kept.places = kept.places.filter { hashes.contains($0.key) }
        let live = kept.places.values.reduce(0) { $0 + $1.count }
        if live * 2 < kept.end {
            try compact(&kept)
        }
        let temporary = Self.indexName + ".new"
        try folder.write(encode(kept), to: temporary)
        try folder.rename(temporary, to: Self.indexName)
    }

    /// Moves the live bodies to the front of the pack. The index is removed first: a kill in between costs a rendering.
    private func compact(_ kept: inout State) throws(SiteError) {
        try folder.deleteFile(Self.indexName)
        var end = 0
        for (hash, place) in kept.places.sorted(by: { $0.value.offset < $1.value.offset }) {
            let bytes = try pack.read(at: place.offset, count: place.count)
            try pack.write(bytes, at: end)
            kept.places[hash]?.offset = end
            end += place.count
        }
        kept.end = end
        try pack.truncate(to: end)
        let compacted = kept
        state.withLock { state in
            state.places = compacted.places
            state.rows = compacted.rows
            state.end = compacted.end
        }
    }

    private func encode(_ state: State) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.version)
        writer.write(scope)
        writer.write(state.end)
        writer.write(state.rows.count)
        for (row, hash) in state.rows.sorted(by: {
            ($0.key.kind.rawValue, $0.key.id) < ($1.key.kind.rawValue, $1.key.id)
        }) {
            guard let place = state.places[hash] else { continue }
            writer.write(row.kind.rawValue)
            writer.write(row.id)
            writer.write(row.revision)
            writer.write(hash)
            writer.write(place.offset)
            writer.write(place.count)
            writer.write(place.headCount)
            writer.write(place.summary)
            place.uses.write(to: &writer)
        }
        writer.write(ContentHash(of: writer.bytes))
        return writer.bytes
    }

    /// Nil for another version and for a damaged file. Of another scope only the bodies are kept, not the rows.
    private static func decode(_ bytes: [UInt8], scope: ContentHash) -> State? {
        guard bytes.count > 16 else { return nil }
        var tail = ByteReader(Array(bytes.suffix(16)))
        var reader = ByteReader(Array(bytes.dropLast(16)))
        var state = State()
        do {
            guard try tail.hash() == ContentHash(of: Array(bytes.dropLast(16))), try reader.number() == version else {
                return nil
            }
            let isSameScope = try reader.hash() == scope
            state.end = try reader.number()
            _ = try reader.number()
            while !reader.isAtEnd {
                let kind = Row.Kind(rawValue: try reader.number())
                let row = Row(kind: kind ?? .post, id: try reader.number(), revision: try reader.number())
                let hash = try reader.hash()
                var place = Place(
                    offset: try reader.number(), count: try reader.number(), headCount: try reader.number(),
                    summary: try reader.hash())
                guard kind != nil, place.offset >= 0, place.count >= 0, place.offset + place.count <= state.end,
                    (0...place.count).contains(place.headCount)
                else {
                    return nil
                }
                place.uses = try BodyUses(from: &reader)
                state.places[hash] = place
                if isSameScope { state.rows[row] = hash }
            }
        } catch {
            return nil
        }
        return state
    }
}
