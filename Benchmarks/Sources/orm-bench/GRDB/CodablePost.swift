import Foundation
import GRDB

/// A post that GRDB decodes and encodes by Codable.
struct CodablePost: PostRecord, Codable {
    static let contender = "grdb-codable"
    static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy { .convertFromSnakeCase }
    static var databaseColumnEncodingStrategy: DatabaseColumnEncodingStrategy { .convertToSnakeCase }

    var id: Int64?
    var title: String
    var slug: String
    var content: String
    var published: Bool
    var viewCount: Int
    var publishedAt: Date?
    var createdAt: Date

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }

    static func check(_ discussion: Discussion) -> Int {
        discussion.comments.reduce(0) { $0 + $1.author.username.utf8.count }
            + discussion.tags.reduce(0) { $0 + Int($1.id) }
    }

    struct Discussion: Decodable, FetchableRecord {
        var post: CodablePost
        var comments: [Comment]
        var tags: [Tag]

        // The post's columns are the row's own.
        init(from decoder: any Decoder) throws {
            post = try CodablePost(from: decoder)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            comments = try container.decode([Comment].self, forKey: .comments)
            tags = try container.decode([Tag].self, forKey: .tags)
        }

        private enum CodingKeys: CodingKey { case comments, tags }

        static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy { .convertFromSnakeCase }
    }

    struct Comment: Decodable {
        var id: Int64
        var post_id: Int64
        var author_id: Int64
        var content: String
        var created_at: Date
        var author: User
    }

    struct User: Decodable {
        var id: Int64
        var username: String
        var email: String
    }

    struct Tag: Decodable {
        var id: Int64
        var name: String
    }
}
