import BlogModels
import Foundation

/// What the last import saw on disk, so that the next one does not open files that are the same.
///
/// It lies in `.blog/` and is only a speed-up: deleted, damaged, or of another database or an earlier state of it, it is
/// nothing, and every file is read.
struct ScanCache: Sendable, Hashable {
    /// A file that was read (or needs no reading) and is done with.
    struct Entry: Sendable, Hashable {
        var stamp: FileStamp
        /// What it became; `nil` for a file that is no record.
        var kind: ImportedKind?
    }

    /// The files of one source.
    struct Folder: Sendable, Hashable {
        /// Of the settings that the files were read with.
        var fingerprint: String
        /// By path.
        var entries: [String: Entry] = [:]
    }

    /// Of ``SiteState``: which database this is about, and in which state.
    var databaseID: String
    var generation: Int
    /// By the source's name.
    var folders: [String: Folder] = [:]
}

extension ScanCache {
    private static let mark = "blog import cache 1"

    /// Reads what ``bytes`` wrote; `nil` for anything else.
    init?(bytes: [UInt8]) {
        var fields = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().makeIterator()
        func text() -> String? { fields.next().flatMap { String(validating: $0, as: UTF8.self) } }
        guard text() == Self.mark, let databaseID = text(), let generation = text().flatMap({ Int($0) }),
            let folderCount = text().flatMap({ Int($0) }), folderCount >= 0
        else { return nil }
        self.init(databaseID: databaseID, generation: generation)
        for _ in 0..<folderCount {
            guard let name = text(), let fingerprint = text(), let count = text().flatMap({ Int($0) }), count >= 0
            else {
                return nil
            }
            var folder = Folder(fingerprint: fingerprint)
            folder.entries.reserveCapacity(min(count, bytes.count / 8))
            for _ in 0..<count {
                guard let path = text(), let line = fields.next(), let entry = Entry(line) else { return nil }
                folder.entries[path] = entry
            }
            folders[name] = folder
        }
        guard fields.next() == nil else { return nil }
    }

    /// Fields that end with NUL, which neither paths nor names can have; sorted, so that equal caches have equal bytes.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        func write(_ text: String) {
            output += text.utf8
            output.append(0)
        }
        write(Self.mark)
        write(databaseID)
        write(String(generation))
        write(String(folders.count))
        for (name, folder) in folders.sorted(by: { $0.key < $1.key }) {
            write(name)
            write(folder.fingerprint)
            write(String(folder.entries.count))
            for (path, entry) in folder.entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                write(path)
                let stamp = entry.stamp
                write("\(stamp.size) \(stamp.modified) \(stamp.inode) \(stamp.changed) \(entry.kind?.rawValue ?? "-")")
            }
        }
        return output
    }
}

extension ScanCache.Entry {
    fileprivate init?(_ line: ArraySlice<UInt8>) {
        let parts = line.split(separator: UInt8(ascii: " "))
        guard parts.count == 5, let size = Self.number(parts[0]), let modified = Self.number(parts[1]),
            let inode = Self.number(parts[2]), let changed = Self.number(parts[3])
        else { return nil }
        stamp = FileStamp(
            size: size, modified: modified, inode: UInt64(truncatingIfNeeded: inode), changed: changed)
        let kind = String(decoding: parts[4], as: UTF8.self)
        guard kind != "-" else { return }
        guard let known = ImportedKind(rawValue: kind) else { return nil }
        self.kind = known
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value &* 10 &+ Int(digit - 0x30)
        }
        return digits.first == UInt8(ascii: "-") ? -value : value
    }
}

/// The file of a ``ScanCache``.
struct ScanCacheFile: Sendable {
    let path: String

    /// The cache, if there is a good one.
    func read() -> ScanCache? {
        // Whatever is wrong with it, the answer is the same: read the sources themselves.
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return ScanCache(bytes: [UInt8](data))
    }

    /// Replaces the file, whole or not at all.
    func write(_ cache: ScanCache) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(cache.bytes).write(to: url, options: .atomic)
    }
}
