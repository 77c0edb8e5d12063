package import ORM

/// An old path that leads to a post or a page: exactly one of the two is set.
@Model("aliases")
package struct Alias {
    @PrimaryKey package var id: Int
    /// As the site has it, with a leading slash: `/old/place/`.
    @Column(.max(500), .unique) package var path: String
    @ForeignKey(onDelete: .cascade) package var post: One<Post>?
    @ForeignKey(onDelete: .cascade) package var page: One<Page>?

    package static var options: Options<Alias> { .init(order: [.asc(\.path)]) }
}
