/// The manifest of an earlier build: it is written by this program, in one form, and its entries are found in it without
/// decoding them.
struct PublishedManifest {
    let bytes: [UInt8]
    /// The instant, as it is written.
    let generatedAt: ArraySlice<UInt8>
    /// The objects of the list with their paths, as they are written: `{"path":"posts/7.json","bytes":912,"sha256":"…"}`.
    let files: [(path: Range<Int>, object: Range<Int>)]

    private static let start = Array(#"{"generated_at":""#.utf8)
    private static let list = Array(#"","files":["#.utf8)
    private static let path = Array(#"{"path":""#.utf8)
    private static let size = Array(#"","bytes":"#.utf8)
    private static let hash = Array(#","sha256":""#.utf8)
    private static let comma = [UInt8(ascii: ",")]
    private static let objectEnd = Array(#""}"#.utf8)
    private static let end = Array("]}\n".utf8)

    /// Nil for anything else.
    init?(_ bytes: [UInt8]) {
        var scan = Scan(bytes)
        guard scan.skip(Self.start), let instant = scan.text(), scan.skip(Self.list) else { return nil }
        var files: [(path: Range<Int>, object: Range<Int>)] = []
        files.reserveCapacity(bytes.count / 100)
        while scan.skip(Self.path) {
            let start = scan.position - Self.path.count
            guard let path = scan.text(), scan.skip(Self.size), scan.digits(), scan.skip(Self.hash),
                let hash = scan.text(), hash.count == 64, scan.skip(Self.objectEnd)
            else { return nil }
            files.append((path, start..<scan.position))
            if !scan.skip(Self.comma) { break }
        }
        guard scan.skip(Self.end), scan.position == bytes.count else { return nil }
        self.bytes = bytes
        self.files = files
        generatedAt = bytes[instant]
    }

    private struct Scan {
        let bytes: [UInt8]
        var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func skip(_ expected: [UInt8]) -> Bool {
            guard bytes[position...].starts(with: expected) else { return false }
            position += expected.count
            return true
        }

        /// Up to the next quotation mark, which is left.
        mutating func text() -> Range<Int>? {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            return position < bytes.count ? start..<position : nil
        }

        mutating func digits() -> Bool {
            let start = position
            while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
            return position > start
        }
    }
}

/// The next manifest, file by file in the order of their paths: what stays is copied from the last.
struct ManifestText {
    private let old: PublishedManifest?
    /// The first file of the last that none was compared with.
    private var next = 0
    private var kept = 0
    private var added = 0
    private var objects: [UInt8] = []

    init(_ old: PublishedManifest?) {
        self.old = old
        objects.reserveCapacity((old?.bytes.count ?? 0) + 256)
    }

    /// Takes over a file from the last manifest, if its hash begins with this one.
    mutating func keep(_ path: ArraySlice<UInt8>, _ content: ContentHash) -> Bool {
        // A path that is written with escapes is not looked for.
        guard let old, !path.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
            return false
        }
        while next < old.files.count, old.bytes[old.files[next].path].lexicographicallyPrecedes(path) { next += 1 }
        guard next < old.files.count, old.bytes[old.files[next].path] == path else { return false }
        let object = old.bytes[old.files[next].object]
        // `"sha256":"` + 64 digits + `"}`
        guard ContentHash(hexadecimal: object.suffix(66).prefix(32)) == content else { return false }
        separate()
        objects += object
        kept += 1
        return true
    }

    mutating func add(_ file: APIManifest.File) {
        separate()
        objects += APIManifest.file.document(file).dropLast()
        added += 1
    }

    private mutating func separate() { if kept + added > 0 { objects.append(UInt8(ascii: ",")) } }

    /// The whole document. Its time is that of the last one when both have the same files.
    consuming func document(generatedAt instant: Instant) -> [UInt8] {
        let isSame = old.map { $0.files.count == kept } ?? false && added == 0
        var start = Array(#"{"generated_at":""#.utf8)
        start += isSame ? old?.generatedAt ?? [] : Array(instant.rfc3339.utf8)[...]
        start += #"","files":["#.utf8
        // The list is long: it is moved rather than copied.
        objects.insert(contentsOf: start, at: 0)
        objects += "]}\n".utf8
        return objects
    }
}
