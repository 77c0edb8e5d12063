import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Model("goods")
private struct Good {
    @PrimaryKey var id: Int
    var kind: String
    @Column(.decimal(10, 2)) var price: Decimal
    @Column(.decimal(10, 3)) var cost: Decimal
}

@Suite(.tables(Good.self)) struct DecimalQueryTests {
    private func seed() async throws {
        try await Good.insert([
            .init(kind: "a", price: 9, cost: decimal("1.5")), .init(kind: "b", price: 10, cost: decimal("9")),
            .init(kind: "a", price: decimal("1.5"), cost: decimal("2.125")),
        ])
    }

    private func decimal(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }

    // MARK: Order

    @Test func selectedDecimalsAreOrderedAsNumbers() async throws {
        try await seed()
        let prices = Good.select { $0.price }
        #expect(try await prices.order { $0.desc }.all() == [10, 9, decimal("1.5")])
        #expect(try await prices.order { $0.asc }.limit(2).all() == [decimal("1.5"), 9])
        #expect(try await prices.distinct().order { $0.asc }.all() == [decimal("1.5"), 9, 10])
        #expect(try await prices.distinct().limit(2).all() == [decimal("1.5"), 9])
        #expect(try await prices.order { $0.desc }.page(limit: 1, offset: 1).items == [9])
        let sql = try prices.order { $0.desc }.sql()
        #expect(sql == #"SELECT orm_decimal(t0."price", 2) FROM "goods" AS t0 ORDER BY t0."price" DESC"#)
    }

    @Test func combinedAndGroupedDecimalsAreOrderedAsNumbers() async throws {
        try await seed()
        let both = Good.filter { $0.id < 3 }.select { $0.price }.union(Good.filter { $0.id > 2 }.select { $0.price })
        #expect(try await both.order { $0.desc }.all() == [10, 9, decimal("1.5")])
        #expect(try await both.limit(1).all() == [decimal("1.5")])
        let sums = Good.group { $0.kind }.select { ($0.kind, $0.sum { $0.price }) }.order { _, sum in sum.asc }
        #expect(try await sums.all().map(\.0) == ["b", "a"])
    }

    // MARK: Membership

    @Test func decimalsOfDifferentScalesAreFoundInASelect() async throws {
        try await seed()
        #expect(try await Good.filter { $0.price.isIn(Good.select { $0.cost }) }.ids() == [1, 3])
        #expect(try await Good.filter { $0.cost.isIn(Good.select { $0.price }) }.ids() == [1, 2])
        #expect(try await Good.filter { !$0.cost.isIn(Good.limit(1).select { $0.price }) }.ids() == [1, 3])
        #expect(try await Good.filter { $0.price.isIn(Good.select { $0.price }) }.count() == 3)
    }

    @Test func aSelectOfUnknownScaleIsRefused() async throws {
        let error = await ormError {
            _ = try await Good.filter { $0.price.isIn(Rows<Decimal>.raw("SELECT cost FROM goods")) }.all()
        }
        #expect(error?.code == .unsupported)
    }

    // MARK: SQL of one's own

    @Test func aDecimalInRawSQLIsBoundInAColumnsScale() async throws {
        try await seed()
        let limit = decimal("9")
        #expect(
            try await Good.filter { Expr(raw: "\($0.price) >= \(limit, in: \Good.Columns.price)") }.ids() == [1, 2])
        #expect(try await Good.filter { Expr(raw: "\($0.cost) >= \(limit, in: \Good.Columns.cost)") }.ids() == [2])
        #expect(try await SQLText("UPDATE goods SET price = \(limit, in: \Good.Columns.price)").execute() == 3)
        #expect(try await Good.select { $0.price }.distinct().all() == [limit])
        let error = await ormError { _ = try await Good.filter { Expr(raw: "\($0.price) >= \(limit)") }.all() }
        #expect(error?.code == .unsupported)
        #expect(error?.unsupported?.dialect == "sqlite")
    }

    @Test func aValueThatNoColumnHoldsIsRefusedBeforeTheStatementRuns() async throws {
        let sql = try await recorded { () async throws in
            let equal = await ormError { _ = try await Good.filter { $0.price == .nan }.all() }
            #expect(equal?.code == .validationFailure)
            #expect(equal?.message == "a value of the query is a decimal that is no number, which cannot be stored")
            #expect(
                await ormError { _ = try await Good.filter { $0.price.isIn([.nan]) }.all() }?.code == .validationFailure
            )
        }
        #expect(sql == [])
    }

    // MARK: Lists

    @Test func aListOfDecimalsIsOneBoundValue() async throws {
        try await seed()
        let query = Good.filter { $0.price.isIn([9, decimal("1.5"), decimal("1.501")]) }
        #expect(try query.statement(in: sqlite).binds == [.text("[900,150]")])
        #expect(try await query.ids() == [1, 3])
    }

    @Test func aListThatTheEngineCannotBindIsRefused() async throws {
        let doubles = (0..<40_000).map(Double.init)
        let error = await ormError { _ = try await Good.filter { $0.price.asDouble.isIn(doubles) }.all() }
        #expect(error?.code == .unsupported)
        #expect(try await Good.filter { $0.price.asDouble.isIn(doubles.prefix(30_000)) }.all().isEmpty)
    }
}
