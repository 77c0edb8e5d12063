/// The published files of a manifest, in the order of their paths' bytes.
///
/// They are kept as the lines of the file (inputs, content, path), for there are many: a file is found by a hash of its path,
/// and what does not change is copied in long pieces from the last manifest to the next.
struct ManifestFiles: Sendable {
    /// The lines. A path has no line feed (`OutputPath` refuses control characters).
    private(set) var lines: [UInt8] = []
    /// Where each line begins.
    private var starts: [UInt32] = []
    /// A file's place and one, or 0 for none; the count is a power of two.
    private var slots: [UInt32] = [0]

    /// What stands before a path: two hashes, each with a space behind it.
    private static let headLength = 66
    private static let lineFeed = UInt8(ascii: "\n")

    init() {}

    /// Reads `count` lines; nil when they are damaged or not in order.
    init?(lines: ArraySlice<UInt8>, count: Int) {
        guard count >= 0, count <= lines.count / (Self.headLength + 2) else { return nil }
        self.lines = Array(lines)
        starts.reserveCapacity(count)
        let isWhole = self.lines.withUnsafeBufferPointer { lines in
            var start = 0
            var last = lines[..<0]
            for _ in 0..<count {
                guard start + Self.headLength < lines.count else { return false }
                guard Self.isHash(lines, start), Self.isHash(lines, start + 33),
                    let end = lines[(start + Self.headLength)...].firstIndex(of: Self.lineFeed)
                else {
                    return false
                }
                let path = lines[(start + Self.headLength)..<end]
                guard last.lexicographicallyPrecedes(path) else { return false }
                starts.append(UInt32(start))
                last = path
                start = end + 1
            }
            return start == lines.count
        }
        guard isWhole else { return nil }
        makeSlots()
    }

    /// Files in any order.
    init(_ entries: [String: Manifest.Entry]) { self.init(ManifestFiles(), keeping: [], changed: entries) }

    /// The files of another list that are kept, and changed ones, which may be among those or not.
    init(_ old: ManifestFiles, keeping isKept: [Bool], changed: [String: Manifest.Entry]) {
        lines.reserveCapacity(old.lines.count + changed.count * 128)
        starts.reserveCapacity(old.count + changed.count)
        let sorted = changed.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var next = 0
        for (path, entry) in sorted {
            let (place, isThere) = old.position(of: path)
            copy(old, next..<place, isKept)
            starts.append(UInt32(lines.count))
            entry.inputs.append(to: &lines)
            lines.append(UInt8(ascii: " "))
            entry.content.append(to: &lines)
            lines.append(UInt8(ascii: " "))
            lines.append(contentsOf: path.utf8)
            lines.append(Self.lineFeed)
            next = isThere ? place + 1 : place
        }
        copy(old, next..<old.count, isKept)
        makeSlots()
    }

    /// Appends runs of lines that are kept.
    private mutating func copy(_ old: ManifestFiles, _ range: Range<Int>, _ isKept: [Bool]) {
        var place = range.lowerBound
        while place < range.upperBound {
            let start = place
            while place < range.upperBound, isKept[place] {
                starts.append(UInt32(lines.count + old.start(of: place) - old.start(of: start)))
                place += 1
            }
            lines.append(contentsOf: old.lines[old.start(of: start)..<old.start(of: place)])
            if place < range.upperBound { place += 1 }
        }
    }

    /// Where a path is, or would be.
    private func position(of path: String) -> (place: Int, isThere: Bool) {
        if let place = place(of: path) { return (place, true) }
        var range = 0..<count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self.path(at: middle).lexicographicallyPrecedes(path.utf8) {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return (range.lowerBound, false)
    }

    var count: Int { starts.count }

    /// Where a line begins; behind the last one, the end.
    private func start(of place: Int) -> Int { place < starts.count ? Int(starts[place]) : lines.count }

    /// The UTF-8 of a path.
    func path(at place: Int) -> ArraySlice<UInt8> {
        lines[(start(of: place) + Self.headLength)..<(start(of: place + 1) - 1)]
    }

    /// The 32 hexadecimal digits of the hash of a file's bytes.
    func contentDigits(at place: Int) -> ArraySlice<UInt8> { lines[(start(of: place) + 33)...].prefix(32) }

    func inputs(at place: Int) -> ContentHash {
        ContentHash(hexadecimal: lines[start(of: place)...].prefix(32)) ?? .unknown
    }

    func content(at place: Int) -> ContentHash { ContentHash(hexadecimal: contentDigits(at: place)) ?? .unknown }

    subscript(place: Int) -> Manifest.Entry { .init(inputs: inputs(at: place), content: content(at: place)) }

    /// All paths.
    var paths: [String] { (0..<count).map { String(decoding: path(at: $0), as: UTF8.self) } }

    /// The places of the files below a folder, which ends with a slash.
    func places(in folder: String) -> Range<Int> {
        let start = position(of: folder).place
        var end = start
        while end < count, path(at: end).starts(with: folder.utf8) { end += 1 }
        return start..<end
    }

    /// A hash of all paths and contents.
    var token: ContentHash {
        var print = Fingerprint()
        for place in 0..<count {
            print.add(path(at: place))
            print.add(content(at: place))
        }
        return print.hash
    }

    // MARK: Finding a path

    /// The place of a file; nil when it is not here.
    func place(of path: String) -> Int? {
        var path = path
        return path.withUTF8 { path in
            var slot = Self.slot(UnsafeRawBufferPointer(path), slots.count)
            while slots[slot] != 0 {
                let place = Int(slots[slot]) - 1
                if self.path(at: place).elementsEqual(path) { return place }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private mutating func makeSlots() {
        var size = 16
        while size < count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        for place in 0..<count {
            var slot = path(at: place).withUnsafeBytes { Self.slot($0, size) }
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(place + 1)
        }
    }

    private static func slot(_ path: UnsafeRawBufferPointer, _ count: Int) -> Int {
        Int(truncatingIfNeeded: Checksum.of(path)) & (count - 1)
    }

    /// Whether 32 hexadecimal digits and a space begin somewhere. Without branches, for there are many.
    private static func isHash(_ lines: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var isHash = lines[start + 32] == UInt8(ascii: " ")
        for place in start..<(start + 32) {
            let digit = lines[place] &- UInt8(ascii: "0") < 10
            let letter = lines[place] &- UInt8(ascii: "a") < 6
            isHash = isHash && (digit || letter)
        }
        return isHash
    }
}

extension ManifestFiles: Equatable {
    static func == (left: ManifestFiles, right: ManifestFiles) -> Bool { left.lines == right.lines }
}
