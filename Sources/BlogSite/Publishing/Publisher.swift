import Synchronization

/// Puts the files of a build into the output folder so that readers never see half of one.
///
/// Rendered files are *staged* first: a file whose bytes are on disk already is left alone (and keeps its time), any other
/// is written beside the site under a temporary name. Nothing that readers see has changed until `commit()`, which moves the
/// staged files into place in order (assets, pages, lists), deletes what the previous build made and this one did not, and
/// then records the result. So a build that fails while rendering changes nothing, and one that is killed in `commit()`
/// leaves each file whole and is completed by the next build.
///
/// `stage` may be called from several tasks at once; the calls block on the file system.
package final class Publisher: Sendable {
    /// The order of publication: what a page needs comes before it, what leads to it comes after.
    package enum Stage: Int, Sendable, Comparable {
        case asset, page, list, last

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// What became of a staged file.
    package enum Outcome: Sendable, Equatable { case changed, unchanged }

    struct Progress: Sendable {
        var staged: [StagedFiles.Record] = []
        var files: BuildFiles
        /// Folders seen to be real ones, or made, by this build; of a new site, those of the staged tree.
        var folders = KnownFolders()
        /// The files that the site has by itself: none of them is a packed form of another.
        var planned: Set<String> = []
        /// Texts that `brotli` is still to pack.
        var unpacked: [UnpackedText] = []
    }

    /// A text in the staging folder.
    struct UnpackedText: Sendable {
        var name: String
        /// Of the packed file.
        var path: OutputPath
        var inputs: ContentHash
        var stage: Stage
    }

    let output: FileDescriptor
    let state: FileDescriptor
    let manifestName: String
    let key: ContentHash
    /// What the previous build left, if its record was found; its files are the only ones that may be deleted.
    package let previous: Manifest?
    /// Whether the previous build's record describes the folder as it is: same base URL and flags, finished, and the folder
    /// bears its token. If not, inputs recorded there prove nothing and every file is compared.
    package let isPreviousTrusted: Bool
    /// Whether the folder was published by an earlier build whose record is gone. What that build made and this one does
    /// not is still there then, and only `foreignFiles` names it.
    package let hasLostRecord: Bool
    /// Whether the output folder holds nothing that a file of this build could meet. Then the site is staged as a tree, and what
    /// stands at its top is moved into place with all that is in it; see ``publishTree(_:)``.
    let isNew: Bool
    let progress: Mutex<Progress>
    /// The packed forms that stand beside each text.
    let encodings: [PackedForm]
    private let nextNumber = Atomic<Int>(0)
    let writeback = Writeback()

    /// The folder for staged files, inside the output folder so that moving them is one step on one file system.
    static let stagingFolder = OutputPath.reservedPrefix + "staging"
    /// Where the files of a new site are staged, each at its path.
    static let treeFolder = stagingFolder + "/tree"
    static let tokenName = OutputPath.reservedPrefix + "token"

    /// Opens the output folder (made when missing) and reads the previous build's record from the state folder (`.blog`).
    ///
    /// - Parameters:
    ///   - key: the hash of what makes builds of one folder incomparable: base URL and flags.
    ///   - force: compares every file as if the previous build's record proved nothing.
    ///   - encodings: the packed forms that each text gets beside it.
    package init(
        output path: String, stateFolder: String, key: ContentHash, force: Bool = false, encodings: [PackedForm] = []
    ) throws(SiteError) {
        self.encodings = encodings
        output = try FileDescriptor.folder(path, create: true)
        state = try FileDescriptor.folder(stateFolder, create: true)
        manifestName = Self.manifestName(of: path)
        self.key = key
        previous = try state.read(manifestName).flatMap { Manifest(bytes: $0) }
        let token = try output.read(Self.tokenName)
        hasLostRecord = token != nil && previous == nil
        isPreviousTrusted = !force && previous.map { Self.isTrusted($0.header, key: key, token: token) } ?? false
        isNew = previous == nil ? try !Self.hasOccupants(output) : false
        progress = Mutex(Progress(files: BuildFiles(after: previous?.files ?? ManifestFiles())))
        try clearStaging()
    }

    /// Whether there is anything but hidden files (`.gitkeep`) and what a killed build left.
    private static func hasOccupants(_ output: borrowing FileDescriptor) throws(SiteError) -> Bool {
        for name in try output.names(in: ".") where name != stagingFolder {
            if name.utf8.first != UInt8(ascii: ".") { return true }
            if try output.occupant(of: name) != .file { return true }
        }
        return false
    }

    private static func manifestName(of output: String) -> String {
        "manifest-\(ContentHash(of: output).description.prefix(16))"
    }

    static func tokenBytes(_ header: Manifest.Header) -> [UInt8] { Array("\(header.token)\n".utf8) }

    /// Whether the record describes the folder as it is.
    private static func isTrusted(_ header: Manifest.Header, key: ContentHash, token: [UInt8]?) -> Bool {
        header.state == .complete && header.key == key && token == tokenBytes(header)
    }

    /// The record of the build that an output folder holds; nil when there is none.
    static func manifest(output path: String, stateFolder: String) throws(SiteError) -> Manifest? {
        let name = manifestName(of: path)
        guard try FileDescriptor.beginning(of: "\(stateFolder)/\(name)", 1) != nil else { return nil }
        return try FileDescriptor.folder(stateFolder, create: false).read(name).flatMap { Manifest(bytes: $0) }
    }

    /// The record of the build that the folder holds, if a build with these inputs would change nothing: it had the same,
    /// and no post has become due since. Opens two files and changes none.
    package static func currentBuild(
        output path: String, stateFolder: String, key: ContentHash, buildInputs: ContentHash, now: Instant
    ) throws(SiteError) -> Manifest.Header? {
        guard
            let start = try FileDescriptor.beginning(
                of: "\(stateFolder)/\(manifestName(of: path))", Manifest.Header.maxLength),
            let header = Manifest.Header(bytes: start), buildInputs != .unknown, header.buildInputs == buildInputs,
            header.isValid(at: now),
            isTrusted(header, key: key, token: try FileDescriptor.beginning(of: "\(path)/\(tokenName)", 100))
        else { return nil }
        return header
    }

    /// Whether the file at `path` was made from these inputs by the previous build, and is therefore kept as it is.
    package func keep(_ path: OutputPath, inputs: ContentHash) -> Bool {
        guard isPreviousTrusted, inputs != .unknown, let previous = previous?.files,
            let place = previous.place(of: path.string), previous.inputs(at: place) == inputs
        else { return false }
        let packed = packedForms(of: path).map { previous.place(of: $0.path.string) }
        guard packed.allSatisfy({ $0.map { previous.inputs(at: $0) } == inputs }) else { return false }
        progress.withLock { progress in
            for place in [place] + packed.compactMap(\.self) { progress.files.keep(place) }
        }
        return true
    }

    /// Keeps the file that the previous build left at `path`, whatever it was made from, and has the next build make it
    /// again. For a page that could not be rendered now. False when there is none.
    package func keepPrevious(_ path: OutputPath) -> Bool {
        guard let previous = previous?.files, let place = previous.place(of: path.string) else { return false }
        let packed = packedForms(of: path).compactMap { form in
            previous.place(of: form.path.string).map { (form.path.string, previous[$0]) }
        }
        progress.withLock { progress in
            _ = progress.files.enter(path.string, .init(inputs: .unknown, content: previous.content(at: place)))
            for (path, entry) in packed { _ = progress.files.enter(path, entry) }
        }
        return true
    }

    /// The files of this build so far.
    var files: BuildFiles { progress.withLock { $0.files } }

    /// Takes the bytes of the file at `path`, made from `inputs`.
    ///
    /// Throws `.data` when two files of one build claim the same path.
    ///
    /// - Parameter content: a hash of the bytes, if the caller has one.
    @discardableResult
    package func stage(
        _ path: OutputPath, _ bytes: UnsafeRawBufferPointer, inputs: ContentHash, as stage: Stage,
        content: ContentHash? = nil
    ) throws(SiteError) -> Outcome {
        let name = try stageAlone(path, bytes, inputs: inputs, as: stage, content: content)
        try stagePackedForms(of: path, bytes, inputs: inputs, as: stage, staged: name)
        return name == nil ? .unchanged : .changed
    }

    /// Stages a file without its packed forms; gives the name under which it waits, or nil when its bytes are there.
    func stageAlone(
        _ path: OutputPath, _ bytes: UnsafeRawBufferPointer, inputs: ContentHash, as stage: Stage,
        content: ContentHash? = nil
    ) throws(SiteError) -> String? {
        let number = try enter(path, Manifest.Entry(inputs: inputs, content: content ?? .checksum(of: bytes)))
        if !isNew, try folderExists(of: path), output.holds(bytes, in: path.string) { return nil }
        let name = try stagedName(for: path, number, stage)
        try output.write(bytes, to: name)
        if writeback.isDue(after: bytes.count) { startWriteback() }
        return name
    }

    /// Enters a file among those of this build and gives its number.
    private func enter(_ path: OutputPath, _ entry: Manifest.Entry) throws(SiteError) -> Int {
        guard let number = progress.withLock({ $0.files.enter(path.string, entry) }) else {
            throw SiteError(.data, path: path.string, "two pages have this address")
        }
        return number
    }

    /// Takes a copy of a file as the file at `path`, without holding it in memory.
    @discardableResult
    package func stage(
        _ path: OutputPath, copyOf source: String, inputs: ContentHash, as stage: Stage
    ) throws(SiteError) -> Outcome {
        let source = try FileDescriptor.file(source)
        if !packedForms(of: path).isEmpty {
            // A text is small enough to be packed in memory.
            return try self.stage(path, try source.allBytes(), inputs: inputs, as: stage)
        }
        let content = try source.contentHash()
        let number = try enter(path, Manifest.Entry(inputs: inputs, content: content))
        if !isNew, try folderExists(of: path), try output.contentHash(of: path.string) == content {
            return .unchanged
        }
        try output.copy(source, to: try stagedName(for: path, number, stage))
        return .changed
    }

    /// Enters a file of the build among the staged ones and gives the name to write it under.
    private func stagedName(for path: OutputPath, _ number: Int, _ stage: Stage) throws(SiteError) -> String {
        var record = StagedFiles.Record(file: UInt32(number), number: 0, stage: stage)
        if isNew {
            try makeStagingFolder(Self.treeFolder)
            for folder in path.parents { try makeStagingFolder("\(Self.treeFolder)/\(folder)") }
        } else {
            record.number = UInt32(try freeNumber())
        }
        progress.withLock { [record] in $0.staged.append(record) }
        return record.name(path)
    }

    /// A name in the staging folder that no file has.
    func freeStagedName() throws(SiteError) -> String { "\(Self.stagingFolder)/\(try freeNumber())" }

    private func freeNumber() throws(SiteError) -> Int {
        try makeStagingFolder(Self.stagingFolder)
        return nextNumber.add(1, ordering: .relaxed).newValue
    }

    private func makeStagingFolder(_ folder: String) throws(SiteError) {
        if isKnown(folder) { return }
        if folder != Self.stagingFolder { try makeStagingFolder(Self.stagingFolder) }
        // Made before it is known: another task is to find it there.
        try output.makeFolder(folder)
        progress.withLock { _ = $0.folders.insert(folder) }
    }

    /// Takes the bytes of the file at `path`, made from `inputs`.
    @discardableResult
    package func stage(
        _ path: OutputPath, _ bytes: [UInt8], inputs: ContentHash, as stage: Stage, content: ContentHash? = nil
    ) throws(SiteError) -> Outcome {
        try bytes.withUnsafeBufferPointer { buffer throws(SiteError) in
            try self.stage(path, UnsafeRawBufferPointer(buffer), inputs: inputs, as: stage, content: content)
        }
    }

    /// Whether the folder of a file exists; throws when it, or one above it, is a link or no folder at all, because files
    /// written there would land outside the output folder or replace something foreign.
    func folderExists(of path: OutputPath) throws(SiteError) -> Bool {
        for folder in path.parents where !isKnown(folder) {
            switch try output.occupant(of: folder) {
            case .nothing: return false
            case .folder: progress.withLock { _ = $0.folders.insert(folder) }
            case .file:
                // The previous build's own file may stand where this one needs a folder: commit() deletes it first.
                if previous?.files.place(of: folder) != nil { return false }
                throw SiteError(.unsafePath, path: output.path + "/" + folder, "a file stands where a folder is needed")
            case .link, .other:
                throw SiteError(
                    .unsafePath, path: output.path + "/" + folder,
                    "is a link or a special file; nothing is written through it")
            }
        }
        return true
    }

    private func isKnown(_ folder: String) -> Bool { progress.withLock { $0.folders.contains(folder) } }

    /// Ends the build without publishing anything.
    package func discard() throws(SiteError) { try clearStaging() }

    /// Removes what a killed build left; only names that this type gives are touched.
    func clearStaging() throws(SiteError) {
        let names = try output.names(in: Self.stagingFolder)
        // `7.br` is what `brotli` makes of 7.
        let isOurs = { (name: String) in Int(name.hasSuffix(".br") ? String(name.dropLast(3)) : name) != nil }
        for name in names where isOurs(name) { try output.deleteFile("\(Self.stagingFolder)/\(name)") }
        if names.contains("tree") { try output.deleteTree(Self.treeFolder) }
        output.deleteEmptyFolder(Self.stagingFolder)
    }
}
