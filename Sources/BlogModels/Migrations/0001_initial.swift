import ORM
import ORMMigrations

extension Migrations {
    static let initial0001 = Migration(
        "0001_initial",
        operations: [
            .createTable(
                TableState(
                    "access_log_files",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("device", .integer),
                        ColumnState("inode", .integer),
                        ColumnState("line_digest", .text, maxLength: 64),
                        ColumnState("head_digest", .text, maxLength: 64),
                        ColumnState("head_length", .integer),
                        ColumnState("read_bytes", .integer),
                        ColumnState("read_lines", .integer),
                    ],
                    indexes: [IndexState("access_log_files_line_digest_index", on: ["line_digest"])])),
            .createTable(
                TableState(
                    "users",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("username", .text, maxLength: 50, isUnique: true),
                        ColumnState("email", .text, maxLength: 100, isNullable: true, isUnique: true),
                        ColumnState("password_hash", .text, maxLength: 255, isNullable: true),
                        ColumnState("full_name", .text, maxLength: 100, isNullable: true),
                        ColumnState("bio", .text, isNullable: true),
                        ColumnState("url", .text, maxLength: 2000, isNullable: true),
                        ColumnState("is_active", .boolean, default: .value(.bool(true))),
                        ColumnState("is_admin", .boolean, default: .value(.bool(false))),
                        ColumnState("created_at", .timestamp),
                        ColumnState("updated_at", .timestamp),
                        ColumnState("revision", .integer, default: .value(.int(0))),
                    ])),
            .createTable(
                TableState(
                    "posts",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("title", .text, maxLength: 200),
                        ColumnState("slug", .text, maxLength: 200, isUnique: true),
                        ColumnState("format", .text, maxLength: 20, default: .value(.text("markdown"))),
                        ColumnState("excerpt", .text, maxLength: 500, isNullable: true),
                        ColumnState("published", .boolean, default: .value(.bool(false))),
                        ColumnState("view_count", .integer, default: .value(.int(0))),
                        ColumnState("author_id", .integer, references: ReferenceState("users", onDelete: .cascade)),
                        ColumnState("created_at", .timestamp),
                        ColumnState("updated_at", .timestamp),
                        ColumnState("published_at", .timestamp, isNullable: true),
                        ColumnState("expires_at", .timestamp, isNullable: true),
                        ColumnState("path", .text, maxLength: 500, isNullable: true),
                        ColumnState("language", .text, maxLength: 35, isNullable: true),
                        ColumnState("image", .text, maxLength: 2000, isNullable: true),
                        ColumnState("layout", .text, maxLength: 100, isNullable: true),
                        ColumnState("weight", .integer, default: .value(.int(0))),
                        ColumnState("revision", .integer, default: .value(.int(0))),
                        ColumnState("extra", .text, isNullable: true),
                        ColumnState("content", .text),
                    ],
                    indexes: [
                        IndexState("posts_author_id_created_at_index", on: ["author_id", "created_at"]),
                        IndexState("posts_published_created_at_index", on: ["published", "created_at"]),
                    ])),
            .createTable(
                TableState(
                    "pages",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("path", .text, maxLength: 500, isUnique: true),
                        ColumnState("title", .text, maxLength: 200),
                        ColumnState("format", .text, maxLength: 20, default: .value(.text("markdown"))),
                        ColumnState("excerpt", .text, maxLength: 500, isNullable: true),
                        ColumnState("published", .boolean, default: .value(.bool(true))),
                        ColumnState("created_at", .timestamp),
                        ColumnState("updated_at", .timestamp),
                        ColumnState("published_at", .timestamp, isNullable: true),
                        ColumnState("expires_at", .timestamp, isNullable: true),
                        ColumnState("language", .text, maxLength: 35, isNullable: true),
                        ColumnState("image", .text, maxLength: 2000, isNullable: true),
                        ColumnState("layout", .text, maxLength: 100, isNullable: true),
                        ColumnState("weight", .integer, default: .value(.int(0))),
                        ColumnState("revision", .integer, default: .value(.int(0))),
                        ColumnState("extra", .text, isNullable: true),
                        ColumnState("content", .text),
                    ])),
            .createTable(
                TableState(
                    "aliases",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("path", .text, maxLength: 500, isUnique: true),
                        ColumnState(
                            "post_id", .integer, isNullable: true,
                            references: ReferenceState("posts", onDelete: .cascade)),
                        ColumnState(
                            "page_id", .integer, isNullable: true,
                            references: ReferenceState("pages", onDelete: .cascade)),
                    ],
                    indexes: [
                        IndexState("aliases_post_id_index", on: ["post_id"]),
                        IndexState("aliases_page_id_index", on: ["page_id"]),
                    ])),
            .createTable(
                TableState(
                    "comments",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("format", .text, maxLength: 20, default: .value(.text("markdown"))),
                        ColumnState(
                            "post_id", .integer, isNullable: true,
                            references: ReferenceState("posts", onDelete: .cascade)),
                        ColumnState("thread_key", .text, maxLength: 500),
                        ColumnState(
                            "author_id", .integer, isNullable: true,
                            references: ReferenceState("users", onDelete: .setNull)),
                        ColumnState(
                            "parent_id", .integer, isNullable: true,
                            references: ReferenceState("comments", onDelete: .cascade)),
                        ColumnState("external_id", .text, maxLength: 200, isNullable: true),
                        ColumnState("source", .text, maxLength: 500, isNullable: true),
                        ColumnState("author_name", .text, maxLength: 200),
                        ColumnState("author_url", .text, maxLength: 2000, isNullable: true),
                        ColumnState("author_email", .text, maxLength: 320, isNullable: true),
                        ColumnState("status", .text, maxLength: 20, default: .value(.text("approved"))),
                        ColumnState("created_at", .timestamp),
                        ColumnState("updated_at", .timestamp),
                        ColumnState("revision", .integer, default: .value(.int(0))),
                        ColumnState("content", .text),
                    ],
                    indexes: [
                        IndexState("comments_thread_key_index", on: ["thread_key"]),
                        IndexState("comments_author_id_index", on: ["author_id"]),
                        IndexState("comments_parent_id_index", on: ["parent_id"]),
                        IndexState("comments_post_id_created_at_index", on: ["post_id", "created_at"]),
                    ])),
            .createTable(
                TableState(
                    "view_sources",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("name", .text, maxLength: 500, isUnique: true),
                    ])),
            .createTable(
                TableState(
                    "hourly_views",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("post_id", .integer, references: ReferenceState("posts", onDelete: .cascade)),
                        ColumnState("hour", .timestamp),
                        ColumnState(
                            "source_id", .integer, references: ReferenceState("view_sources", onDelete: .cascade)),
                        ColumnState("count", .integer),
                    ],
                    indexes: [
                        IndexState("hourly_views_source_id_index", on: ["source_id"]),
                        IndexState(
                            "hourly_views_post_id_hour_source_id_unique", on: ["post_id", "hour", "source_id"],
                            isUnique: true),
                        IndexState("hourly_views_hour_count_index", on: ["hour", "count"]),
                    ])),
            .createTable(
                TableState(
                    "imported_files",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("source", .text, maxLength: 250),
                        ColumnState("path", .text, maxLength: 510),
                        ColumnState("kind", .text, maxLength: 20),
                        ColumnState("digest", .text, maxLength: 64),
                        ColumnState("body_digest", .text, maxLength: 64, isNullable: true),
                        ColumnState("row_id", .integer, isNullable: true),
                        ColumnState("is_present", .boolean, default: .value(.bool(true))),
                    ],
                    indexes: [
                        IndexState("imported_files_body_digest_index", on: ["body_digest"]),
                        IndexState("imported_files_source_path_unique", on: ["source", "path"], isUnique: true),
                        IndexState("imported_files_kind_row_id_index", on: ["kind", "row_id"]),
                    ])),
            .createTable(
                TableState(
                    "local_marks",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("kind", .text, maxLength: 20),
                        ColumnState("row_id", .integer),
                        ColumnState("field", .text, maxLength: 50),
                        ColumnState("file_value", .text, isNullable: true),
                    ],
                    indexes: [
                        IndexState(
                            "local_marks_kind_row_id_field_unique", on: ["kind", "row_id", "field"], isUnique: true)
                    ])),
            .createTable(
                TableState(
                    "post_authors",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("post_id", .integer, references: ReferenceState("posts", onDelete: .cascade)),
                        ColumnState("author_id", .integer, references: ReferenceState("users", onDelete: .cascade)),
                        ColumnState("position", .integer, default: .value(.int(1))),
                    ],
                    indexes: [
                        IndexState("post_authors_author_id_index", on: ["author_id"]),
                        IndexState(
                            "post_authors_post_id_author_id_unique", on: ["post_id", "author_id"], isUnique: true),
                    ])),
            .createTable(
                TableState(
                    "tags",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("name", .text, maxLength: 50, isUnique: true),
                        ColumnState("slug", .text, maxLength: 50, isUnique: true),
                        ColumnState("revision", .integer, default: .value(.int(0))),
                    ])),
            .createTable(
                TableState(
                    "post_tags",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("post_id", .integer, references: ReferenceState("posts", onDelete: .cascade)),
                        ColumnState("tag_id", .integer, references: ReferenceState("tags", onDelete: .cascade)),
                        ColumnState("position", .integer, default: .value(.int(0))),
                    ],
                    indexes: [
                        IndexState("post_tags_tag_id_index", on: ["tag_id"]),
                        IndexState("post_tags_post_id_tag_id_unique", on: ["post_id", "tag_id"], isUnique: true),
                    ])),
            .createTable(
                TableState(
                    "site_state",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("database_id", .uuid),
                        ColumnState("change_counter", .integer, default: .value(.int(0))),
                        ColumnState("import_generation", .integer, default: .value(.int(0))),
                    ])),
        ])
}
