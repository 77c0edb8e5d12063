import ORM
import ORMMigrations

extension Migrations {
    static let revisionTriggers0002 = Migration(
        "0002_revision_triggers", after: ["0001_initial"],
        operations: RevisionTriggers.functions
            + RevisionTriggers.make(
                "users",
                watching: [
                    "id", "username", "email", "password_hash", "full_name", "bio", "url", "is_active",
                    "is_admin", "created_at", "updated_at",
                ])
            + RevisionTriggers.make(
                "posts",
                watching: [
                    "id", "title", "slug", "format", "excerpt", "published", "author_id", "created_at", "updated_at",
                    "published_at", "expires_at", "path", "language", "image", "layout", "weight", "extra", "content",
                ])
            + RevisionTriggers.make(
                "pages",
                watching: [
                    "id", "path", "title", "format", "excerpt", "published", "created_at", "updated_at", "published_at",
                    "expires_at", "language", "image", "layout", "weight", "extra", "content",
                ])
            + RevisionTriggers.make(
                "comments",
                watching: [
                    "id", "format", "post_id", "thread_key", "author_id", "parent_id", "external_id", "source",
                    "author_name", "author_url", "author_email", "status", "created_at", "updated_at", "content",
                ])
            + RevisionTriggers.make("tags", watching: ["id", "name", "slug"])
            // Not hourly_views: they come by the hundred thousand, and with them goes a change of the post's own sum, which is
            // counted. A trigger for each of their rows took longer than the rows themselves.
            + ["post_tags", "post_authors", "aliases"].flatMap(RevisionTriggers.makeCounters)
            + [RevisionTriggers.makeViewCounter()])
}
