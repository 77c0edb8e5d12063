import Crypto
import Synchronization

extension BuildRun {
    /// Makes the manifest of the API, once all other files are made or kept.
    ///
    /// A file's size and whole hash come from this build, or else from the manifest that is published, whose hash of the file
    /// must begin with what the publisher knows; a file that neither knows is read.
    func produceManifest(_ plan: SitePlan, now: Instant) throws(SiteError) {
        guard let path = plan.manifest else { return }
        let old = try publisher.output.read(path.string).flatMap { PublishedManifest($0) }
        let made = apiFiles.withLock { $0 }
        let folder = String(SitePaths.api.dropFirst())
        let files = publisher.files
        var text = ManifestText(old)
        for place in files.places(in: folder) {
            let name = files.path(at: place)
            let short = name.dropFirst(folder.utf8.count)
            guard name.suffix(5).elementsEqual(".json".utf8), !name.elementsEqual(path.string.utf8) else { continue }
            if text.keep(short, files.contentDigits(at: place)) { continue }
            let full = String(decoding: name, as: UTF8.self)
            let relative = String(decoding: short, as: UTF8.self)
            if let file = made[full], ContentHash(file.digest) == files.content(at: place) {
                text.add(.init(path: relative, bytes: file.size, file.digest))
            } else if let bytes = try publisher.output.read(full) {
                text.add(.init(path: relative, bytes))
            }
        }
        // Whole seconds, which every reader of dates knows.
        let second = Instant(microseconds: now.microseconds / 1_000_000 * 1_000_000)
        let bytes = text.document(generatedAt: second)
        let hash = ContentHash(of: bytes)
        try publisher.stage(path, bytes, inputs: hash, as: .last, content: hash)
        countRendered(path)
    }
}

extension APIManifest.File {
    init(path: String, _ bytes: [UInt8]) {
        self.init(path: path, bytes: bytes.count, SHA256.hash(data: bytes))
    }

    init(path: String, bytes: Int, _ digest: SHA256Digest) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        self.init(path: path, bytes: bytes, sha256: String(decoding: text, as: UTF8.self))
    }
}
