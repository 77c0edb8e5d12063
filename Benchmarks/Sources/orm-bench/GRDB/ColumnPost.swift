import Foundation
import GRDB

/// A post that is decoded and encoded by hand, by the columns' positions.
struct ColumnPost: PostRecord {
    static let contender = "grdb-columns"

    var id: Int64?
    var title: String
    var slug: String
    var content: String
    var published: Bool
    var viewCount: Int
    var publishedAt: Date?
    var createdAt: Date

    func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["title"] = title
        container["slug"] = slug
        container["content"] = content
        container["published"] = published
        container["view_count"] = viewCount
        container["published_at"] = publishedAt
        container["created_at"] = createdAt
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

    static func check(_ discussion: Discussion) -> Int {
        discussion.comments.reduce(0) { $0 + $1.author.username.utf8.count }
            + discussion.tags.reduce(0) { $0 + Int($1.id) }
    }

    struct Discussion: FetchableRecord {
        let post: ColumnPost
        let comments: [Comment]
        let tags: [Tag]

        init(row: Row) {
            post = ColumnPost(row: row)
            comments = row.prefetchedRows["comments"]?.map(Comment.init) ?? []
            tags = row.prefetchedRows["tags"]?.map(Tag.init) ?? []
        }
    }

    struct Comment {
        let id: Int64
        let postID: Int64
        let authorID: Int64
        let content: String
        let createdAt: Date
        let author: User

        init(row: Row) {
            (id, postID, authorID) = (row[0], row[1], row[2])
            (content, createdAt) = (row[3], row[4])
            author = User(row: row.scopes["author"] ?? row)
        }
    }

    struct User {
        let id: Int64
        let username: String
        let email: String

        init(row: Row) { (id, username, email) = (row[0], row[1], row[2]) }
    }

    struct Tag {
        let id: Int64
        let name: String

        init(row: Row) { (id, name) = (row[0], row[1]) }
    }
}

extension ColumnPost {
    init(row: Row) {
        id = row[0]
        title = row[1]
        slug = row[2]
        content = row[3]
        published = row[4]
        viewCount = row[5]
        publishedAt = row[6]
        createdAt = row[7]
    }
}
