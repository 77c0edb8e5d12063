import ORM
import Testing

extension DriverBehaviour {
    /// Random conditions over columns with many NULLs, each beside the Swift closure that it must agree with.
    static let logic: [DriverBehaviour] = (1...12).map { (seed: UInt64) in
        DriverBehaviour("random conditions agree with Swift and partition the rows, seed \(seed)", .tables(Sample.self))
        {
            (_) async throws in
            var random = SeededGenerator(seed)
            try await Sample.insert(
                (0..<40).map { _ in
                    Sample.New(
                        a: random.maybe(0...2), b: random.maybe(0...2),
                        text: random.maybe(0...3).map { ["ab", "AB", "b%", ""][$0] },
                        n: .random(in: 0...2, using: &random),
                        flag: .random(using: &random))
                })
            let all = try await Sample.order { $0.id.asc }.all()
            for _ in 0..<40 {
                let condition = Condition.random(depth: 4, using: &random)
                let expected = all.filter(condition.holds).map(\.id)
                let others = all.filter { !condition.holds($0) }.map(\.id)
                let values = try await Sample.order { $0.id.asc }.select { ($0.id, condition.predicate($0)) }.all()
                try #require(try await Sample.filter(condition.predicate).ids() == expected, "\(condition)")
                try #require(try await Sample.exclude(condition.predicate).ids() == others, "\(condition)")
                try #require(try await Sample.filter { !condition.predicate($0) }.ids() == others, "\(condition)")
                try #require(values.filter(\.1).map(\.0) == expected, "as a value: \(condition)")
            }
        }
    }
}

/// A condition as data: it can be asked of a row in Swift, and turned into a predicate.
private indirect enum Condition {
    case aEquals(Int?), aBelow(Int), aIsB, aIsBelowB, aIn([Int?]), nIn([Int]), nAtLeast(Int), flag
    case contains(String), prefix(String), folded(String), never
    case not(Condition), and(Condition, Condition), or(Condition, Condition), same(Condition, Condition)

    static func random(depth: Int, using random: inout SeededGenerator) -> Condition {
        let kind = Int.random(in: 0..<(depth > 0 ? 20 : 12), using: &random)
        switch kind {
        case 0: return .aEquals(random.maybe(0...2))
        case 1: return .aBelow(Int.random(in: 0...3, using: &random))
        case 2: return .aIsB
        case 3: return .aIsBelowB
        case 4: return .aIn((0..<Int.random(in: 0...3, using: &random)).map { _ in random.maybe(0...2) })
        case 5:
            return .nIn(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0...2, using: &random) })
        case 6: return .nAtLeast(Int.random(in: 0...2, using: &random))
        case 7: return .flag
        case 8: return .contains(["b", "%", ""].randomElement(using: &random) ?? "")
        case 9: return .prefix(["a", "b%"].randomElement(using: &random) ?? "")
        case 10: return .folded(["aB", "B%"].randomElement(using: &random) ?? "")
        case 11: return .never
        case 12, 13: return .not(.random(depth: depth - 1, using: &random))
        case 14, 15, 16:
            return .and(.random(depth: depth - 1, using: &random), .random(depth: depth - 1, using: &random))
        case 17, 18:
            return .or(.random(depth: depth - 1, using: &random), .random(depth: depth - 1, using: &random))
        default: return .same(.random(depth: depth - 1, using: &random), .random(depth: depth - 1, using: &random))
        }
    }

    func holds(_ row: Sample) -> Bool {
        switch self {
        case .aEquals(let value): row.a == value
        case .aBelow(let limit): row.a.map { $0 < limit } ?? false
        case .aIsB: row.a == row.b
        case .aIsBelowB: if let a = row.a, let b = row.b { a < b } else { false }
        case .aIn(let values): values.contains(row.a)
        case .nIn(let values): values.contains(row.n)
        case .nAtLeast(let limit): row.n >= limit
        case .flag: row.flag
        case .contains(let text): row.text.map { text.isEmpty || $0.contains(text) } ?? false
        case .prefix(let text): row.text?.hasPrefix(text) ?? false
        case .folded(let text): row.text.map { $0.lowercased() == text.lowercased() } ?? false
        case .never: false
        case .not(let inner): !inner.holds(row)
        case .and(let left, let right): left.holds(row) && right.holds(row)
        case .or(let left, let right): left.holds(row) || right.holds(row)
        case .same(let left, let right): left.holds(row) == right.holds(row)
        }
    }

    func predicate(_ row: Scope<Sample, Sample>) -> Expr<Bool> {
        switch self {
        case .aEquals(let value): row.a == value
        case .aBelow(let limit): row.a < limit
        case .aIsB: row.a == row.b
        case .aIsBelowB: row.a < row.b
        case .aIn(let values): row.a.isIn(values)
        case .nIn(let values): row.n.isIn(values)
        case .nAtLeast(let limit): row.n >= limit
        case .flag: row.flag
        case .contains(let text): row.text.contains(text)
        case .prefix(let text): row.text.hasPrefix(text)
        case .folded(let text): row.text.iequals(text)
        case .never: Expr(false)
        case .not(let inner): !inner.predicate(row)
        case .and(let left, let right): left.predicate(row) && right.predicate(row)
        case .or(let left, let right): left.predicate(row) || right.predicate(row)
        case .same(let left, let right): left.predicate(row) == right.predicate(row)
        }
    }
}
