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

    /// A rendering in the pack.
    private struct Body: Sendable {
        /// The hash of what it was made from.
        var source: ContentHash
        var offset: Int
        var count: Int
        /// How many bytes of it hold what lists show.
        var headCount: Int
        /// Of what lists show.
        var summary: ContentHash
        /// The images and documents that the body names, as they were.
        var uses = BodyUses()
    }

    /// A row with the place of its body.
    private struct Entry: Sendable {
        var row: Row
        var body: Int
        /// Whether the row was asked for or added in this build: the others are forgotten when it is saved.
        var isUsed = false
    }

    private struct State: Sendable {
        /// Images and documents as they are now.
        var surroundings = Surroundings()
        var entries: [Entry] = []
        var entryPlaces: [Row: Int] = [:]
        var bodies: [Body] = []
        var bodyPlaces: [ContentHash: Int] = [:]
        var end = 0
        /// The last bytes of the pack, which are not in its file yet: a write for each body takes several times as long.
        var waiting: [UInt8] = []
        var isChanged = false
        var failure: SiteError?
        var isDamaged = false

        func body(of row: Row) -> Body? { entryPlaces[row].map { bodies[entries[$0].body] } }

        mutating func use(_ row: Row) -> Body? {
            guard let place = entryPlaces[row] else { return nil }
            entries[place].isUsed = true
            return bodies[entries[place].body]
        }

        mutating func enter(_ row: Row, body: Int, isUsed: Bool) {
            if let place = entryPlaces[row] {
                entries[place] = Entry(row: row, body: body, isUsed: isUsed)
            } else {
                entryPlaces[row] = entries.count
                entries.append(Entry(row: row, body: body, isUsed: isUsed))
            }
        }

        /// The place of the body, over that of another rendering of the same source.
        mutating func enter(_ body: Body) -> Int {
            if let place = bodyPlaces[body.source] {
                bodies[place] = body
                return place
            }
            bodyPlaces[body.source] = bodies.count
            bodies.append(body)
            return bodies.count - 1
        }
    }

    private let folder: FileDescriptor
    private let pack: PackFile
    /// The database and the settings that all rows of the index belong to.
    private let scope: ContentHash
    private let state: Mutex<State>

    /// How many bytes of the pack wait until they are written together.
    private static let portion = 256 << 10
    private static let indexName = "documents.index"
    private static let packName = "documents.pack"
    private static let version = 6

    /// Opens the store in the state folder (`.blog`).
    ///
    /// - Parameter scope: a hash of the database's identity and of everything besides the text that rendering depends on (renderer's
    ///   version, options). Rows of another scope are forgotten.
    init(stateFolder: String, scope: ContentHash) throws(SiteError) {
        folder = try FileDescriptor.folder(stateFolder, create: true)
        pack = try PackFile(folder, name: Self.packName)
        self.scope = scope
        let saved = try folder.read(Self.indexName).flatMap { Self.decode($0, scope: scope) }
        let size = try pack.size()
        // The index counts only if the pack still has what it points to.
        if let saved, saved.end <= size { state = Mutex(saved) } else { state = Mutex(State()) }
    }

    /// Says which images and documents there are now: a body that has another size for an image or leads elsewhere is not here.
    func surround(with surroundings: Surroundings) { state.withLock { $0.surroundings = surroundings } }

    /// Whether the body of a row is here.
    func contains(_ row: Row) -> Bool {
        state.withLock { state in
            guard let place = state.entryPlaces[row], hasCurrentUses(state.entries[place].body, &state) else {
                return false
            }
            state.entries[place].isUsed = true
            return true
        }
    }

    /// What pages that show a row's body depend on besides the row.
    func uses(_ row: Row) -> BodyUses { state.withLock { $0.body(of: row)?.uses } ?? BodyUses() }

    /// What others show of the bodies of rows, as hashes: one changes with what lists show, so that an edit that they do not
    /// show leaves it as it is; the other is that of `uses`.
    func marks(of rows: [Row]) -> [(summary: ContentHash, uses: ContentHash)] {
        state.withLock { state in
            rows.map { row in state.body(of: row).map { ($0.summary, $0.uses.hash) } ?? (.unknown, .unknown) }
        }
    }

    /// Whether a rendering has the right sizes and links. A file that changed and kept its size is remembered.
    private func hasCurrentUses(_ place: Int, _ state: inout State) -> Bool {
        let uses = state.bodies[place].uses
        guard !uses.isEmpty else { return true }
        let current = state.surroundings.current(uses)
        if current == uses { return true }
        guard current.rendersLike(uses) else { return false }
        state.bodies[place].uses = current
        state.isChanged = true
        return true
    }

    /// The rendered body of a row; nil when it is not here or cannot be read, which `check()` tells of.
    func document(_ row: Row) -> RenderedDocument? {
        read(row, { 0..<$0.count }) { bytes, body in
            RenderedDocument(head: bytes.prefix(body.headCount), rest: bytes.dropFirst(body.headCount))
        }
    }

    /// The HTML of a row's body; nil as for `document`.
    func html(_ row: Row) -> String? {
        read(row, { $0.headCount..<$0.count }) { bytes, _ in RenderedDocument.html(rest: bytes[...]) }
    }

    /// What lists show of a row's body; nil as for `document`.
    func summary(_ row: Row) -> RenderedDocument.Summary? {
        read(row, { 0..<$0.headCount }) { bytes, _ in RenderedDocument.Summary(checked: bytes[...]) }
    }

    /// - Parameter part: of a body's bytes.
    private func read<Value>(
        _ row: Row, _ part: (Body) -> Range<Int>, _ decode: (_ bytes: [UInt8], Body) -> Value?
    ) -> Value? {
        let (body, waiting): (Body?, [UInt8]?) = state.withLock { state in
            guard let body = state.use(row) else { return (nil, nil) }
            let start = body.offset - (state.end - state.waiting.count)
            let part = part(body)
            return (body, start < 0 ? nil : Array(state.waiting[start + part.lowerBound..<start + part.upperBound]))
        }
        do {
            if let body {
                let part = part(body)
                let bytes =
                    if let waiting { waiting } else {
                        try pack.read(at: body.offset + part.lowerBound, count: part.count)
                    }
                if let value = decode(bytes, body) { return value }
            }
            state.withLock { $0.isDamaged = true }
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
        return nil
    }

    /// Writes what waits.
    private func flush(_ state: inout State) throws(SiteError) {
        try pack.write(state.waiting, at: state.end - state.waiting.count)
        state.waiting.removeAll(keepingCapacity: true)
    }

    /// Adds the body of a row unless a rendering of the same source is here already.
    ///
    /// - Parameter source: the hash of the text and of what else its rendering depends on.
    func add(
        _ row: Row, source: ContentHash, render: () -> (RenderedDocument, uses: BodyUses)
    ) throws(SiteError) {
        let isKnown = state.withLock { state in
            state.isChanged = true
            guard let body = state.bodyPlaces[source], hasCurrentUses(body, &state) else { return false }
            state.enter(row, body: body, isUsed: true)
            return true
        }
        if isKnown { return }
        let (document, uses) = render()
        let (head, rest) = document.checkedBytes
        let summary = document.summary.hash
        try state.withLock { state throws(SiteError) in
            let place = state.enter(
                Body(
                    source: source, offset: state.end, count: head.count + rest.count, headCount: head.count,
                    summary: summary, uses: uses))
            state.enter(row, body: place, isUsed: true)
            state.waiting += head
            state.waiting += rest
            state.end += head.count + rest.count
            if state.waiting.count >= Self.portion { try flush(&state) }
        }
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
        var state = try state.withLock { state throws(SiteError) in
            try flush(&state)
            return state
        }
        guard state.isChanged || state.entries.contains(where: { !$0.isUsed }) else { return }
        // The rows of the last build are in order: few others are to be put between them.
        var kept = state.entries.filter(\.isUsed).sorted {
            ($0.row.kind.rawValue, $0.row.id) < ($1.row.kind.rawValue, $1.row.id)
        }
        var isLive = [Bool](repeating: false, count: state.bodies.count)
        for entry in kept { isLive[entry.body] = true }
        let live = state.bodies.indices.reduce(0) { isLive[$1] ? $0 + state.bodies[$1].count : $0 }
        if live * 2 < state.end {
            state = try compact(state, kept)
            kept = state.entries
        }
        let temporary = Self.indexName + ".new"
        try folder.write(encode(state, kept), to: temporary)
        try folder.rename(temporary, to: Self.indexName)
    }

    /// Moves the bodies of some rows to the front of the pack and forgets the others. The index is removed first: a kill in
    /// between costs a rendering.
    private func compact(_ state: State, _ kept: [Entry]) throws(SiteError) -> State {
        try folder.deleteFile(Self.indexName)
        var compacted = State()
        for entry in kept {
            let body = compacted.enter(state.bodies[entry.body])
            compacted.enter(entry.row, body: body, isUsed: true)
        }
        for place in compacted.bodies.indices.sorted(by: { compacted.bodies[$0].offset < compacted.bodies[$1].offset })
        {
            let body = compacted.bodies[place]
            try pack.write(try pack.read(at: body.offset, count: body.count), at: compacted.end)
            compacted.bodies[place].offset = compacted.end
            compacted.end += body.count
        }
        try pack.truncate(to: compacted.end)
        self.state.withLock { [compacted] state in
            (state.entries, state.entryPlaces) = (compacted.entries, compacted.entryPlaces)
            (state.bodies, state.bodyPlaces) = (compacted.bodies, compacted.bodyPlaces)
            state.end = compacted.end
        }
        return compacted
    }

    private func encode(_ state: State, _ entries: [Entry]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.version)
        writer.write(scope)
        writer.write(state.end)
        writer.write(entries.count)
        for entry in entries {
            let body = state.bodies[entry.body]
            writer.write(entry.row.kind.rawValue)
            writer.write(entry.row.id)
            writer.write(entry.row.revision)
            writer.write(body.source)
            writer.write(body.offset)
            writer.write(body.count)
            writer.write(body.headCount)
            writer.write(body.summary)
            body.uses.write(to: &writer)
        }
        writer.write(ContentHash.checksum(of: writer.bytes))
        return writer.bytes
    }

    /// Nil for another version and for a damaged file. Of another scope only the bodies are kept, not the rows.
    private static func decode(_ bytes: [UInt8], scope: ContentHash) -> State? {
        guard bytes.count > 16 else { return nil }
        var tail = ByteReader(bytes.suffix(16))
        var reader = ByteReader(bytes.dropLast(16))
        var state = State()
        do {
            let whole = bytes.withUnsafeBytes { ContentHash.checksum(of: $0.dropLast(16)) }
            guard try tail.hash() == whole, try reader.number() == version else { return nil }
            let isSameScope = try reader.hash() == scope
            state.end = try reader.number()
            let count = try reader.number()
            guard count >= 0, count <= bytes.count / 88 else { return nil }
            state.entries.reserveCapacity(count)
            state.entryPlaces.reserveCapacity(count)
            state.bodies.reserveCapacity(count)
            state.bodyPlaces.reserveCapacity(count)
            while !reader.isAtEnd {
                let kind = Row.Kind(rawValue: try reader.number())
                let row = Row(kind: kind ?? .post, id: try reader.number(), revision: try reader.number())
                var body = Body(
                    source: try reader.hash(), offset: try reader.number(), count: try reader.number(),
                    headCount: try reader.number(), summary: try reader.hash())
                guard kind != nil, body.offset >= 0, body.count >= 0, body.offset <= state.end - body.count,
                    (0...body.count).contains(body.headCount)
                else {
                    return nil
                }
                body.uses = try BodyUses(from: &reader)
                let place = state.enter(body)
                if isSameScope { state.enter(row, body: place, isUsed: false) }
            }
        } catch {
            return nil
        }
        return state
    }
}
