package import FoundationEssentials
package import ORM

/// How often a post was read within one hour: all that is kept of an access log.
@Model("hourly_views")
package struct HourlyView {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    /// The first instant of the hour, UTC.
    @Column(.indexed) package var hour: Date
    package var count: Int

    package static var options: Options<HourlyView> { .init(indexes: [.unique(\.post, \.hour)]) }
}
