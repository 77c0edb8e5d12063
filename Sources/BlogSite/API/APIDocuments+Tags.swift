extension APIDocuments {
    /// `tags.json`
    func tagList() -> [UInt8] {
        var json = JSONWriter()
        json.object { $0.field("tags", index.tags) { tag(&$0, $1) } }
        json.finish()
        return json.bytes
    }

    /// `tags/SLUG.json`
    func tagPage(_ tag: TagRecord) -> [UInt8] {
        let positions = index.postsByTag[tag.id] ?? []
        let shown = Array(positions.prefix(limit))
        var json = JSONWriter()
        json.object {
            tagFields(&$0, tag)
            $0.field("related", index.relatedTags(of: tag)) { json, related in
                json.object {
                    $0.field("slug", related.tag.slug)
                    $0.field("weight", related.weight)
                }
            }
            $0.field("posts", shown) { summary(&$0, $1) }
            pagination(&$0, shown: shown.count, total: positions.count, pages: nil)
        }
        json.finish()
        return json.bytes
    }

    func tag(_ json: inout JSONWriter, _ tag: TagRecord) {
        json.object { tagFields(&$0, tag) }
    }

    private func tagFields(_ json: inout JSONWriter, _ tag: TagRecord) {
        json.field("id", tag.id)
        json.field("name", tag.name)
        json.field("slug", tag.slug)
        json.field("post_count", index.postsByTag[tag.id]?.count ?? 0)
    }
}
