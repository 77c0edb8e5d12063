import BlogConfiguration

extension ImportReport {
    /// Says what was left out and which tags of the old generator stay text, each with its count.
    mutating func addNotes(
        _ source: MarkdownSource, scan: FolderScan, leftOut: [LeftOut: Int], leftovers: [String: Int]
    ) {
        for reason in LeftOut.allCases {
            guard let count = leftOut[reason] else { continue }
            notes.append(
                "\(source.displayName): \(count) \(count == 1 ? "file" : "files") left out: \(reason.rawValue)")
        }
        let others = scan.files.count { file in
            let ending = file.path.lastIndex(of: ".").map { file.path[$0...].dropFirst().lowercased() }
            return ending.map(SiteLayout.documentEndings.contains) == true && source.layout.role(of: file.path) == nil
        }
        if others > 0 {
            notes.append(
                "\(source.displayName): \(others) \(others == 1 ? "file" : "files") left out: in no folder of documents"
            )
        }
        for (kind, count) in leftovers.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            let fate = kind.hasSuffix("(left out)") ? "" : " stays text"
            notes.append("\(source.displayName): \(count) × \(kind)\(fate)")
        }
    }
}
