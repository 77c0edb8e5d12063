package import FoundationEssentials
package import ORM

/// A page outside the stream of posts, such as "About".
@Model("pages")
package struct Page {
    @PrimaryKey package var id: Int
    /// The page's place in the site, with both slashes: `/about/`.
    @Column(.max(500), .unique) package var path: String
    @Column(.max(200)) package var title: String
    @Column(.max(20)) package var format: TextFormat = .markdown
    @Column(.max(500)) package var excerpt: String?
    package var published: Bool = true
    @Timestamp(.created) package var createdAt: Date
    @Timestamp(.updated) package var updatedAt: Date
    /// The page's date, where it has one.
    package var publishedAt: Date?
    package var expiresAt: Date?
    @Column(.max(35)) package var language: String?
    @Column(.max(2000)) package var image: String?
    @Column(.max(100)) package var layout: String?
    package var weight: Int = 0
    package var revision: Int = 0
    package var extra: String?
    /// Last, because a database reads through a long text to what stands behind it.
    package var content: String

    package static var options: Options<Page> { .init(order: [.asc(\.weight), .asc(\.path)]) }
}
