package import BlogConfiguration
import BlogModels
import Foundation

/// One file of `content/authors/`.
package struct AuthorRecord: Sendable, Hashable {
    package var username: String
    package var fullName: String?
    /// Private.
    package var email: String?
    package var bio: String?
    package var url: String?
    package var warnings: [Diagnostic] = []

    /// Reads an author file; a file without `username` is named by its stem.
    package init(_ source: SourceText, stem: String) throws(Diagnostic) {
        try self.init(
            FieldReader(try DataFile.read(source), of: source, timeZone: .gmt), key: stem,
            at: Place(line: 1, column: 1), isShared: false)
    }

    /// Reads a file of several authors by their keys, as Jekyll's themes have it: `_data/authors.yml`. A value that is text is
    /// the name.
    package static func readAll(_ source: SourceText) throws(Diagnostic) -> [(key: String, record: AuthorRecord)] {
        var records: [(key: String, record: AuthorRecord)] = []
        for entry in try DataFile.read(source) {
            let name = DataNode.Entry(key: "name", keyPlace: entry.keyPlace, value: entry.value)
            guard let entries = entry.value.map ?? (entry.value.text == nil ? nil : [name]) else {
                throw source.diagnostic(
                    at: entry.value.place,
                    "the author \"\(entry.key)\" is \(entry.value.summary), expected keys and values")
            }
            let reader = FieldReader(entries, of: source, timeZone: .gmt)
            records.append((entry.key, try AuthorRecord(reader, key: entry.key, at: entry.keyPlace, isShared: true)))
        }
        return records
    }

    /// - `isShared`: the file is the old theme's, which knows more of an author than we do, and is lenient.
    private init(_ fields: FieldReader, key: String, at keyPlace: Place, isShared: Bool) throws(Diagnostic) {
        var reader = fields
        let source = reader.source
        var place = keyPlace
        var name = key
        if !isShared, let entry = reader.entry("username", "id", "slug") {
            name = try reader.text(entry)
            place = entry.value.place
        }
        guard let slug = Slug(title: name, limit: Slug.tagLimit) else {
            throw source.diagnostic(at: place, "the username \"\(name)\" has neither letters nor digits")
        }
        username = slug.text
        if let entry = reader.entry("full_name", "fullname", "display_name", "name") {
            let text = try reader.text(entry)
            fullName = TextLimit.cut(text, to: TextLimit.fullName)
            if fullName != text {
                warnings.append(
                    source.diagnostic(
                        .warning, at: entry.value.place, "\"\(entry.key)\" is longer than 100 characters, cut"))
            }
        }
        if let entry = reader.entry("email") {
            let text = try reader.text(entry)
            let isAddress = text.contains("@") && text.unicodeScalars.count <= 100
            guard isAddress || isShared else {
                throw reader.wrong(entry, expected: "an e-mail address of at most 100 characters")
            }
            email = isAddress ? text : nil
        }
        if let entry = reader.entry("bio", "description") {
            let text = try reader.text(entry)
            bio = text.isEmpty ? nil : text
        }
        if let entry = reader.entry("url", "website", "homepage", "web", "uri") {
            let text = try reader.text(entry)
            url = WebLink.checked(text)
            guard url != nil || isShared else { throw reader.wrong(entry, expected: "an http(s) URL") }
        }
        if !isShared, let extra = reader.extra {
            warnings.append(
                Diagnostic(.warning, path: source.path, message: "keys that authors do not have are left out: \(extra)")
            )
        }
    }
}
