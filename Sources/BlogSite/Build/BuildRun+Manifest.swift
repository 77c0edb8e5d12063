import Crypto
import FoundationEssentials
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
        var files: [APIManifest.File] = []
        for (name, content) in publisher.contents(in: folder) where name.hasSuffix(".json") && name != path.string {
            let short = String(name.dropFirst(folder.count))
            if let file = made[name] ?? old?.files[short], file.sha256.hasPrefix(content.description) {
                files.append(.init(path: short, bytes: file.bytes, sha256: file.sha256))
            } else if let bytes = try publisher.output.read(name) {
                files.append(.init(path: short, bytes))
            }
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        // Whole seconds, which every reader of dates knows.
        let second = Instant(microseconds: now.microseconds / 1_000_000 * 1_000_000)
        var manifest = APIManifest(generatedAt: second, files: files)
        if let old, old.files.count == files.count, files.allSatisfy({ old.files[$0.path] == $0 }) {
            manifest.generatedAt = old.generatedAt
        }
        let bytes = APIManifest.shape.document(manifest)
        try publisher.stage(path, bytes, inputs: ContentHash(of: bytes), as: .last)
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

/// The manifest of an earlier build, as far as it can be read: it is written by this program, in one form.
private struct PublishedManifest {
    var generatedAt: Instant
    /// By path.
    var files: [String: APIManifest.File] = [:]

    private struct Document: Decodable {
        struct File: Decodable {
            var path: String
            var bytes: Int
            var sha256: String
        }

        // The keys of the document.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        var generated_at: Date
        var files: [File]
    }

    /// Nil for anything else.
    init?(_ bytes: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let document = try? decoder.decode(Document.self, from: Data(bytes)) else { return nil }
        generatedAt = Instant(document.generated_at)
        for file in document.files {
            files[file.path] = .init(path: file.path, bytes: file.bytes, sha256: file.sha256)
        }
    }
}
