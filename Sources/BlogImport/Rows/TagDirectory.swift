import BlogModels

/// Finds tags by their slugs and makes those that there are not, in the order of the first mention. `Swift` and `swift` are
/// one tag, spelled as it was first.
struct TagDirectory: Sendable {
    private(set) var created: [(id: Int, name: String, slug: String)] = []
    private var bySlug: [String: Int] = [:]
    private var slugs: [Int: String] = [:]
    private var names: Set<String> = []
    private var ids: IDSequence

    init(_ rows: [(id: Int, name: String, slug: String)], ids: IDSequence) {
        self.ids = ids
        for row in rows {
            bySlug[row.slug] = row.id
            slugs[row.id] = row.slug
            names.insert(row.name)
        }
    }

    /// The ids of these tags, in their order. A name without letter or digit is no tag (``PostFields`` lets none through).
    mutating func ids(of names: [String]) -> [Int] {
        names.compactMap { id(of: $0) }
    }

    /// The slug of a tag that is there or will be.
    func slug(of id: Int) -> String? { slugs[id] }

    private mutating func id(of source: String) -> Int? {
        guard let slug = Slug(title: source, limit: Slug.tagLimit) else { return nil }
        if let known = bySlug[slug.text] { return known }
        let cut = TextLimit.cut(source, to: TextLimit.tag)
        // Two long names may be cut to the same text; their slugs tell them apart.
        let name = names.contains(cut) ? slug.text : cut
        let id = ids.next()
        created.append((id, name, slug.text))
        bySlug[slug.text] = id
        slugs[id] = slug.text
        names.insert(name)
        return id
    }
}
