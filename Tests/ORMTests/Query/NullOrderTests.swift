@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

/// Where NULL stands in an order that an engine would put it elsewhere in.
@Suite struct NullOrderTests {
    private let dialect = OtherDialect(ordersNullFirst: false)

    @Test func columnsThatCanBeNullSayWhere() throws {
        let sql = try Sample.order({ $0.a.asc }, { $0.b.desc }, { $0.n.desc }).statement(in: dialect).sql
        #expect(
            sql.hasSuffix(#"ORDER BY t0."a" NULLS FIRST, t0."b" DESC NULLS LAST, t0."n" DESC"#),
            "\(sql)")
        let reversed = Sample.order { $0.a.asc }.select { $0.a }.order { $0.desc }.limit(1)
        #expect(try reversed.statement(in: dialect).sql.contains("ORDER BY 1 DESC NULLS LAST"))
    }

    @Test func theDefaultOrderKnowsItsColumns() throws {
        #expect(try User.query.statement(in: dialect).sql.hasSuffix(#"ORDER BY t0."id""#))
    }

    @Test func anEngineThatAgreesIsToldNothing() throws {
        let sql = try Sample.order { $0.a.asc }.statement(in: OtherDialect()).sql
        #expect(sql.hasSuffix(#"ORDER BY t0."a""#))
    }
}
