package import BlogConfiguration
package import BlogModels
package import Foundation

/// What a post's or page's front matter says, under the names that the generators have for it.
package struct PostFields: Sendable, Hashable {
    /// Why a slug is what it is: an explicit one that is taken is refused, a derived one gets a suffix.
    package enum SlugOrigin: Sendable, Hashable {
        case explicit, derived
    }

    /// `id` or `uuid`: the record's identity, wherever its file lies.
    package var uid: String?
    package var title: String?
    package var date: Date?
    package var updated: Date?
    package var expires: Date?
    package var isDraft = false
    /// `slug:` as a slug.
    package var slug: Slug?
    /// `path:`, `url:` or `permalink:`.
    package var path: SitePath?
    package var aliases: [SitePath] = []
    /// As written, without e-mail addresses; the first is the author, the others are co-authors.
    package var authors: [String] = []
    /// Tags, then categories where these are tags; each slug once.
    package var tags: [String] = []
    package var summary: String?
    package var image: String?
    package var language: String?
    package var layout: String?
    package var weight = 0
    /// Everything else as JSON with sorted keys.
    package var extra: String?
    /// The places of values that later steps may refuse, by the field's name.
    package var places: [String: Place] = [:]
    package var warnings: [Diagnostic] = []

    /// What a file without front matter says: nothing.
    package init() {}
}

extension PostFields {
    /// Takes the fields out of front matter. Throws at the first value that cannot be what its key says.
    package init(
        _ frontMatter: FrontMatter, timeZone: TimeZone, categories: CategoryUse
    ) throws(Diagnostic) {
        self.init()
        var reader = FieldReader(
            Self.withTaxonomies(frontMatter.entries), of: frontMatter.source, timeZone: timeZone)
        // Kept in `extra` too, where the next import finds it.
        if let entry = frontMatter.entry(["id", "uuid"]) {
            uid = try reader.text(entry)
            places["id"] = entry.value.place
        }
        if let entry = reader.entry("title", "linktitle") {
            title = try reader.text(entry)
            places["title"] = entry.value.place
        }
        try readDates(&reader)
        try readPlace(&reader)
        try readNames(&reader, categories: categories)
        try readPresentation(&reader)
        extra = reader.extra
    }

    /// Zola has a document's lists below `taxonomies`: those that we know come out of it, the others stay there.
    private static func withTaxonomies(_ entries: [DataNode.Entry]) -> [DataNode.Entry] {
        let known: Set<String> = ["tags", "categories", "category", "authors", "author"]
        let own = Set(entries.map { $0.key.lowercased() })
        return entries.flatMap { entry -> [DataNode.Entry] in
            guard entry.key.lowercased() == "taxonomies", let lists = entry.value.map else { return [entry] }
            let lifted = lists.filter { known.contains($0.key.lowercased()) }
            let others = lists.filter { !known.contains($0.key.lowercased()) }
            var rest = entry
            rest.value = DataNode(.map(others), at: entry.value.place)
            return lifted.filter { !own.contains($0.key.lowercased()) } + (others.isEmpty ? [] : [rest])
        }
    }

    private mutating func readDates(_ reader: inout FieldReader) throws(Diagnostic) {
        var dateEntries: [DataNode.Entry] = []
        for name in ["date", "publishdate", "pubdate"] {
            if let entry = reader.entry(name), entry.value.text?.isEmpty == false { dateEntries.append(entry) }
        }
        if let entry = reader.entry("published") {
            // Jekyll's `published: false` is a draft; elsewhere `published` is the date.
            if let isPublished = entry.value.bool {
                isDraft = !isPublished
            } else if entry.value.text?.isEmpty == false {
                dateEntries.append(entry)
            }
        }
        if let entry = reader.entry("draft") {
            let draft = try reader.bool(entry)
            isDraft = isDraft || draft
        }
        if let entry = dateEntries.first {
            date = try reader.date(entry)
            places["date"] = entry.value.place
        }
        if let entry = reader.entry("updated", "lastmod", "modified", "last_modified_at"), entry.value.text != "" {
            updated = try reader.date(entry)
        }
        if let entry = reader.entry("expirydate", "unpublishdate"), entry.value.text != "" {
            expires = try reader.date(entry)
        }
    }

    private mutating func readPlace(_ reader: inout FieldReader) throws(Diagnostic) {
        if let entry = reader.entry("slug") {
            let text = try reader.text(entry)
            guard let slug = Slug(name: text) else {
                throw reader.source.diagnostic(
                    at: entry.value.place, "\"slug\" is \"\(text)\", expected letters or digits")
            }
            self.slug = slug
            places["slug"] = entry.value.place
        }
        for name in ["path", "url", "permalink"] {
            guard path == nil, let entry = reader.entry(name), let text = entry.value.text else { continue }
            // Eleventy's word for a document that has no page of its own.
            if text == "false" {
                isDraft = true
                continue
            }
            if text.isEmpty { continue }
            // Jekyll names its patterns, and it and others spell out some: those are the old site's, not this post's place.
            let isPattern = text.contains("/:") || text.hasPrefix(":") || text.contains("{{") || text.contains("{%")
            if ["date", "pretty", "ordinal", "weekdate", "none"].contains(text) || isPattern {
                warnings.append(
                    reader.source.diagnostic(
                        .warning, at: entry.value.place, "\"\(entry.key)\" is the pattern \"\(text)\", left out",
                        suggestion: "set \"permalink\" in blog.yml"))
                continue
            }
            path = try reader.path(entry)
            places["path"] = entry.value.place
        }
        var known: Set<SitePath> = []
        for name in ["aliases", "redirect_from", "redirect"] {
            guard let entry = reader.entry(name) else { continue }
            places["aliases"] = places["aliases"] ?? entry.value.place
            for item in reader.items(entry) {
                let alias = try reader.path(item, key: entry.key)
                if known.insert(alias).inserted { aliases.append(alias) }
            }
        }
    }

    private mutating func readPresentation(_ reader: inout FieldReader) throws(Diagnostic) {
        if let entry = reader.entry("summary", "description", "excerpt") {
            summary = try reader.text(entry)
            places["summary"] = entry.value.place
        }
        if let entry = reader.entry("image") { image = try Self.image(entry, reader) }
        if let entry = reader.entry("lang", "language") { language = try reader.text(entry) }
        if let entry = reader.entry("layout", "template", "type") { layout = try reader.text(entry) }
        if let entry = reader.entry("weight") { weight = try reader.int(entry) }
    }

    /// An image as text, as a map with its address under one of the usual names, or the first of a list.
    private static func image(_ entry: DataNode.Entry, _ reader: FieldReader) throws(Diagnostic) -> String? {
        if let items = entry.value.list {
            guard let first = items.first else { return nil }
            return try image(DataNode.Entry(key: entry.key, keyPlace: entry.keyPlace, value: first), reader)
        }
        if entry.value.map != nil {
            for key in [
                "src", "url", "path", "feature", "file", "image", "name", "cover", "header", "thumbnail", "teaser",
                "facebook",
                "twitter",
            ] {
                if let value = entry.value[key], value.bool == nil, let text = value.text, !text.isEmpty { return text }
            }
            // A theme's own settings of its image: nothing that a post could be refused for.
            return nil
        }
        let text = try reader.text(entry)
        return text.isEmpty ? nil : text
    }
}
