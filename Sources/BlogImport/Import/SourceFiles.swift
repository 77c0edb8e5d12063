import BlogConfiguration
import BlogModels
import Foundation

/// The files of a source on disk, compared with what the last import saw.
struct SourceFiles: Sendable {
    /// The source's folder, absolute.
    let root: String
    /// The same for messages: `content`.
    let name: String
    /// All files that may hold records, in source order.
    let files: [ScannedFile]
    /// Those that must be read, in source order.
    let changed: [ScannedFile]
    /// What is known of the others.
    let unchanged: [String: ScanCache.Entry]
    let scan: FolderScan
    private let scopes: [String]

    /// Scans a source's folder. `accepts` says which files may hold records; with paths to import (`scopes`, relative to
    /// the source) only what lies at or below them counts.
    init(
        root: String, name: String, scopes: [String], seen: [String: ScanCache.Entry],
        skipping skips: @escaping (String) -> Bool, accepting accepts: (String) -> Bool
    ) {
        self.root = root
        self.name = name
        self.scopes = scopes
        scan = FileScanner.scan(root, named: name, skipping: skips)
        files = scan.files.filter { accepts($0.path) && Self.isInside($0.path, scopes) }
        var changed: [ScannedFile] = []
        var unchanged: [String: ScanCache.Entry] = [:]
        unchanged.reserveCapacity(seen.count)
        for file in files {
            if let entry = seen[file.path], entry.stamp == file.stamp {
                unchanged[file.path] = entry
            } else {
                changed.append(file)
            }
        }
        self.changed = changed
        self.unchanged = unchanged
    }

    /// No files: for records that have none of their own.
    init(named name: String) {
        (root, self.name) = ("", name)
        (files, changed, unchanged, scopes) = ([], [], [:], [])
        scan = FolderScan()
    }

    /// Whether a path that is not among ``files`` is certainly gone: it was looked for and could have been seen.
    func isGone(_ path: String) -> Bool {
        scan.knows(path) && Self.isInside(path, scopes)
    }

    /// Whether the scan has anything new: files to read, or files of the last import that are gone.
    func hasNews(since seen: [String: ScanCache.Entry]) -> Bool {
        if !changed.isEmpty || !scan.problems.isEmpty { return true }
        let present = unchanged.count
        return seen.count != present && seen.keys.contains { unchanged[$0] == nil && isGone($0) }
    }

    /// A path of the source as messages name it.
    func display(_ path: String) -> String { "\(name)/\(path)" }

    private static func isInside(_ path: String, _ scopes: [String]) -> Bool {
        scopes.isEmpty || scopes.contains { $0.isEmpty || path == $0 || path.hasPrefix($0 + "/") }
    }
}

extension SourceFiles {
    /// What became of a file that was opened.
    enum Reading<Content: Sendable>: Sendable {
        case read(ReadFile<Content>)
        /// The bytes are those of the last import, only the stamp is new.
        case same(FileStamp)
        case refused(Diagnostic)
    }

    /// Reads the changed files on all cores and gives their contents in source order.
    ///
    /// - `digests`: the digests that files had at the last import, for those whose record need not be made again.
    /// - `parse`: makes a record of the bytes; it runs on several threads at once.
    @concurrent
    func readChanged<Content: Sendable>(
        digests: [String: String], progress: @Sendable (_ done: Int) -> Void,
        _ parse: @escaping @Sendable (_ bytes: [UInt8], _ path: String, _ name: String) throws(Diagnostic) -> Content
    ) async throws -> [(file: ScannedFile, reading: Reading<Content>)] {
        let changed = changed
        let size = 64
        let chunks = stride(from: 0, to: changed.count, by: size).map { $0..<min($0 + size, changed.count) }
        let workers = min(ProcessInfo.processInfo.activeProcessorCount, chunks.count)
        return try await withThrowingTaskGroup(of: (Int, [Reading<Content>]).self) { group in
            var next = 0
            var results = [[Reading<Content>]](repeating: [], count: chunks.count)
            var done = 0
            func start() {
                guard next < chunks.count else { return }
                let index = next
                next += 1
                group.addTask {
                    try Task.checkCancellation()
                    return (index, changed[chunks[index]].map { self.read($0, digest: digests[$0.path], parse) })
                }
            }
            for _ in 0..<workers { start() }
            while let (index, readings) = try await group.next() {
                results[index] = readings
                done += readings.count
                progress(done)
                start()
            }
            return zip(changed, results.joined()).map { ($0, $1) }
        }
    }

    private func read<Content: Sendable>(
        _ file: ScannedFile, digest known: String?,
        _ parse: (_ bytes: [UInt8], _ path: String, _ name: String) throws(Diagnostic) -> Content
    ) -> Reading<Content> {
        do throws(Diagnostic) {
            let name = display(file.path)
            let (bytes, stamp) = try FileReader.contents(of: "\(root)/\(file.path)", named: name)
            let digest = Digest.hexadecimal(bytes)
            if digest == known { return .same(stamp) }
            let content = try parse(bytes, file.path, name)
            return .read(ReadFile(path: file.path, stamp: stamp, digest: digest, content: content))
        } catch {
            return .refused(error)
        }
    }
}
