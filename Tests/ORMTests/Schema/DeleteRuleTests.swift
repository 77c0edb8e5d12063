import ORM
import ORMSQLite
import ORMTesting
import Testing

@Model("branches")
private struct Branch {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .noAction) var parent: One<Branch>?
}

/// What happens to rows when those that they point to are deleted, where engines differ.
@Suite(.tables(Branch.self)) struct DeleteRuleTests {
    @Test func aRowThatIsPointedToGoesOnlyTogetherWithThoseThatPointToIt() async throws {
        try await Branch.insert([.init(id: 1), .init(id: 2, parent: .id(1)), .init(id: 3, parent: .id(2))])
        let error = await ormError { try await Branch.get(1).delete() }
        #expect(error?.database?.kind == .foreignKey)
        #expect(try await Branch.count() == 3)
        // With RESTRICT this would be refused too, at the first row.
        try await Branch.query.delete()
        #expect(try await Branch.count() == 0)
    }
}
