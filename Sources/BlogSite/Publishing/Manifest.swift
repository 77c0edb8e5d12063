/// What the last build left in an output folder, and from what it made it.
///
/// It lives in `.blog/`, one file per output folder. Losing it costs a comparison of all files, never a wrong page.
package struct Manifest: Sendable {
    /// One published file.
    package struct Entry: Sendable, Equatable {
        /// The hash of the inputs the file was made from; `.unknown` when it must be made again.
        package var inputs: ContentHash
        /// A hash of its bytes; for files of the API the beginning of the SHA-256 that their manifest tells.
        package var content: ContentHash
    }

    /// Whether the files are as the manifest says.
    enum State: String, Sendable { case complete, interrupted }

    /// What is known of the build as a whole. It stands at the file's beginning, so that a run with nothing to do reads no
    /// more than this.
    package struct Header: Sendable, Equatable {
        /// `interrupted` from the first change of the output folder until the last: a killed build leaves it so.
        var state: State = .complete
        /// What makes two builds of one folder incomparable: base URL and flags.
        var key: ContentHash
        /// Everything the build depended on; equal inputs before `validUntil` make a build unnecessary.
        var buildInputs: ContentHash = .unknown
        /// When the next post appears or expires.
        package var nextChange: Instant?
        /// Before when the build would have given something else: the last instant at which a post appeared or expired, or the
        /// midnight whose view counts it shows.
        var validFrom: Instant?
        /// From when the build is out of date though nothing changes: `nextChange`, or the midnight that brings new view
        /// counts.
        var validUntil: Instant?
        /// Ties the manifest to the folder, which holds the same text in a file: a hash of all paths and contents.
        var token: ContentHash = .unknown
        /// How many files there are.
        package var count = 0

        init(key: ContentHash) { self.key = key }

        /// Whether a build with the same inputs would give the same at that instant.
        func isValid(at instant: Instant) -> Bool {
            (validFrom.map { instant >= $0 } ?? true) && (validUntil.map { instant < $0 } ?? true)
        }
    }

    let header: Header
    let files: ManifestFiles

    /// The paths of all files, in the order of their bytes.
    package var paths: [String] { files.paths }
}

extension Manifest.Header {
    /// Changes with the format; another version is read as no manifest.
    private static let signature = "blog-manifest 2"
    /// The lines of a header, and how long it can be at most.
    static let lineCount = 9
    static let maxLength = 512

    /// One line for each field.
    var text: String {
        let instants = [nextChange, validFrom, validUntil].map { $0.map { String($0.microseconds) } ?? "-" }
        let lines = [Self.signature, state.rawValue, "\(key)", "\(buildInputs)"] + instants + ["\(token)", "\(count)"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads the beginning of a manifest; nil for another version or a damaged file.
    init?(bytes: some Collection<UInt8>) {
        let lines = bytes.prefix(Self.maxLength).split(separator: UInt8(ascii: "\n"), maxSplits: Self.lineCount)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count > Self.lineCount || (lines.count == Self.lineCount && bytes.count < Self.maxLength),
            lines[0] == Self.signature, let state = Manifest.State(rawValue: lines[1]),
            let key = ContentHash(hexadecimal: lines[2].utf8),
            let buildInputs = ContentHash(hexadecimal: lines[3].utf8),
            lines[4...6].allSatisfy({ $0 == "-" || Int($0) != nil }),
            let token = ContentHash(hexadecimal: lines[7].utf8), let count = Int(lines[8])
        else { return nil }
        self.init(key: key)
        self.state = state
        self.buildInputs = buildInputs
        nextChange = Int(lines[4]).map { Instant(microseconds: $0) }
        validFrom = Int(lines[5]).map { Instant(microseconds: $0) }
        validUntil = Int(lines[6]).map { Instant(microseconds: $0) }
        self.token = token
        self.count = count
    }
}

extension Manifest {
    /// The last line: a file without it was not written to its end.
    static let end = Array("end\n".utf8)

    /// Reads what `NextManifest` wrote; nil for another version or a damaged file, which both mean "no manifest".
    init?(bytes: [UInt8]) {
        guard let header = Header(bytes: bytes) else { return nil }
        var rest = bytes[...]
        for _ in 0..<Header.lineCount {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            rest = rest[(end + 1)...]
        }
        guard rest.suffix(Self.end.count) == Self.end[...],
            let files = ManifestFiles(lines: rest.dropLast(Self.end.count), count: header.count)
        else { return nil }
        self.header = header
        self.files = files
    }
}
