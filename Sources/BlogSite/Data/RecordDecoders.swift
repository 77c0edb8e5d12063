import BlogModels
import FoundationEssentials
import ORM

/// Reads posts from the columns that `DatabaseContent` selects, with what other tables say of them.
///
/// There are many posts, and a tuple of many columns asks for the type of each of them whenever it is read: that took as long
/// as the database took to find them.
struct PostDecoder: RowDecoder {
    /// By post, co-authors in their order.
    let authors: [Int: [Int]]
    /// By post, in its own order.
    let tags: [Int: [Int]]
    let comments: [Int: CommentSummary]
    /// By post, the views that pages do not show yet.
    let lateViews: [Int: Int]

    func decode(_ row: borrowing some ResultRow) throws -> PostRecord {
        let id = Int(try row.integer(0))
        let author = Int(try row.integer(7))
        var authorIDs = [author]
        if let others = authors[id] { authorIDs += others.filter { $0 != author } }
        let viewCount = Int(try row.integer(6))
        return PostRecord(
            id: id, title: try row.text(1), slug: try row.text(2), path: try text(row, 3), excerpt: try text(row, 4),
            published: try row.boolean(5), viewCount: viewCount,
            shownViewCount: max(0, viewCount - (lateViews[id] ?? 0)), authorIDs: authorIDs, tagIDs: tags[id] ?? [],
            createdAt: Instant(try row.date(8)), updatedAt: Instant(try row.date(9)),
            publishedAt: try instant(row, 10), expiresAt: try instant(row, 11), language: try text(row, 12),
            image: try text(row, 13), layout: try text(row, 14), revision: Int(try row.integer(15)),
            comments: comments[id] ?? CommentSummary())
    }

    private func text(_ row: borrowing some ResultRow, _ index: Int) throws -> String? {
        row.isNull(index) ? nil : try row.text(index)
    }

    private func instant(_ row: borrowing some ResultRow, _ index: Int) throws -> Instant? {
        row.isNull(index) ? nil : Instant(try row.date(index))
    }
}

/// Reads the files of posts and pages.
struct DocumentDecoder: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> DocumentFile {
        let source = try row.text(0)
        let id = Int(try row.integer(3))
        let isPost = try row.text(2) == ImportedKind.post.rawValue
        return DocumentFile(
            source: String(source.dropFirst("markdown:".count)), path: try row.text(1), postID: isPost ? id : nil,
            pageID: isPost ? nil : id)
    }
}

/// A row of a table between posts and what belongs to them.
struct PostLink: Sendable {
    var post: Int
    var position: Int
    var id: Int
    /// The tag or author.
    var value: Int

    struct Decoder: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> PostLink {
            PostLink(
                post: Int(try row.integer(0)), position: Int(try row.integer(1)), id: Int(try row.integer(2)),
                value: Int(try row.integer(3)))
        }
    }

    /// The values of each post's rows in the order of their positions, then of their ids. An import writes them in that order;
    /// to sort them in the database, or always, takes longer than to read them.
    static func lists(_ links: [PostLink]) -> [Int: [Int]] {
        func precedes(_ left: PostLink, _ right: PostLink) -> Bool {
            (left.post, left.position, left.id) < (right.post, right.position, right.id)
        }
        let isSorted = zip(links, links.dropFirst()).allSatisfy(precedes)
        let links = isSorted ? links : links.sorted(by: precedes)
        var lists: [Int: [Int]] = [:]
        lists.reserveCapacity(links.count / 2)
        var rest = links[...]
        while let post = rest.first?.post {
            let own = rest.prefix { $0.post == post }
            lists[post] = own.map(\.value)
            rest = rest[own.endIndex...]
        }
        return lists
    }
}
