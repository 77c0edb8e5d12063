import BlogConfiguration
import Foundation
import Synchronization

/// Tells when files below a folder change, by inotify(7): no file is read, and no time is spent while nothing happens.
///
/// Changes that come close together, as an editor or `git checkout` makes them, are told at once.
final class FolderWatcher: Sendable {
    /// The paths that changed, relative to the folder; empty when there were too many to know.
    typealias Changes = Set<String>

    private struct State {
        /// Which folder a watch is of, relative to the root; the root is "".
        var folders: [Int32: String] = [:]
    }

    private let root: String
    private let ignores: @Sendable (String) -> Bool
    private let queue: Int32
    /// A pipe whose closing ends the thread that waits.
    private let stop: (read: Int32, write: Int32)
    private let state = Mutex(State())

    /// How long it must be quiet before changes are told, and how long they are kept back at most, in milliseconds.
    private static let (quiet, patience): (Int32, Int) = (80, 1000)
    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_EXCL_UNLINK)

    /// Watches a folder and all folders below it. `ignores` says which relative paths are of no interest.
    init(_ root: String, ignoring ignores: @escaping @Sendable (String) -> Bool) throws {
        self.root = root
        self.ignores = ignores
        queue = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        var ends: [Int32] = [-1, -1]
        guard queue >= 0, pipe(&ends) == 0 else {
            throw CommandError("cannot watch \(root): \(String(cString: strerror(errno)))", .readOrWriteFailed)
        }
        stop = (ends[0], ends[1])
        try watch("")
    }

    deinit {
        close(queue)
        close(stop.read)
        close(stop.write)
    }

    /// The changes from now on. To be asked for once; ends when the task is cancelled.
    func changes() -> AsyncStream<Changes> {
        AsyncStream { continuation in
            continuation.onTermination = { [stop] _ in _ = write(stop.write, [0 as UInt8], 1) }
            Thread { [self] in
                while let changes = next() { if let changes { continuation.yield(changes) } }
                continuation.finish()
            }.start()
        }
    }

    /// Waits for changes until it is quiet again: `.some(nil)` when none of them is of interest, `nil` when it is to stop.
    private func next() -> Changes?? {
        guard wait(-1) else { return nil }
        var changes: Changes = []
        var isFull = false
        let start = ContinuousClock.now
        repeat {
            for event in read() {
                switch event {
                case .overflow: isFull = true
                case .path(let path): changes.insert(path)
                }
            }
            guard ContinuousClock.now - start < .milliseconds(Self.patience) else { break }
        } while wait(Self.quiet, isQuietAnEnd: true)
        if isFull {
            // Folders may have come that nobody told of.
            try? watch("")
            return .some(.some([]))
        }
        return changes.isEmpty ? .some(nil) : .some(changes)
    }

    /// Whether there is something to read, waiting so long for it.
    private func wait(_ milliseconds: Int32, isQuietAnEnd: Bool = false) -> Bool {
        var descriptors = [
            pollfd(fd: queue, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.read, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&descriptors, 2, milliseconds)
            if count < 0, errno == EINTR { continue }
            if descriptors[1].revents != 0 { return false }
            return count > 0
        }
    }

    private enum Event {
        case path(String)
        case overflow
    }

    /// What has happened. A folder that came is watched from here on.
    private func read() -> [Event] {
        var events: [Event] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = Foundation.read(queue, &buffer, buffer.count)
            guard count > 0 else { return events }
            buffer.withUnsafeBytes { bytes in
                var offset = 0
                while offset + MemoryLayout<inotify_event>.size <= count {
                    let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let start = offset + MemoryLayout<inotify_event>.size
                    let name = bytes[start..<start + Int(event.len)].prefix { $0 != 0 }
                    offset = start + Int(event.len)
                    if let event = take(event, String(decoding: name, as: UTF8.self)) { events.append(event) }
                }
            }
        }
    }

    private func take(_ event: inotify_event, _ name: String) -> Event? {
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return .overflow }
        let known = state.withLock { state -> String? in
            event.mask & UInt32(IN_IGNORED) != 0 ? state.folders.removeValue(forKey: event.wd) : state.folders[event.wd]
        }
        guard let folder = known, !name.isEmpty else { return nil }
        let path = folder.isEmpty ? name : folder + "/" + name
        guard !ignores(path) else { return nil }
        if event.mask & UInt32(IN_ISDIR) != 0, event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 {
            // What cannot be watched any more is gone again, and its end will be told too.
            try? watch(path)
        }
        return .path(path)
    }

    /// Watches a folder and what is below it.
    private func watch(_ folder: String) throws {
        let path = folder.isEmpty ? root : root + "/" + folder
        let watch = inotify_add_watch(queue, path, Self.events)
        guard watch >= 0 else {
            let reason =
                errno == ENOSPC
                ? "there are more folders than fs.inotify.max_user_watches allows" : String(cString: strerror(errno))
            throw CommandError("cannot watch \(path): \(reason)", .readOrWriteFailed)
        }
        state.withLock { $0.folders[watch] = folder }
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            let child = folder.isEmpty ? name : folder + "/" + name
            var information = stat()
            guard !ignores(child), lstat(root + "/" + child, &information) == 0,
                information.st_mode & S_IFMT == S_IFDIR
            else { continue }
            try self.watch(child)
        }
    }
}
