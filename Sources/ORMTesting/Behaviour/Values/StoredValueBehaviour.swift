import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Values as they come back.
    static let storedValues: [DriverBehaviour] = [
        DriverBehaviour(
            "every type reads back what was written", .tables(Sample.self, LoginSession.self),
            everyTypeReadsBackWhatWasWritten)
    ]

    private static func everyTypeReadsBackWhatWasWritten(_: BehaviourContext) async throws {
        let day = Date(timeIntervalSince1970: 1_739_442_030.123456789)
        let sample = try await Sample.create(
            a: .max, b: .min, text: "quote ' and 🦄 and \u{1}", n: -1, flag: true, real: -0.1, day: day, small: .min,
            mood: .grumpy)
        let stored = try await Sample.get(sample.id)
        #expect(stored.a == .max)
        #expect(stored.b == .min)
        #expect(stored.text == "quote ' and 🦄 and \u{1}")
        #expect((stored.n, stored.flag, stored.real) == (-1, true, -0.1))
        #expect(stored.day == sample.day)
        #expect(abs(stored.day?.timeIntervalSince(day) ?? 1) < 0.000_001)
        #expect((stored.small, stored.mood) == (.min, .grumpy))
        let nothing = try await Sample.get(try await Sample.create().id)
        #expect((nothing.a, nothing.text, nothing.real, nothing.mood) == (nil, nil, nil, nil))
        let session = try await LoginSession.create(token: [0, 255])
        #expect(try await LoginSession.get(session.id).token == [0, 255])
        let empty = try await LoginSession.create(token: [])
        #expect(try await LoginSession.get(empty.id).token == [])
    }
}
