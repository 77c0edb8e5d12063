import ORM
import ORMMigrations

extension Migrations {
    static let statisticsIndexes0003 = Migration(
        "0003_statistics_indexes", after: ["0002_revision_triggers"],
        operations: [
            .addIndex(
                "comments",
                IndexState("comments_post_id_status_created_at_index", on: ["post_id", "status", "created_at"])),
            .addIndex(
                "posts",
                IndexState(
                    "posts_author_id_statistics_index",
                    on: ["author_id", "created_at", "published", "published_at", "expires_at", "view_count"])),
            .addIndex(
                "posts",
                IndexState(
                    "posts_published_statistics_index",
                    on: ["published", "created_at", "published_at", "expires_at", "view_count"])),
            .dropIndex("comments", "comments_post_id_created_at_index"),
            .dropIndex("posts", "posts_author_id_created_at_index"),
            .dropIndex("posts", "posts_published_created_at_index"),
        ])
}
