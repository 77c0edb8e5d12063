import Foundation
import ORM
import Testing

extension DriverBehaviour {
    /// Random conditions over columns with many NULLs, each beside the Swift closure that it must agree with.
    static let logic: [DriverBehaviour] = (1...12).map { seed in
        DriverBehaviour(
            "random conditions agree with Swift and partition the rows, seed \(seed)", .tables(Sample.self)
        ) { (_) async throws in
            try await randomConditionsAgreeWithSwift(seed: seed)
        }
    }

    private static func randomConditionsAgreeWithSwift(seed: UInt64) async throws {
        var random = SeededGenerator(seed)
        try await Sample.insert(
            (0..<40).map { _ in
                Sample.New(
                    a: random.maybe(0...2), b: random.maybe(0...2),
                    text: random.maybe(0...4).map { ["ab", "AB", "b%", "", " äB "][$0] },
                    n: .random(in: 0...2, using: &random),
                    flag: .random(using: &random),
                    day: random.maybe(0...400).map {
                        Date(timeIntervalSince1970: 1_704_000_000 + Double($0) * 86_399)
                    })
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

/// A condition as data: it can be asked of a row in Swift, and turned into a predicate.
private indirect enum Condition {
    case aEquals(Int?), aBelow(Int), aIsB, aIsBelowB, aIn([Int?]), nIn([Int]), nAtLeast(Int), flag
    case contains(String), prefix(String), folded(String), never
    case sum(Int), quotient(Int), remainder(Int), fallback(Int), least(Int), month(Int), movedYear(Int)
    case upper(String), joined(String), length(Int), pattern(String)
    case not(Condition), and(Condition, Condition), or(Condition, Condition), same(Condition, Condition)
    case choice(Condition, Condition, Condition), open(Condition, Condition)

    static func random(depth: Int, using random: inout SeededGenerator) -> Condition {
        func inner() -> Condition { .random(depth: depth - 1, using: &random) }
        func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
        switch number(0...(depth > 0 ? 33 : 22)) {
        case 0: return .aEquals(random.maybe(0...2))
        case 1: return .aBelow(number(0...3))
        case 2: return .aIsB
        case 3: return .aIsBelowB
        case 4: return .aIn((0..<number(0...3)).map { _ in random.maybe(0...2) })
        case 5: return .nIn((0..<number(0...3)).map { _ in number(0...2) })
        case 6: return .nAtLeast(number(0...2))
        case 7: return .flag
        case 8: return .contains(["b", "%", ""].randomElement(using: &random) ?? "")
        case 9: return .prefix(["a", "b%"].randomElement(using: &random) ?? "")
        case 10: return .folded(["aB", "B%", " Äb "].randomElement(using: &random) ?? "")
        case 11: return .never
        case 12: return .sum(number(-1...4))
        case 13: return .quotient(number(-1...2))
        case 14: return .remainder(number(0...2))
        case 15: return .fallback(number(0...2))
        case 16: return .least(number(0...2))
        case 17: return .month(number(1...12))
        case 18: return .movedYear(number(2023...2026))
        case 19: return .upper(["AB", "ÄB", ""].randomElement(using: &random) ?? "")
        case 20: return .joined(["abab", "ABab", "äBab"].randomElement(using: &random) ?? "")
        case 21: return .length(number(0...4))
        case 22: return .pattern(["^a", "B$", "^.?ä", "%|a"].randomElement(using: &random) ?? "")
        case 23, 24: return .not(inner())
        case 25, 26, 27: return .and(inner(), inner())
        case 28, 29: return .or(inner(), inner())
        case 30: return .same(inner(), inner())
        case 31, 32: return .choice(inner(), inner(), inner())
        default: return .open(inner(), inner())
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
        case .sum(let limit): if let a = row.a, let b = row.b { a * 2 - b + row.n > limit } else { false }
        case .quotient(let limit):
            if let a = row.a, let b = row.b, b != 1 { (a - 7) / (b - 1) < limit } else { false }
        case .remainder(let rest): if let a = row.a, let b = row.b, b != 0 { (a + 5) % b == rest } else { false }
        case .fallback(let value): row.a ?? row.b ?? 1 == value
        case .least(let limit): if let a = row.a, let b = row.b { min(max(a, b), row.n) == limit } else { false }
        case .month(let month): row.day.map { Self.utc.component(.month, from: $0) == month } ?? false
        case .movedYear(let year):
            row.day.map { Self.utc.component(.year, from: $0 + 86_400 * 200) != year } ?? true
        case .upper(let text):
            row.text.map { $0.uppercased().trimmingCharacters(in: CharacterSet(charactersIn: " ")) == text }
                ?? false
        case .joined(let text): row.text.map { $0.replacingOccurrences(of: " ", with: "") + "ab" == text } ?? false
        case .length(let count): row.text?.unicodeScalars.count != count
        case .pattern(let pattern): row.text?.range(of: pattern, options: .regularExpression) != nil
        case .choice(let condition, let then, let otherwise):
            condition.holds(row) ? then.holds(row) : otherwise.holds(row)
        // Neither true nor false where the condition does not hold.
        case .open(let condition, let then): condition.holds(row) && !then.holds(row)
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
        case .sum(let limit): row.a * 2 - row.b + row.n.asOptional > limit
        case .quotient(let limit): (row.a - 7) / (row.b - 1) < limit
        case .remainder(let rest): (row.a + 5) % row.b == rest
        case .fallback(let value): row.a.or(row.b).or(1) == value
        case .least(let limit): row.a.atLeast(row.b).atMost(row.n.asOptional) == limit
        case .month(let month): row.day.month == month
        case .movedYear(let year): (row.day + .seconds(86_400 * 200)).year != year
        case .upper(let text): row.text.upper.trimmed == text
        case .joined(let text): row.text.replacing(" ", with: "") + "ab" == text
        case .length(let count): row.text.length != count
        case .pattern(let pattern): row.text.matches(pattern)
        case .choice(let condition, let then, let otherwise):
            when(condition.predicate(row), then: then.predicate(row)).else(otherwise.predicate(row))
        case .open(let condition, let then):
            when(condition.predicate(row), then: then.predicate(row)).orNull == false
        case .not(let inner): !inner.predicate(row)
        case .and(let left, let right): left.predicate(row) && right.predicate(row)
        case .or(let left, let right): left.predicate(row) || right.predicate(row)
        case .same(let left, let right): left.predicate(row) == right.predicate(row)
        }
    }

    private static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
