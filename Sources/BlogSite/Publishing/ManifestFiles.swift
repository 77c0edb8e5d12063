/// The published files of a manifest, in the order of their paths' bytes.
///
/// They are kept as the lines of the file (inputs, content, path), for there are many; a file is found by a hash of its path.
struct ManifestFiles: Sendable {
    /// The lines. A path has no line feed (`OutputPath` refuses control characters).
    private(set) var lines: [UInt8] = []
    /// Where each line begins.
    private var starts: [UInt32] = []
    private var places = PathPlaces()

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
        places = PathPlaces(count: count) { self.path(at: $0) }
    }

    /// Where a path is, or would be.
    func position(of path: String) -> (place: Int, isThere: Bool) {
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

    /// The place of a file; nil when it is not here.
    func place(of path: String) -> Int? { places.place(of: path) { self.path(at: $0) } }

    /// The UTF-8 of a path.
    func path(at place: Int) -> ArraySlice<UInt8> {
        lines[(start(of: place) + Self.headLength)..<(start(of: place + 1) - 1)]
    }

    /// A file's line, with the line feed at its end.
    func line(at place: Int) -> ArraySlice<UInt8> { lines[start(of: place)..<start(of: place + 1)] }

    func inputs(at place: Int) -> ContentHash {
        ContentHash(hexadecimal: lines[start(of: place)...].prefix(32)) ?? .unknown
    }

    func content(at place: Int) -> ContentHash {
        ContentHash(hexadecimal: lines[(start(of: place) + 33)...].prefix(32)) ?? .unknown
    }

    subscript(place: Int) -> Manifest.Entry { .init(inputs: inputs(at: place), content: content(at: place)) }

    /// Appends a file's line.
    static func append(_ entry: Manifest.Entry, _ path: ArraySlice<UInt8>, to lines: inout [UInt8]) {
        entry.inputs.append(to: &lines)
        lines.append(UInt8(ascii: " "))
        entry.content.append(to: &lines)
        lines.append(UInt8(ascii: " "))
        lines.append(contentsOf: path)
        lines.append(lineFeed)
    }

    /// All paths.
    var paths: [String] { (0..<count).map { String(decoding: path(at: $0), as: UTF8.self) } }

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
