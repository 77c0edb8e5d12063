import ORM
import ORMMigrations

/// The triggers by which changes are noticed, for migrations: on every engine, so that edits by plain SQL count too.
///
/// They raise the change counter with every change that readers can see, and write it into the row as its revision. A row's
/// `revision` is never lower than that of a deleted row with the same id, because the counter only rises.
///
/// The revision is written only when the statement itself left it alone; a bulk insert that sets it costs no second write.
///
/// A migration that adds a column to one of these tables drops the table's triggers and makes them anew, with the column among
/// those that are watched. A test finds the one that does not.
enum RevisionTriggers {
    private static let raise = "UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1"
    private static let counter = "(SELECT change_counter FROM site_state WHERE id = 1)"

    // MARK: Operations

    /// What the triggers of PostgreSQL call; before the first of them.
    static var functions: [MigrationOperation] {
        [
            function(
                "blog_raise_counter",
                "    \(raise);\n    RETURN NULL;"),
            function(
                "blog_stamp_revision",
                """
                    EXECUTE format('UPDATE %I SET revision = $1 WHERE id = $2', TG_TABLE_NAME) USING \(counter), NEW.id;
                    RETURN NULL;
                """),
        ]
    }

    /// Makes the triggers of a table whose rows have a revision, watching these columns.
    static func make(_ table: String, watching columns: [String]) -> [MigrationOperation] {
        triggers(table, watching: columns).map(\.creation)
    }

    /// Drops them; `columns` are those they have watched, so that this can be undone.
    static func drop(_ table: String, watching columns: [String]) -> [MigrationOperation] {
        triggers(table, watching: columns).reversed().map(\.removal)
    }

    /// Makes the triggers of a table whose changes count, and whose rows have no revision.
    static func makeCounters(_ table: String) -> [MigrationOperation] {
        ["INSERT", "UPDATE", "DELETE"].map { counter(table, $0).creation }
    }

    /// Makes the trigger for the views of a post: they come by the thousand and are published once a day, so that they raise the
    /// counter alone.
    static func makeViewCounter() -> MigrationOperation {
        let changed = "NEW.view_count <> OLD.view_count"
        return Trigger(
            "posts_view_count_counter", on: "posts",
            sqlite: ("AFTER UPDATE OF view_count", changed, [raise]),
            postgres: ("AFTER UPDATE OF view_count", changed, "blog_raise_counter"),
            mysql: ("AFTER UPDATE", ["IF \(changed) THEN \(raise); END IF"])
        ).creation
    }

    // MARK: Triggers

    private static func triggers(_ table: String, watching columns: [String]) -> [Trigger] {
        let list = columns.joined(separator: ", ")
        let isStamped = "NEW.revision = OLD.revision"
        let stamp = "UPDATE \(table) SET revision = \(counter) WHERE id = NEW.id"
        // MySQL lets no trigger write to its own table, but change the row before it is written. It has no list of columns that an
        // UPDATE names, so that there an UPDATE to the same values is none.
        let same = columns.map { "NEW.\($0) <=> OLD.\($0)" }.joined(separator: " AND ")
        return [
            counter(table, "INSERT"),
            Trigger(
                "\(table)_insert_revision", on: table,
                sqlite: ("AFTER INSERT", "NEW.revision = 0", [stamp]),
                postgres: ("AFTER INSERT", "NEW.revision = 0", "blog_stamp_revision"),
                mysql: ("BEFORE INSERT", ["IF NEW.revision = 0 THEN SET NEW.revision = \(counter) + 1; END IF"])),
            Trigger(
                "\(table)_update_counter", on: table,
                // PostgreSQL runs triggers by the order of their names: this one before the next.
                postgres: ("AFTER UPDATE OF \(list)", isStamped, "blog_raise_counter")),
            Trigger(
                "\(table)_update_revision", on: table,
                sqlite: ("AFTER UPDATE OF \(list)", isStamped, [raise, stamp]),
                postgres: ("AFTER UPDATE OF \(list)", isStamped, "blog_stamp_revision"),
                mysql: (
                    "BEFORE UPDATE",
                    ["IF \(isStamped) AND NOT (\(same)) THEN \(raise); SET NEW.revision = \(counter); END IF"]
                )),
            counter(table, "DELETE"),
        ]
    }

    private static func counter(_ table: String, _ event: String) -> Trigger {
        Trigger(
            "\(table)_\(event.lowercased())_counter", on: table,
            sqlite: ("AFTER \(event)", nil, [raise]),
            postgres: ("AFTER \(event)", nil, "blog_raise_counter"),
            mysql: ("AFTER \(event)", [raise]))
    }

    private static func function(_ name: String, _ body: String) -> MigrationOperation {
        let create = "CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n\(body)\nEND\n$$"
        return .sql(
            up: PortableSQL("", for: ["postgres": create]),
            down: PortableSQL("", for: ["postgres": "DROP FUNCTION \(name)()"]))
    }
}

/// A trigger in the words of each engine; one that an engine does without has none for it.
private struct Trigger {
    let name: String
    let table: String
    var texts: [String: String] = [:]

    init(
        _ name: String, on table: String, sqlite: (event: String, condition: String?, actions: [String])? = nil,
        postgres: (event: String, condition: String?, function: String)? = nil,
        mysql: (event: String, actions: [String])? = nil
    ) {
        self.name = name
        self.table = table
        func body(_ actions: [String]) -> String {
            "BEGIN\n" + actions.map { "    \($0);\n" }.joined() + "END"
        }
        func head(_ event: String) -> String { "CREATE TRIGGER \(name) \(event) ON \(table)" }
        if let (event, condition, actions) = sqlite {
            texts["sqlite"] = head(event) + (condition.map { " WHEN \($0)" } ?? "") + " " + body(actions)
        }
        if let (event, condition, function) = postgres {
            let when = condition.map { " WHEN (\($0))" } ?? ""
            texts["postgres"] = head(event) + " FOR EACH ROW\(when) EXECUTE FUNCTION \(function)()"
        }
        if let (event, actions) = mysql { texts["mysql"] = head(event) + " FOR EACH ROW " + body(actions) }
    }

    private var drops: [String: String] {
        var drops = texts.mapValues { _ in "DROP TRIGGER \(name)" }
        if texts["postgres"] != nil { drops["postgres"] = "DROP TRIGGER \(name) ON \(table)" }
        return drops
    }

    var creation: MigrationOperation { .sql(up: PortableSQL("", for: texts), down: PortableSQL("", for: drops)) }
    var removal: MigrationOperation { .sql(up: PortableSQL("", for: drops), down: PortableSQL("", for: texts)) }
}
