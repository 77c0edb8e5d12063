import Templates

/// A tag in the list of tags; a tag's own page adds to these fields (`TagPageView`).
struct TagView: ViewModel {
    static let fields: [Shape.Field] = [
        .init("name", .text, "The name as authors write it"),
        .init("slug", .text, "The name in addresses"),
        .init("url", .url, "The path of the tag's page, for url()"),
        .init("post_count", .integer, "How many posts have it"),
    ]
    static let shape = Shape("tag", fields)

    let site: SiteContext
    let tag: TagRecord

    func value(_ field: Int) -> Value {
        field < 3 ? TagLinkView(tag: tag).value(field) : .int(site.index.postsByTag[tag.id]?.count ?? 0)
    }
}

/// `tag` on a tag's own page.
struct TagPageView: ViewModel {
    static let shape = Shape(
        "tag",
        TagView.fields + [
            .init("related", .list(.object { RelatedTagView.shape }), "Tags that posts often have beside it"),
            .init("posts", .list(.object { PostView.shape }), "All posts with the tag, newest first"),
        ])

    let summary: TagView

    func value(_ field: Int) -> Value {
        let site = summary.site
        switch field - TagView.fields.count {
        case 0: return .objects(site.index.relatedTags(of: summary.tag).map { RelatedTagView(related: $0) })
        case 1:
            let positions = site.index.postsByTag[summary.tag.id] ?? []
            return .objects(positions.map { PostView(site: site, position: $0) })
        default: return summary.value(field)
        }
    }
}

/// A tag that posts have beside another.
struct RelatedTagView: ViewModel {
    static let shape = Shape(
        "related tag",
        [
            .init("name", .text, "The name as authors write it"),
            .init("slug", .text, "The name in addresses"),
            .init("url", .url, "The path of the tag's page, for url()"),
            .init("weight", .integer, "How many posts have both tags"),
        ])

    let related: SiteIndex.RelatedTag

    func value(_ field: Int) -> Value {
        field < 3 ? TagLinkView(tag: related.tag).value(field) : .int(related.weight)
    }
}
