package import FoundationEssentials
import ORM

/// What `blog stats` tells: counted by the database, from one snapshot, as of one instant. Only posts that readers see
/// and comments that are approved count.
package struct Statistics: Sendable, Hashable {
    package var totals: Totals
    /// The posts that were read most.
    package var topPosts: [PostLine]
    /// Posts that were read more often in the last seven days than in the seven before.
    package var risingPosts: [RisingLine]
    /// The posts with the most comments.
    package var discussedPosts: [PostLine]
    /// The authors with the most posts.
    package var topAuthors: [AuthorLine]
    /// The authors whose posts are read most.
    package var topAuthorsByViews: [AuthorLine]
    package var tags: [TagLine]
    /// How many posts were published, month by month; only months with posts.
    package var months: [MonthLine]
    /// How often all posts that count were read, month by month; only months with views.
    package var viewMonths: [ViewLine]

    package struct Totals: Sendable, Hashable {
        package var users: Int
        package var posts: Int
        package var pages: Int
        /// Approved comments on posts that count.
        package var comments: Int
        package var tags: Int
        package var views: Int
        /// Views for each post; 0 when there are no posts.
        package var averageViews: Double
        /// Approved comments for each post; 0 when there are no posts.
        package var averageComments: Double { posts == 0 ? 0 : Double(comments) / Double(posts) }
        /// Comments that wait for a decision.
        package var pendingComments: Int
        /// Comments whose post is not there.
        package var orphanComments: Int
    }

    package struct PostLine: Sendable, Hashable {
        package var id: Int
        package var title: String
        package var slug: String
        package var author: String
        package var views: Int
        package var comments: Int
    }

    package struct RisingLine: Sendable, Hashable {
        package var post: PostLine
        /// Views of the last seven days.
        package var recent: Int
        /// Views of the seven days before those.
        package var before: Int
    }

    package struct AuthorLine: Sendable, Hashable {
        package var id: Int
        package var username: String
        package var fullName: String?
        package var posts: Int
        package var views: Int
    }

    package struct TagLine: Sendable, Hashable {
        package var name: String
        package var slug: String
        package var posts: Int
        /// Tags that share posts with this one, those that share most first, at most ten.
        package var related: [Related]

        package struct Related: Sendable, Hashable {
            package var slug: String
            package var weight: Int
        }
    }

    package struct MonthLine: Sendable, Hashable {
        /// `2025-02`, in the site's time zone.
        package var month: String
        package var posts: Int
    }

    package struct ViewLine: Sendable, Hashable {
        /// `2025-02`, in the site's time zone.
        package var month: String
        package var views: Int
    }

    /// What to count.
    package struct Request: Sendable {
        /// Which posts count.
        package var visibility: PostVisibility
        /// Only posts published, comments written and views made from here on; `nil` = all.
        package var since: Date?
        /// Only posts published, comments written and views made before; `nil` = all.
        package var until: Date?
        /// Only posts of this author, by id.
        package var author: Int?
        /// Only posts with this tag, by id.
        package var tag: Int?
        /// How long the lists are.
        package var top: Int
        /// The seconds that the site's time zone is ahead of UTC at an instant.
        package var utcOffset: @Sendable (Date) -> Int
        /// The posts that do not count; `nil` when they are not known by their keys.
        var hidden: Hidden?

        /// Posts that readers do not see, by their keys: what belongs to all others is found by its own column, which takes a
        /// fraction of the time of looking up the post of each row.
        struct Hidden: Sendable, Hashable {
            var all: [Int]
            /// Those that were read while readers saw them.
            var read: [Int]
        }

        package init(
            visibility: PostVisibility, since: Date? = nil, top: Int = 10, utcOffset: @escaping @Sendable (Date) -> Int
        ) {
            self.visibility = visibility
            self.since = since
            self.top = top
            self.utcOffset = utcOffset
        }
    }
}
