import Testing

@testable import Templates

/// The rules that the check goes by, held against the filters themselves.
@Suite struct FilterRuleTests {
    @Test func `every filter has a rule`() {
        #expect(FilterRule.all.keys.sorted() == Filter.all.keys.sorted())
    }

    /// A value of every kind that a view model's field can have.
    private static let values: [Value] = [
        .string("abc"), .string(""), .markup("<b>"), .int(3), .double(1.5), .bool(true), .date(0),
        .list([.string("a")]), .list([.int(1), .int(2)]), .tuple([.int(1)]), .dict(.init([("a", .int(1))])),
        .object(Item()),
    ]

    private struct Item: ViewModel {
        static let shape = Shape("item", [.init("name", .text, "")])
        func value(_ field: Int) -> Value { .string("n") }
    }

    /// Arguments that suit a filter that cannot do without.
    private static let arguments: [String: [Value?]] = [
        "attr": [.string("name")], "batch": [.int(2), nil], "date": [.string("iso")], "plural": [.string("word"), nil],
        "replace": [.string("a"), .string("b"), nil], "slice": [.int(2), nil],
    ]

    @Test(
        arguments: FilterRule.all.keys.sorted().filter { !["groupby", "map", "selectattr", "rejectattr"].contains($0) })
    func `what a rule refuses the filter refuses too`(_ name: String) throws {
        let rule = try #require(FilterRule.all[name])
        let filter = try #require(Filter.all[name])
        let context = FilterContext(kind: .html, environment: RenderEnvironment())
        let arguments = FilterArguments(
            values: Self.arguments[name] ?? [Value?](repeating: nil, count: filter.signature.parameters.count))
        var refused = 0
        for value in Self.values where !rule.input.takes(StaticType(of: value)) {
            refused += 1
            #expect(throws: Failure.self, "\(name) of \(value)") { _ = try filter.apply(value, arguments, context) }
        }
        #expect(refused > 0 || rule.input == .anything)
        // And there is something that both take.
        let taken = Self.values.contains { value in
            rule.input.takes(StaticType(of: value)) && (try? filter.apply(value, arguments, context)) != nil
        }
        #expect(taken)
    }
}
