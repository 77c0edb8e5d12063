/// A manifest that is to be written. Its lines are made while it is, because they are many.
struct NextManifest: Sendable {
    let header: Manifest.Header
    private let files: BuildFiles
    /// In the order of the lines.
    private let numbers: [Int]

    /// How long a piece is that is written at once.
    private static let pieceLength = 65_536

    /// - Parameter header: its token and count are computed here.
    init(_ header: Manifest.Header, _ files: BuildFiles) {
        numbers = files.numbers()
        var header = header
        var token = Fingerprint()
        for number in numbers {
            token.add(files.path(number))
            token.add(files.content(number))
        }
        header.token = token.hash
        header.count = numbers.count
        self.header = header
        self.files = files
    }

    /// The record that stands while the folder is between two builds: the files of both, of which nothing is known for sure, so
    /// that the next build compares them all and deletes those it does not make.
    init(interrupted key: ContentHash, _ files: BuildFiles) {
        numbers = files.numbers(withObsolete: true)
        var header = Manifest.Header(key: key)
        header.state = .interrupted
        header.count = numbers.count
        self.header = header
        self.files = files
    }

    /// The header, then one line per file: inputs, content, path. In pieces, in the form that `Manifest(bytes:)` reads.
    func write<Failure: Error>(_ append: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var piece = Array(header.text.utf8)
        for number in numbers {
            files.appendLine(number, to: &piece)
            if piece.count >= Self.pieceLength {
                try append(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        try append(piece + Manifest.end)
    }
}
