/// `manifest.json`: the other files of the API with size and hash, so that a reader fetches what changed and no more.
///
/// It is the only file with the time at which it was made. That is the time of the build that last changed one of the files
/// it lists: a build that changes none leaves it as it is.
struct APIManifest: Sendable {
    struct File: Sendable, Hashable {
        /// Relative to the folder of the manifest.
        var path: String
        var bytes: Int
        /// 64 hexadecimal digits.
        var sha256: String
    }

    var generatedAt: Instant
    var files: [File]

    /// ``ManifestText`` copies objects of this form and reads no other.
    static let file = JSONShape<File>(
        "ManifestFile", "A file of the API.",
        [
            .text("path", "Relative to the folder of the manifest") { $0.path },
            .integer("bytes", "How long the file is") { $0.bytes },
            .text("sha256", "The SHA-256 of its bytes, in hexadecimal") { $0.sha256 },
        ])

    static let shape = JSONShape<APIManifest>(
        "Manifest", "All other files of the API.",
        [
            .instant("generated_at", "When the last of the files changed") { $0.generatedAt },
            .list("files", "By path", file) { $0.files },
        ])
}
