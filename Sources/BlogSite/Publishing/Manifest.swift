/// What the last build left in an output folder, and from what it made it.
///
/// It lives in `.blog/`, one file per output folder. Losing it costs a comparison of all files, never a wrong page.
package struct Manifest: Sendable, Equatable {
    /// One published file.
    package struct Entry: Sendable, Equatable {
        /// The hash of the inputs the file was made from; `.unknown` when it must be made again.
        package var inputs: ContentHash
        /// The hash of its bytes.
        package var content: ContentHash
    }

    /// Whether the files are as the manifest says.
    enum State: String, Sendable { case complete, interrupted }

    /// `interrupted` from the first change of the output folder until the last: a killed build leaves it so.
    var state: State = .complete
    /// What makes two builds of one folder incomparable: base URL and flags.
    var key: ContentHash
    /// Everything the build depended on as a whole; equal inputs before the due instant make a build unnecessary.
    package var buildInputs: ContentHash = .unknown
    /// When the next post appears or expires.
    package var nextChange: Instant?
    /// From when the build is out of date though nothing changes: `nextChange`, or the midnight that brings new view counts.
    package var validUntil: Instant?
    /// By path.
    package var entries: [String: Entry] = [:]

    /// A manifest of nothing.
    init(key: ContentHash) { self.key = key }

    /// Ties the manifest to the folder: a hash of all paths and contents. The output folder holds the same text in a file.
    var token: ContentHash {
        var fingerprint = Fingerprint()
        for (path, entry) in sortedEntries {
            fingerprint.add(path)
            fingerprint.add(entry.content)
        }
        return fingerprint.hash
    }

    /// By bytes of the path, so that equal manifests have equal bytes.
    var sortedEntries: [(key: String, value: Entry)] {
        entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}

extension Manifest {
    /// Changes with the format; another version is read as no manifest.
    private static let signature = "blog-manifest 1"

    /// One line of header fields each, then one line per file: inputs, content, path. A path has no line feed
    /// (`OutputPath` refuses control characters).
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(200 + entries.count * 110)
        bytes.append(contentsOf: "\(Self.signature)\n\(state.rawValue)\n\(key)\n\(buildInputs)\n".utf8)
        for instant in [nextChange, validUntil] {
            bytes.append(contentsOf: "\(instant.map { String($0.microseconds) } ?? "-")\n".utf8)
        }
        for (path, entry) in sortedEntries {
            entry.inputs.append(to: &bytes)
            bytes.append(UInt8(ascii: " "))
            entry.content.append(to: &bytes)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: path.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(contentsOf: "end \(entries.count)\n".utf8)
        return bytes
    }

    /// Reads what `bytes` wrote; nil for another version or a damaged file, which both mean "no manifest".
    init?(bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).makeIterator()
        func text(_ line: ArraySlice<UInt8>?) -> String { String(decoding: line ?? [], as: UTF8.self) }
        guard text(lines.next()) == Self.signature,
            let state = State(rawValue: text(lines.next())),
            let key = ContentHash(hexadecimal: lines.next() ?? []),
            let buildInputs = ContentHash(hexadecimal: lines.next() ?? [])
        else { return nil }
        let instants = [text(lines.next()), text(lines.next())]
        guard instants.allSatisfy({ $0 == "-" || Int($0) != nil }) else { return nil }
        self.init(key: key)
        self.state = state
        self.buildInputs = buildInputs
        nextChange = Int(instants[0]).map { Instant(microseconds: $0) }
        validUntil = Int(instants[1]).map { Instant(microseconds: $0) }
        while let line = lines.next() {
            if line.starts(with: "end ".utf8) { break }
            guard line.count > 66, let inputs = ContentHash(hexadecimal: line.prefix(32)),
                let content = ContentHash(hexadecimal: line.dropFirst(33).prefix(32))
            else { return nil }
            entries[text(line.dropFirst(66))] = Entry(inputs: inputs, content: content)
        }
        guard bytes.reversed().starts(with: "end \(entries.count)\n".utf8.reversed()) else { return nil }
    }
}
