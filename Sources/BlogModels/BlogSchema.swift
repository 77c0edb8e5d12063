package import FoundationEssentials
package import ORM

/// The blog's tables: which models there are, the triggers that keep revisions, and the version of all that.
package enum BlogSchema {
    /// Raised with every change of tables or triggers.
    package static let version = 1

    /// All models of the blog, tables that others point to first.
    package static let models: [any Model.Type] = [
        User.self, Post.self, Page.self, Comment.self, Tag.self, PostTag.self, PostAuthor.self, Alias.self,
        ViewSource.self, HourlyView.self, AccessLogFile.self, ImportedFile.self, LocalMark.self, SiteState.self,
    ]

    /// Makes the tables of a new database, or checks that those of an old one are the ones this program knows.
    ///
    /// Throws `.migration`, and changes nothing, when the database is older or newer than the program, or holds other tables.
    /// - `databaseID`: what a new database is to be known by; see ``SiteState/databaseID``.
    @discardableResult
    package static func prepare(_ database: Database, databaseID: UUID = UUID()) async throws -> SiteState {
        if try await database.hasTable("site_state") {
            guard let state = try await SiteState.find(1, on: database) else {
                throw ORMError(
                    .migration, "the table site_state is empty: this is no database of a blog, or a damaged one")
            }
            guard state.schemaVersion == version else {
                let relation = state.schemaVersion > version ? "newer" : "older"
                throw ORMError(
                    .migration,
                    "the database has schema \(state.schemaVersion) and is \(relation) than this program, which knows schema \(version)"
                )
            }
            return state
        }
        for model in models where try await database.hasTable(model.schema.table) {
            throw ORMError(
                .migration,
                "the database holds a table \(model.schema.table) of another program: name an empty database")
        }
        let script = try SchemaScript(database.dialect).create(models) + "\n" + triggers
        try await database.run(script: "BEGIN IMMEDIATE;\n\(script)\nCOMMIT;")
        return try await SiteState.create(id: 1, schemaVersion: version, databaseID: databaseID, on: database)
    }

    // MARK: Triggers

    /// Raise the change counter with every change that readers can see, and write it into the row as its revision, so that
    /// edits by plain SQL count too. A row's `revision` is never lower than that of a deleted row with the same id, because
    /// the counter only rises.
    ///
    /// The revision is written only when the statement itself left it alone; a bulk insert that sets it costs no second write.
    private static var triggers: String {
        let revised = [User.schema, Post.schema, Page.schema, Comment.schema, Tag.schema].map(revisionTriggers)
        let counted = ["post_tags", "post_authors", "aliases", "hourly_views"].map { table in
            ["INSERT", "UPDATE", "DELETE"].map { event in
                trigger("\(table)_\(event.lowercased())_counter", "AFTER \(event) ON \(table)", [raiseCounter])
            }.joined(separator: "\n")
        }
        // Views of a post raise the counter alone, see revisionTriggers.
        let views = trigger(
            "posts_view_count_counter",
            "AFTER UPDATE OF view_count ON posts WHEN NEW.view_count <> OLD.view_count", [raiseCounter])
        return (revised + counted + [views]).joined(separator: "\n")
    }

    private static let raiseCounter = "UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1;"

    private static func revisionTriggers(_ schema: TableSchema) -> String {
        let table = schema.table
        // A post's views come by the thousand and are published once a day: they raise the counter, not the revision.
        let watched = schema.columns.map(\.name).filter { $0 != "revision" && $0 != "view_count" }
        let stamp =
            "UPDATE \(table) SET revision = (SELECT change_counter FROM site_state WHERE id = 1) WHERE id = NEW.id;"
        return [
            trigger("\(table)_insert_counter", "AFTER INSERT ON \(table)", [raiseCounter]),
            trigger("\(table)_insert_revision", "AFTER INSERT ON \(table) WHEN NEW.revision = 0", [stamp]),
            trigger(
                "\(table)_update_revision",
                "AFTER UPDATE OF \(watched.joined(separator: ", ")) ON \(table) WHEN NEW.revision = OLD.revision",
                [raiseCounter, stamp]),
            trigger("\(table)_delete_counter", "AFTER DELETE ON \(table)", [raiseCounter]),
        ].joined(separator: "\n")
    }

    private static func trigger(_ name: String, _ event: String, _ actions: [String]) -> String {
        "CREATE TRIGGER \(name) \(event) BEGIN\n    \(actions.joined(separator: "\n    "))\nEND;"
    }
}
