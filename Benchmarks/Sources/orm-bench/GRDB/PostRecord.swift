import BenchmarkWork
import Foundation
import GRDB

/// A post as GRDB reads and writes it. The two kinds of it differ in how they are decoded and encoded.
protocol PostRecord: FetchableRecord, MutablePersistableRecord, Sendable {
    /// A post with its comments, their authors, and its tags.
    associatedtype Discussion: FetchableRecord, Sendable

    static var contender: String { get }
    var content: String { get }
    var viewCount: Int { get }
    init(
        id: Int64?, title: String, slug: String, content: String, published: Bool, viewCount: Int, publishedAt: Date?,
        createdAt: Date)
    static func check(_ discussion: Discussion) -> Int
}

extension PostRecord {
    static var databaseTableName: String { "posts" }
    static var comments: HasManyAssociation<Self, CommentTable> {
        hasMany(CommentTable.self, using: ForeignKey(["post_id"])).forKey("comments")
    }
    static var tags: HasManyThroughAssociation<Self, TagTable> {
        hasMany(
            TagTable.self, through: hasMany(PostTagTable.self, using: ForeignKey(["post_id"])),
            using: PostTagTable.belongsTo(TagTable.self, using: ForeignKey(["tag_id"]))
        ).forKey("tags")
    }

    /// The posts that have comments, with all that is loaded with them.
    static var discussions: QueryInterfaceRequest<Discussion> {
        filter(GRDB.Column("id") <= Corpus.discussed)
            .including(
                all: comments.including(
                    required: CommentTable.belongsTo(UserTable.self, using: ForeignKey(["author_id"])).forKey("author"))
            )
            .including(all: tags)
            .asRequest(of: Discussion.self)
    }
}

/// The other tables, as the requests name them.
enum CommentTable: TableRecord { static let databaseTableName = "comments" }
enum UserTable: TableRecord { static let databaseTableName = "users" }
enum TagTable: TableRecord { static let databaseTableName = "tags" }
enum PostTagTable: TableRecord { static let databaseTableName = "post_tags" }
