/// Paths, each at a place of its own and found by a hash. They lie one behind another in one buffer, for a site has many.
///
/// ```swift
/// var paths = PathTable()
/// paths.insert("a/index.html")     // (place: 0, isNew: true)
/// paths.insert("a/index.html")     // (place: 0, isNew: false)
/// ```
struct PathTable: Sendable {
    private var paths = Packed()
    private var places = PathPlaces()

    private struct Packed: Sendable {
        var bytes: [UInt8] = []
        /// Where each path ends.
        var ends: [UInt32] = []

        func range(of place: Int) -> Range<Int> { (place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place]) }

        subscript(place: Int) -> ArraySlice<UInt8> { bytes[range(of: place)] }
    }

    var count: Int { paths.ends.count }

    /// The UTF-8 of a path.
    subscript(place: Int) -> ArraySlice<UInt8> { paths[place] }

    func string(at place: Int) -> String { String(decoding: paths[place], as: UTF8.self) }

    /// The place of a path; nil when it is not here.
    func place(of path: String) -> Int? { places.place(of: path) { paths[$0] } }

    /// The place of a path, behind all others if it had none.
    @discardableResult
    mutating func insert(_ path: String) -> (place: Int, isNew: Bool) {
        let next = count
        let place = places.place(of: path, orEnter: next) { paths[$0] }
        guard place == next else { return (place, false) }
        paths.bytes.append(contentsOf: path.utf8)
        paths.ends.append(UInt32(paths.bytes.count))
        return (place, true)
    }

    /// All places in the order of their paths' bytes.
    var sorted: [Int] {
        paths.bytes.withUnsafeBytes { bytes in
            func path(_ place: Int) -> UnsafeRawBufferPointer { .init(rebasing: bytes[paths.range(of: place)]) }
            return (0..<count).sorted { path($0).lexicographicallyPrecedes(path($1)) }
        }
    }
}

/// Finds the places of paths, which somebody else holds, by hashes of them.
struct PathPlaces: Sendable {
    /// A place and one, or 0 for none; the count is a power of two.
    private var slots: [UInt32] = [0]
    private var count = 0

    init() {}

    /// The places of `count` paths that differ.
    init(count: Int, _ path: (Int) -> ArraySlice<UInt8>) {
        reserve(count, path)
        for place in 0..<count { enter(place, path) }
        self.count = count
    }

    /// The place of a path; nil when it has none.
    func place(of path: String, _ pathAt: (Int) -> ArraySlice<UInt8>) -> Int? {
        let slot = slot(of: path, pathAt)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// The place of a path; if it has none, that is `new`, which it has from now on.
    mutating func place(of path: String, orEnter new: Int, _ pathAt: (Int) -> ArraySlice<UInt8>) -> Int {
        reserve(count + 1, pathAt)
        let slot = slot(of: path, pathAt)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        slots[slot] = UInt32(new + 1)
        count += 1
        return new
    }

    /// The slot of a path, or a free one where its place may be entered.
    private func slot(of path: String, _ pathAt: (Int) -> ArraySlice<UInt8>) -> Int {
        var path = path
        return path.withUTF8 { path in
            let path = UnsafeRawBufferPointer(path)
            var slot = slot(of: path)
            while slots[slot] != 0 {
                let isIt = pathAt(Int(slots[slot]) - 1).withUnsafeBytes { other in
                    other.count == path.count && other.elementsEqual(path)
                }
                if isIt { break }
                slot = (slot + 1) & (slots.count - 1)
            }
            return slot
        }
    }

    /// Keeps half of the slots free.
    private mutating func reserve(_ wanted: Int, _ pathAt: (Int) -> ArraySlice<UInt8>) {
        guard wanted * 2 > slots.count else { return }
        var size = 16
        while size < wanted * 2 { size *= 2 }
        let old = slots
        slots = [UInt32](repeating: 0, count: size)
        for place in old where place != 0 { enter(Int(place) - 1, pathAt) }
    }

    private mutating func enter(_ place: Int, _ pathAt: (Int) -> ArraySlice<UInt8>) {
        var slot = pathAt(place).withUnsafeBytes { self.slot(of: $0) }
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(place + 1)
    }

    private func slot(of path: UnsafeRawBufferPointer) -> Int {
        Int(truncatingIfNeeded: Checksum.of(path)) & (slots.count - 1)
    }
}
