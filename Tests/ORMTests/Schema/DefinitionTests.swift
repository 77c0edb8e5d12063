import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Model("owners")
private struct Owner {
    @PrimaryKey var id: Int
    var isActive = true
    @HasMany(\Item.owner) var items: Many<Item>

    static var options: Options<Owner> { .init(checks: [.check("items") { $0.items.count < 3 }]) }
}

@Model("items")
private struct Item {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var owner: One<Owner>

    static var options: Options<Item> { .init(checks: [.check("owner") { $0.owner.isActive }]) }
}

@Model("moments")
private struct Moment {
    @PrimaryKey var id: Int
    var at: Date

    static var options: Options<Moment> { .init(indexes: [.on(\.at).where { $0.at < .currentTimestamp }]) }
}

@Model("labels")
private struct Label {
    @PrimaryKey var id: Int
    var name: String

    static var options: Options<Label> { .init(checks: [.check("folded") { $0.name.iequals("x") }]) }
}

@Model("limits")
private struct Limit {
    @PrimaryKey var id: Int
    @Column(.decimal(10, 2)) var amount: Decimal

    static var options: Options<Limit> {
        .init(checks: [.check("amount") { Expr(raw: "\($0.amount) < \(Decimal(5))") }])
    }
}

@Model("prices")
private struct Price {
    @PrimaryKey var id: Int
    @Column(.decimal(10, 2)) var amount: Decimal
    @ForeignKey(onDelete: .cascade) var label: One<Label>

    static var options: Options<Price> {
        .init(checks: [
            .check("label") { $0.label.id > 0 && $0.amount < 5 && Expr(raw: "typeof(\($0.amount)) = 'integer'") }
        ])
    }
}

struct DefinitionTests {
    private func refusal(_ model: any Model.Type) -> ORMError? {
        #expect(throws: ORMError.self) { try SchemaScript(sqlite).create([model]) }
    }

    @Test func aDefinitionSpeaksOfItsOwnColumnsOnly() {
        #expect(refusal(Item.self)?.code == .configuration)
        #expect(
            refusal(Item.self)?.message
                == "a check or an index speaks of its own table's columns, and is_active is behind a relation")
        #expect(refusal(Owner.self)?.code == .configuration)
        #expect(refusal(Moment.self)?.code == .configuration)
    }

    @Test func aDefinitionThatOtherProgramsCannotReadIsRefused() {
        #expect(refusal(Label.self)?.code == .unsupported)
        #expect(refusal(Label.self)?.unsupported?.feature == "orm_fold")
    }

    @Test func aDecimalInRawSQLOfADefinitionNeedsItsColumn() {
        #expect(refusal(Limit.self)?.code == .unsupported)
    }

    @Test func theKeyOfARelationIsAColumnOfTheTable() throws {
        let script = try SchemaScript(sqlite).create([Price.self])
        #expect(
            script.contains(
                #"CHECK ((((("label_id" > 0) AND ("amount" < 500)) AND (typeof("amount") = 'integer')) IS TRUE))"#))
    }
}
