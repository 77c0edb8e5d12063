import BlogConfiguration
import BlogModels
import BlogOperations
import BlogSite
import Foundation

/// Users, posts and comments in the API's shapes, with what only an editor may see beside it.
struct RowJSON {
    private let site: Site
    private let now: Date

    init(_ site: Site, now: Date) {
        self.site = site
        self.now = now
    }

    func user(_ json: inout JSONWriter, _ user: UserLine) {
        json.object {
            $0.field("id", user.id)
            $0.field("username", user.username)
            $0.field("email", user.email)
            $0.field("full_name", user.fullName)
            $0.field("is_active", user.isActive)
            $0.field("is_admin", user.isAdmin)
            $0.field("post_count", user.postCount)
        }
    }

    /// The fields of one user; the password's hash is none of them.
    func user(_ json: inout JSONWriter, _ detail: UserDetail) {
        let user = detail.user
        json.field("id", user.id)
        json.field("username", user.username)
        json.field("email", user.email)
        json.field("full_name", user.fullName)
        json.field("bio", user.bio)
        json.field("url", user.url)
        json.field("is_active", user.isActive)
        json.field("is_admin", user.isAdmin)
        json.field("has_password", user.passwordHash != nil)
        json.field("post_count", detail.postCount)
        json.field("published_count", detail.publishedCount)
        json.field("comment_count", detail.commentCount)
        json.field("total_views", detail.totalViews)
        json.field("created_at", Instant(user.createdAt))
        json.field("updated_at", Instant(user.updatedAt))
        ownership(&json, detail.file, detail.local)
    }

    func post(_ json: inout JSONWriter, _ post: PostLine) {
        json.object { fields(&$0, post) }
    }

    /// The fields of one post with its text and comments.
    func post(_ json: inout JSONWriter, _ detail: PostDetail) {
        fields(&json, detail.line)
        json.field("content", detail.content)
        json.field("co_authors", detail.coAuthors) { author(&$0, $1) }
        json.field("comments", detail.threads) { thread(&$0, $1) }
        json.field("pending_comments", detail.pendingCount)
        ownership(&json, detail.file, detail.local)
    }

    /// The fields of a post without braces, for objects that have more.
    func fields(_ json: inout JSONWriter, _ post: PostLine) {
        json.field("id", post.id)
        json.field("title", post.title)
        json.field("slug", post.slug)
        json.field("url", address(of: post))
        json.field("excerpt", post.excerpt)
        json.key("author")
        author(&json, post.author)
        json.field("tags", post.tags) { json, tag in
            json.object {
                $0.field("id", tag.id)
                $0.field("name", tag.name)
                $0.field("slug", tag.slug)
            }
        }
        json.field("view_count", post.viewCount)
        json.field("comment_count", post.commentCount)
        json.field("published", post.published)
        json.field("state", post.state(at: now).rawValue)
        json.field("created_at", Instant(post.createdAt))
        json.field("updated_at", Instant(post.updatedAt))
        json.field("published_at", post.publishedAt.map(Instant.init(_:)))
        json.field("expires_at", post.expiresAt.map(Instant.init(_:)))
    }

    func comment(_ json: inout JSONWriter, _ comment: CommentLine) {
        json.object { fields(&$0, comment) }
    }

    /// A comment with the answers to it.
    func thread(_ json: inout JSONWriter, _ thread: CommentThread) {
        json.object {
            fields(&$0, thread.comment)
            $0.field("replies", thread.replies) { self.thread(&$0, $1) }
        }
    }

    /// The address that readers use.
    func address(of post: PostLine) -> String? {
        let configuration = site.configuration
        let path =
            post.path
            ?? configuration.permalink.path(
                slug: post.slug, date: post.publishedAt, author: post.author.username, timeZone: configuration.timeZone)
        return (try? SiteAddress(configuration.url))?.absolute(PercentEncoding.path(path))
    }

    private func fields(_ json: inout JSONWriter, _ comment: CommentLine) {
        json.field("id", comment.id)
        json.field("content", comment.content)
        json.field("status", comment.status.rawValue)
        json.key("post")
        if let post = comment.post {
            json.object {
                $0.field("id", post.id)
                $0.field("slug", post.slug)
                $0.field("title", post.title)
            }
        } else {
            json.null()
        }
        json.field("thread", comment.thread)
        json.field("parent_id", comment.parentID)
        json.field("author") {
            $0.field("id", comment.author?.id)
            $0.field("username", comment.author?.username)
            $0.field("name", comment.name)
            $0.field("url", comment.url)
            $0.field("email", comment.email)
        }
        json.field("created_at", Instant(comment.createdAt))
    }

    private func author(_ json: inout JSONWriter, _ author: PostLine.Author) {
        json.object {
            $0.field("id", author.id)
            $0.field("username", author.username)
        }
    }

    private func ownership(_ json: inout JSONWriter, _ file: String?, _ local: [LocalFields.Owned]) {
        json.field("file", file)
        json.field("set_by_commands", local) { json, owned in
            json.object {
                $0.field("field", owned.jsonName)
                $0.field("file_value", owned.fileValue)
            }
        }
    }
}
