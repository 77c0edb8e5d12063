import ORM
import ORMMigrations

extension Migrations {
    static let initial0001 = Migration(
        "0001_initial",
        operations: [
            .createTable(
                TableState(
                    "customers",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState("email", .text, maxLength: 100, isUnique: true),
                        ColumnState("created_at", .timestamp),
                    ])),
            .createTable(
                TableState(
                    "orders",
                    columns: [
                        ColumnState("id", .integer, isPrimaryKey: true),
                        ColumnState(
                            "customer_id", .integer, references: ReferenceState("customers", onDelete: .restrict)),
                        ColumnState("total", .decimal(precision: 10, scale: 2)),
                        ColumnState("status", .text, default: .value(.text("open"))),
                        ColumnState("created_at", .timestamp),
                    ],
                    indexes: [
                        IndexState("orders_customer_id_index", on: ["customer_id"]),
                        IndexState(
                            "orders_status_created_at_partial_index", on: ["status", "created_at"],
                            where: "(NOT ({status} = 'shipped'))"),
                    ],
                    checks: [CheckState("orders_total", "({total} >= 0)")])),
        ])
}
