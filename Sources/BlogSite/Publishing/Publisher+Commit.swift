import Synchronization

/// What a build did to the output folder.
package struct Publication: Sendable, Equatable {
    /// Files the folder now holds from this build.
    package var total = 0
    /// Files created or replaced.
    package var written = 0
    /// Files whose bytes were there already.
    package var unchanged = 0
    /// Files of the previous build that this one did not make.
    package var deleted = 0

    package init(total: Int = 0, written: Int = 0, unchanged: Int = 0, deleted: Int = 0) {
        self.total = total
        self.written = written
        self.unchanged = unchanged
        self.deleted = deleted
    }
}

extension Publisher {
    /// Publishes what was staged, deletes what is no longer made and records the build.
    ///
    /// Files appear in the order assets, pages, lists; deletions come last, except those that stand in a new file's way.
    /// When the folder already holds everything, no file in it is opened for writing.
    ///
    /// - Parameters:
    ///   - isAtomic: whether the whole site changes in one step, see ``exchange(_:deleting:_:)``.
    ///   - buildInputs: what the whole build was made from (see `isCurrent`).
    ///   - nextChange: when the next post appears or expires.
    ///   - validFrom: before when the build would have given something else.
    ///   - validUntil: from when the build is out of date though nothing changes; not later than `nextChange`.
    package func commit(
        isAtomic: Bool = false, buildInputs: ContentHash, nextChange: Instant? = nil, validFrom: Instant? = nil,
        validUntil: Instant? = nil
    ) throws(SiteError) -> Publication {
        try packWaitingTexts()
        let (files, staged) = progress.withLock { ($0.files, StagedFiles($0.staged, of: $0.files)) }
        var header = Manifest.Header(key: key)
        header.buildInputs = buildInputs
        header.nextChange = nextChange
        header.validFrom = validFrom
        header.validUntil = validUntil ?? nextChange
        let manifest = NextManifest(header, files)

        let obsolete = try files.obsolete.map { path throws(SiteError) in try OutputPath(path) }
        let result = Publication(
            total: files.count, written: staged.count, unchanged: files.count - staged.count,
            deleted: obsolete.count)

        if staged.isEmpty && obsolete.isEmpty && isPreviousTrusted {
            if manifest.header != previous?.header || !files.areThePrevious { try write(manifest) }
            return result
        }
        try write(NextManifest(interrupted: key, files))
        try persist(staged)
        if isAtomic {
            try exchange(staged, deleting: obsolete, Self.tokenBytes(manifest.header))
        } else {
            try replace(staged, deleting: obsolete)
            try output.write(Self.tokenBytes(manifest.header), to: Self.tokenName)
        }
        try write(manifest)
        return result
    }

    /// How many files are written to the disk one by one. More of them are faster written by writing everything that waits
    /// for the disk, also what other programs wrote.
    private static let fewFiles = 64

    /// Sees to it that staged files are on the disk before their names lead to them, and before the record says so. What
    /// happens to names a file system writes in the order in which it happened.
    private func persist(_ staged: StagedFiles) throws(SiteError) {
        if staged.count > Self.fewFiles {
            try output.synchronize()
            return try writeback.check()
        }
        for place in staged.indices { try output.synchronize(try staged[place].name) }
    }

    /// Moves the staged files into place one after another.
    private func replace(_ staged: StagedFiles, deleting obsolete: [OutputPath]) throws(SiteError) {
        try output.deleteFile(Self.tokenName)
        if isNew { return try publishTree(staged) }
        let blocking = try blockers(of: staged, among: obsolete)
        try delete(obsolete.filter { blocking.contains($0) })
        let inOrder = staged.inOrder
        for place in inOrder.indices {
            let file = try inOrder[place]
            try makeFolders(of: file.path)
            try output.rename(file.name, to: file.path.string)
        }
        try delete(obsolete.filter { !blocking.contains($0) })
        output.deleteEmptyFolder(Self.stagingFolder)
    }

    /// Moves the tree of a new site into place: what stands at its top, one after another, in the order of the last stage that is
    /// in it. Many files come with one step then, which is what most of the time of a first publication was.
    private func publishTree(_ staged: StagedFiles) throws(SiteError) {
        var stages: [String: Stage] = [:]
        for place in staged.indices {
            let file = try staged[place]
            let top = String(file.path.string.prefix { $0 != "/" })
            stages[top] = max(stages[top] ?? file.stage, file.stage)
        }
        for (top, _) in stages.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            try output.rename("\(Self.treeFolder)/\(top)", to: top)
        }
        output.deleteEmptyFolder(Self.treeFolder)
        output.deleteEmptyFolder(Self.stagingFolder)
    }

    private func write(_ manifest: NextManifest) throws(SiteError) {
        let temporary = manifestName + ".new"
        let file = try state.newFile(temporary)
        try manifest.write { piece throws(SiteError) in
            try piece.withUnsafeBufferPointer { piece throws(SiteError) in
                try file.append(UnsafeRawBufferPointer(piece))
            }
        }
        try file.finish()
        try state.rename(temporary, to: manifestName)
    }

    /// The obsolete files that must go before the staged ones can come: a file where a folder is needed (`a` before
    /// `a/index.html`), and files in a folder where a file is needed (`a/index.html` before `a`).
    private func blockers(of staged: StagedFiles, among obsolete: [OutputPath]) throws(SiteError) -> Set<OutputPath> {
        guard !obsolete.isEmpty else { return [] }
        var (files, folders): (Set<String>, Set<String>) = ([], [])
        for place in staged.indices {
            let path = try staged[place].path
            files.insert(path.string)
            folders.formUnion(path.parents)
        }
        return Set(obsolete.filter { folders.contains($0.string) || $0.parents.contains(where: files.contains) })
    }

    private func makeFolders(of path: OutputPath) throws(SiteError) {
        if try folderExists(of: path) { return }
        for folder in path.parents {
            let isNew = progress.withLock { $0.folders.insert(folder) }
            if isNew { try output.makeFolder(folder) }
        }
    }

    /// Deletes files of the previous build, and the folders that are empty without them. A folder that still holds
    /// anything, whoever put it there, stays.
    private func delete(_ paths: [OutputPath]) throws(SiteError) {
        for path in paths {
            guard try folderExists(of: path) else { continue }
            try output.deleteFile(path.string)
            for folder in path.parents.reversed() {
                guard output.deleteEmptyFolder(folder) else { break }
                progress.withLock { $0.folders.remove(folder) }
            }
        }
    }

    /// The files in the output folder that no build made, sorted, hidden ones left out; they are never touched. Reads every
    /// folder.
    ///
    /// Call it after `commit`. A file left by a build whose record was lost counts as foreign too.
    package func foreignFiles() throws(SiteError) -> [String] {
        let files = progress.withLock { $0.files }
        // An exchange has put another folder in the place of the one that was opened first.
        let output = try FileDescriptor.folder(output.path, create: false)
        var found: [String] = []
        var folders = ["."]
        while let folder = folders.popLast() {
            for name in try output.names(in: folder) {
                let path = folder == "." ? name : "\(folder)/\(name)"
                if path.utf8.starts(with: OutputPath.reservedPrefix.utf8) { continue }
                // `.gitkeep`, `.nojekyll`: put there on purpose, and no page that readers see.
                if name.utf8.first == UInt8(ascii: ".") { continue }
                if try output.occupant(of: path) == .folder {
                    folders.append(path)
                } else if !files.contains(path) {
                    found.append(path)
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
