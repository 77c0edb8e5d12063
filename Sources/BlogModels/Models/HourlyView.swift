package import FoundationEssentials
package import ORM

/// Something that tells how often posts were read.
@Model("view_sources")
package struct ViewSource {
    @PrimaryKey package var id: Int
    /// As blog.yml names it: `views:counts.csv`. All access logs together are one, since a log that was counted counts for
    /// every source that has it: `access-log`.
    @Column(.max(500), .unique) package var name: String

    /// What all access logs count for.
    package static let accessLogs = "access-log"
}

/// How often a post was read within one hour, as one source tells: all that is kept of an access log.
@Model("hourly_views")
package struct HourlyView {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    /// The first instant of the hour, UTC; 1970-01-01 for counts without a date.
    package var hour: Date
    @ForeignKey(onDelete: .cascade) package var source: One<ViewSource>
    package var count: Int

    // The second index covers what is summed over a time, which then reads no row.
    package static var options: Options<HourlyView> {
        .init(indexes: [.unique(\.post, \.hour, \.source), .on(\.hour, \.count)])
    }
}
