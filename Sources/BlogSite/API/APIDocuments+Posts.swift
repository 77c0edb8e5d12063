extension APIDocuments {
    var postPaging: Paging { Paging(count: index.posts.count, size: limit) }

    /// `posts.json`
    func postsWindow() -> [UInt8] {
        let shown = Array(0..<min(limit, index.posts.count))
        return window("posts", shown, total: index.posts.count, pages: postPaging.filledPages) { summary(&$0, $1) }
    }

    /// `posts/page/N.json`
    func postsPage(_ number: Int) -> [UInt8] {
        numbered("posts", Array(postPaging.positions(onPage: number)), postPaging, number) { summary(&$0, $1) }
    }

    /// `posts/ID.json`
    func post(at position: Int, content: String, document: RenderedDocument, threads: [CommentThreads.Node]) -> [UInt8]
    {
        let entry = index.posts[position]
        let post = entry.post
        var json = JSONWriter()
        json.object {
            $0.field("id", post.id)
            $0.field("title", post.title)
            $0.field("slug", post.slug)
            $0.field("url", address(entry.path))
            $0.field("excerpt", site.excerpt(of: post))
            $0.field("content", content)
            $0.field("html", HTMLLinks.resolve(document.html, on: entry.path, of: site.address, as: .absolute))
            $0.key("author")
            author(&$0, of: post)
            tags(&$0, of: post)
            $0.field("comments", threads) { comment(&$0, $1) }
            $0.field("view_count", post.shownViewCount)
            $0.field("related", site.related.positions(for: position)) { json, other in
                let other = index.posts[other]
                json.object {
                    $0.field("id", other.post.id)
                    $0.field("title", other.post.title)
                    $0.field("slug", other.post.slug)
                    $0.field("url", address(other.path))
                }
            }
            $0.field("created_at", post.createdAt)
            $0.field("updated_at", post.updatedAt)
            $0.field("published_at", post.publishedAt)
        }
        json.finish()
        return json.bytes
    }

    /// `posts/search.json`: all posts, the most read first, then the newest.
    func searchDocuments() -> [UInt8] {
        let posts = index.posts
        let order = posts.indices.sorted { left, right in
            let (a, b) = (posts[left].post, posts[right].post)
            return (b.shownViewCount, b.createdAt, b.id) < (a.shownViewCount, a.createdAt, a.id)
        }
        var json = JSONWriter()
        json.object {
            $0.field("posts", order) { json, position in
                let entry = posts[position]
                json.object {
                    $0.field("id", entry.post.id)
                    $0.field("title", entry.post.title)
                    $0.field("slug", entry.post.slug)
                    $0.field("url", address(entry.path))
                    $0.field("excerpt", site.excerpt(of: entry.post))
                    $0.field("author", index.authors(of: entry.post).first?.username)
                    $0.field("tags", index.tags(of: entry.post)) { $0.string($1.name) }
                    $0.field("view_count", entry.post.shownViewCount)
                    $0.field("created_at", entry.post.createdAt)
                }
            }
        }
        json.finish()
        return json.bytes
    }

    /// A post without its text.
    func summary(_ json: inout JSONWriter, _ position: Int) {
        let entry = index.posts[position]
        let post = entry.post
        json.object {
            $0.field("id", post.id)
            $0.field("title", post.title)
            $0.field("slug", post.slug)
            $0.field("url", address(entry.path))
            $0.field("excerpt", site.excerpt(of: post))
            $0.key("author")
            author(&$0, of: post)
            tags(&$0, of: post)
            $0.field("view_count", post.shownViewCount)
            $0.field("comment_count", post.comments.count)
            $0.field("created_at", post.createdAt)
            $0.field("updated_at", post.updatedAt)
            $0.field("published_at", post.publishedAt)
        }
    }

    /// The absolute address of a page.
    func address(_ path: String) -> String { site.address.absolute(PercentEncoding.path(path)) }

    private func author(_ json: inout JSONWriter, of post: PostRecord) {
        guard let author = index.authors(of: post).first else { return json.null() }
        json.object {
            $0.field("id", author.id)
            $0.field("username", author.username)
        }
    }

    private func tags(_ json: inout JSONWriter, of post: PostRecord) {
        json.field("tags", index.tags(of: post)) { json, tag in
            json.object {
                $0.field("id", tag.id)
                $0.field("name", tag.name)
                $0.field("slug", tag.slug)
            }
        }
    }

    private func comment(_ json: inout JSONWriter, _ node: CommentThreads.Node) {
        let comment = node.comment
        let user = comment.authorID.flatMap { index.authors[$0] }
        json.object {
            $0.field("id", comment.id)
            $0.field("content", site.html(of: comment))
            $0.field("author") {
                $0.field("id", user?.id)
                $0.field("username", user?.username)
                $0.field("name", site.commenterName(comment))
                $0.field("url", site.commenterAddress(comment))
            }
            $0.field("created_at", comment.createdAt)
            $0.field("replies", node.replies) { self.comment(&$0, $1) }
        }
    }
}
