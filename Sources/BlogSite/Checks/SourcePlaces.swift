import Synchronization

/// Finds what is to be mended: the file that a post or page came from, and the line in it.
final class SourcePlaces: Sendable {
    /// By the page's address: the source's file, relative to the site.
    private let files: [String: String]
    private let root: String
    private let texts = Mutex<(file: String, lines: [String])>(("", []))

    init(root: String, files: [String: String]) {
        self.root = root
        self.files = files
    }

    /// The source file of a page and the first line that has one of the texts; nil for a page that no single file makes.
    func place(of page: String, mentioning texts: [String]) -> (file: String, line: Int?)? {
        guard let file = files[page] else { return nil }
        let lines = lines(of: file)
        for text in texts where !text.isEmpty {
            if let index = lines.firstIndex(where: { $0.contains(text) }) { return (file, index + 1) }
        }
        return (file, nil)
    }

    /// Pages come one after another, so the last file alone is kept.
    private func lines(of file: String) -> [String] {
        texts.withLock { last in
            if last.file == file { return last.lines }
            let path = file.hasPrefix("/") ? file : "\(root)/\(file)"
            // A source that has gone since is no failure of the check: then there is no line to name.
            let bytes = (try? FileDescriptor.file(path).allBytes()) ?? []
            let lines = String(decoding: bytes, as: UTF8.self)
                .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
            last = (file, lines)
            return lines
        }
    }
}
