import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.tables(Account.self, Profile.self, Transfer.self)) struct DecimalTests {
    private func insert(_ amounts: String...) async throws {
        let account = try await Account.create(email: "a@b.c")
        try await Transfer.insert(
            amounts.map { .init(from: .init(account), to: .init(account), amount: Decimal(string: $0) ?? .nan) })
    }

    @Test func numbersAreExactInOrderSumAndExtremes() async throws {
        try await insert("0.10", "0.20", "-0.01", "99999999.99", "3")
        #expect(
            try await Transfer.order { $0.amount.asc }.all().map(\.amount.description) == [
                "-0.01", "0.1", "0.2", "3", "99999999.99",
            ])
        #expect(try await Transfer.query.sum { $0.amount } == Decimal(string: "100000003.28"))
        #expect(try await Transfer.query.min { $0.amount } == Decimal(string: "-0.01"))
        #expect(try await Transfer.query.max { $0.amount } == Decimal(string: "99999999.99"))
        #expect(try await Transfer.filter { $0.amount < 1 }.average { $0.amount } == 0.29 / 3)
        let totals = try await Account.select { ($0.outgoing.sum { $0.amount }, $0.outgoing.average { $0.amount }) }
            .all()
        #expect(totals[0].0 == Decimal(string: "100000003.28"))
        #expect(totals[0].1 == 20000000.656)
        let grouped = try await Transfer.group { $0.from.email }.select { ($0.from.email, $0.sum { $0.amount }) }.all()
        #expect(grouped[0].1 == Decimal(string: "100000003.28"))
    }

    @Test(arguments: [
        ("0.1", ["0.1"]), ("0.10", ["0.1"]), ("0.100000", ["0.1"]), ("0.101", []), ("3", ["3"]), ("1e30", []),
        ("99999999.99", ["99999999.99"]),
    ])
    func equalityIsThatOfNumbers(_ text: String, _ found: [String]) async throws {
        try await insert("0.1", "0.2", "3", "99999999.99")
        let number = Decimal(string: text) ?? .nan
        #expect(try await Transfer.filter { $0.amount == number }.all().map(\.amount.description) == found)
        #expect(try await Transfer.filter { $0.amount.isIn([number]) }.all().map(\.amount.description) == found)
        #expect(try await Transfer.filter { $0.amount != number }.count() == 4 - found.count)
    }

    @Test(arguments: ["0.1", "0.15", "0.149", "0.1000000000000000001", "-1", "1e30", "-1e30", "3"])
    func comparisonIsThatOfNumbersWhateverTheirDigits(_ text: String) async throws {
        let amounts = ["0.1", "0.2", "3", "0"]
        try await insert(amounts[0], amounts[1], amounts[2], amounts[3])
        let number = Decimal(string: text) ?? .nan
        let below = amounts.filter { (Decimal(string: $0) ?? .nan) < number }.count
        let notAbove = amounts.filter { (Decimal(string: $0) ?? .nan) <= number }.count
        #expect(try await Transfer.filter { $0.amount < number }.count() == below)
        #expect(try await Transfer.filter { $0.amount <= number }.count() == notAbove)
        #expect(try await Transfer.filter { $0.amount > number }.count() == 4 - notAbove)
        #expect(try await Transfer.filter { $0.amount >= number }.count() == 4 - below)
    }

    @Test func arithmeticKeepsEveryDigit() async throws {
        try await insert("0.10", "12.34")
        let rate = Decimal(string: "1.125") ?? .nan
        let rows = try await Transfer.order { $0.id.asc }
            .select { ($0.amount + 1, $0.amount - $0.amount, $0.amount * rate, $0.amount * $0.amount) }.all()
        #expect(rows[0] == (Decimal(string: "1.1"), 0, Decimal(string: "0.1125"), Decimal(string: "0.01")))
        #expect(rows[1] == (Decimal(string: "13.34"), 0, Decimal(string: "13.8825"), Decimal(string: "152.2756")))
    }

    @Test func aColumnTakesWhatAnExpressionGivesRoundedToItsDigits() async throws {
        try await insert("0.10", "12.34", "-0.04")
        let rate = Decimal(string: "1.125") ?? .nan
        let sql = try await recorded { () async throws in
            try await Transfer.query.update(.set(\.amount) { $0.amount * rate })
        }
        #expect(
            sql == [
                #"UPDATE "transfers" AS t0 SET "amount" = orm_rescale((t0."amount" * ?), 3)"#
            ])
        #expect(try await Transfer.order { $0.id.asc }.all().map(\.amount.description) == ["0.11", "13.88", "-0.05"])
        try await Transfer.query.update(.set(\.amount, Decimal(string: "7.5") ?? .nan))
        #expect(Set(try await Transfer.all().map(\.amount.description)) == ["7.5"])
        var one = try await Transfer.order { $0.id.asc }.first()
        one?.amount += Decimal(string: "0.01") ?? .nan
        try await one?.save()
        #expect(try await Transfer.order { $0.id.asc }.first()?.amount == Decimal(string: "7.51"))
    }

    @Test func theFileHoldsIntegersOfTheScale() async throws {
        try await insert("12.30")
        #expect(
            try await rows(of: "SELECT typeof(amount) || ' ' || amount FROM transfers", TupleDecoder<String>()) == [
                "integer 1230"
            ])
    }

    @Test func aProductPast64BitsIsAnErrorAndNoGuess() async throws {
        try await insert("99999999.99")
        let error = await ormError {
            _ = try await Transfer.select { $0.amount * $0.amount * $0.amount }.all()
        }
        #expect(error?.code == .database)
        #expect(error?.message == "a decimal number has become too large for 64 bits")
    }
}
