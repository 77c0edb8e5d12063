import Markdown
import Templates

/// A comment with its replies. Its body is a stranger's text, rendered by the strict rules.
struct CommentView: ViewModel {
    static let shape: Shape = Shape(
        "comment",
        [
            .init("id", .integer, "The comment's number"),
            .init("anchor", .text, "The id of its place on the page: comment-12"),
            .init("author_name", .text, "Who wrote it"),
            .init("author_url", .optional(.url), "The writer's web site"),
            .init("is_author", .flag, "Whether one of the blog's own people wrote it"),
            .init("html", .markup, "The text, safe to show"),
            .init("created_at", .date, "When it was written"),
            .init("replies", .list(.object { CommentView.shape }), "The answers to it"),
            .init("depth", .integer, "1 for a comment on the post itself"),
            .init(
                "answer_id", .optional(.text),
                "What a comment's file says as `replying_to_uid` to answer this one; none where no file can"),
        ])

    let site: SiteContext
    let node: CommentThreads.Node

    func value(_ field: Int) -> Value {
        let comment = node.comment
        switch field {
        case 0: return .int(comment.id)
        case 1: return .string("comment-\(comment.id)")
        case 2: return .string(site.commenterName(comment))
        case 3: return .optional(site.commenterAddress(comment))
        case 4: return .bool(comment.authorID != nil)
        case 5: return .markup(site.html(of: comment))
        case 6: return .date(comment.createdAt.seconds)
        case 7: return .objects(node.replies.map { CommentView(site: site, node: $0) })
        case 8: return .int(node.depth)
        default: return .optional(comment.threadID)
        }
    }
}

extension SiteContext {
    /// The name of a comment's writer: that of the user where one is known.
    func commenterName(_ comment: CommentRecord) -> String {
        comment.authorID.flatMap { index.authors[$0]?.name } ?? comment.authorName
    }

    /// The writer's web site; only http and https, because a link of another kind can be a script.
    func commenterAddress(_ comment: CommentRecord) -> String? {
        let url = comment.authorID.flatMap { index.authors[$0]?.website } ?? comment.authorURL
        guard let url, url.lowercased().hasPrefix("https://") || url.lowercased().hasPrefix("http://") else {
            return nil
        }
        return url
    }
}
