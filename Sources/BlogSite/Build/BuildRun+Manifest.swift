import Synchronization

extension BuildRun {
    /// Makes the manifest of the API, once all other files are made or kept.
    func produceManifest(_ plan: SitePlan, now: Instant) throws(SiteError) {
        guard let path = plan.manifest else { return }
        let bytes = try manifest(at: path, now: now)
        let hash = ContentHash(of: bytes)
        try publisher.stage(path, bytes, inputs: hash, as: .last, content: hash)
        countRendered(path)
    }

    /// A file's size and whole hash come from this build, or else from the manifest that is published, whose hash of the file
    /// must begin with what the publisher knows; a file that neither knows is read.
    private func manifest(at path: OutputPath, now: Instant) throws(SiteError) -> [UInt8] {
        let folder = String(SitePaths.api.dropFirst())
        let files = publisher.files
        var made = digests.withLock { $0 }
        var text = ManifestText(try publisher.output.read(path.string).flatMap { PublishedManifest($0) })
        for number in files.numbers(in: folder) {
            let name = files.path(number)
            let short = name.dropFirst(folder.utf8.count)
            guard name.suffix(5).elementsEqual(".json".utf8), !name.elementsEqual(path.string.utf8) else { continue }
            let content = files.content(number)
            if text.keep(short, content) { continue }
            let relative = String(decoding: short, as: UTF8.self)
            if let file = made.find(content) {
                text.add(.init(path: relative, file))
            } else if let bytes = try publisher.output.read(String(decoding: name, as: UTF8.self)) {
                text.add(.init(path: relative, bytes))
            }
        }
        // Whole seconds, which every reader of dates knows.
        return text.document(generatedAt: Instant(microseconds: now.microseconds / 1_000_000 * 1_000_000))
    }
}

extension APIManifest.File {
    init(path: String, _ bytes: [UInt8]) { self.init(path: path, FileDigest(of: bytes)) }

    init(path: String, _ digest: FileDigest) {
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        digest.content.append(to: &digits)
        digest.rest.append(to: &digits)
        self.init(path: path, bytes: digest.count, sha256: String(decoding: digits, as: UTF8.self))
    }
}
