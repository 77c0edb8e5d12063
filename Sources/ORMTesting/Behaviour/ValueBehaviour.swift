import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// What is written is read back, and found by itself.
    static let values: [DriverBehaviour] = [
        DriverBehaviour("integers to their ends", .tables(Sample.self), integersToTheirEnds),
        DriverBehaviour("doubles bit for bit", .tables(Sample.self), doublesBitForBit),
        DriverBehaviour("texts scalar for scalar", .tables(Sample.self), textsScalarForScalar),
        DriverBehaviour("a text of a million characters", .tables(Sample.self), aTextOfAMillionCharacters),
        DriverBehaviour("bytes of every kind and number", .tables(LoginSession.self), bytesOfEveryKindAndNumber),
        DriverBehaviour("instants to the microsecond, in UTC", .tables(Sample.self), instantsToTheMicrosecondInUTC),
        DriverBehaviour(
            "an instant comes back as the row has it that was just created", .tables(Sample.self),
            anInstantComesBackAsTheRowHasItThatWasJustCreated),
        DriverBehaviour("UUIDs, whatever their letters", .tables(LoginSession.self), uuidsWhateverTheirLetters),
        DriverBehaviour(
            "enums, booleans, defaults and nothing at all", .tables(Sample.self), enumsBooleansDefaultsAndNothingAtAll),
        DriverBehaviour(
            "what not every engine can store is refused everywhere", .tables(Sample.self),
            whatNotEveryEngineCanStoreIsRefusedEverywhere),
    ]

    private static func integersToTheirEnds(_: BehaviourContext) async throws {
        try await roundTrip([.min, .min + 1, -1, 0, 1, 1 << 53 + 1, .max], \.a, \.a, \.a)
        try await roundTrip([.min, -1, 0, .max] as [Int32], \.small, \.small, \.small)
    }

    private static func doublesBitForBit(_: BehaviourContext) async throws {
        try await roundTrip(
            [
                -.greatestFiniteMagnitude, -1.1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 0.1, 1 / 3, 2,
                1e15 + 0.3, .greatestFiniteMagnitude,
            ], \.real, \.real, \.real)
    }

    private static func textsScalarForScalar(_: BehaviourContext) async throws {
        try await roundTrip(oddTexts, \.text, \.text, \.text)
    }

    private static func aTextOfAMillionCharacters(_: BehaviourContext) async throws {
        let long = String(repeating: "long 🦄", count: 140_000)
        try await roundTrip([long], \.text, \.text, \.text)
    }

    private static func bytesOfEveryKindAndNumber(_: BehaviourContext) async throws {
        for bytes in [[], [0], Array(0...255), [UInt8](repeating: 0xff, count: 1_000_000)] as [[UInt8]] {
            let stored = try await LoginSession.create(token: bytes)
            #expect(try await LoginSession.get(stored.id).token == bytes)
            #expect(try await LoginSession.filter { $0.token == bytes }.get().id == stored.id)
        }
    }

    private static func instantsToTheMicrosecondInUTC(_: BehaviourContext) async throws {
        let instants = [-2_208_988_800, -0.000001, 0, 0.000001, 951_827_696.5, 1_739_442_030.123456, 4_102_444_800]
            .map { Date(timeIntervalSince1970: $0).asStored }
        try await roundTrip(instants, \.day, \.day, \.day)
        // From the first year that can be written to the last.
        let ends = [-62_135_596_800, 253_402_300_799].map { Date(timeIntervalSince1970: $0) }
        try await roundTrip(ends, \.day, \.day, \.day)
        #expect(try await Sample.filter { $0.day < Date(timeIntervalSince1970: 0) }.count() == 3)
    }

    private static func anInstantComesBackAsTheRowHasItThatWasJustCreated(_: BehaviourContext) async throws {
        let created = try await Sample.create(day: Date(timeIntervalSince1970: 1_739_442_030.123456789))
        #expect(try await Sample.get(created.id).day == created.day)
    }

    private static func uuidsWhateverTheirLetters(_: BehaviourContext) async throws {
        for text in ["00000000-0000-0000-0000-000000000000", "6f9619ff-8b86-d011-b42d-00c04fc964ff"] {
            let id = try #require(UUID(uuidString: text))
            try await LoginSession.create(id: id, token: [])
            #expect(try await LoginSession.get(id).id == id)
            #expect(try await LoginSession.filter { $0.id.isIn([id]) }.count() == 1)
        }
    }

    private static func enumsBooleansDefaultsAndNothingAtAll(_: BehaviourContext) async throws {
        try await roundTrip([.happy, .grumpy], \.mood, \.mood, \.mood)
        let nothing = try await Sample.get(try await Sample.create().id)
        #expect((nothing.a, nothing.text, nothing.real, nothing.day) == (nil, nil, nil, nil))
        #expect((nothing.small, nothing.mood, nothing.n, nothing.flag) == (nil, nil, 0, false))
        let flagged = try await Sample.create(flag: true)
        #expect(try await Sample.filter { $0.flag }.ids() == [flagged.id])
    }

    private static func whatNotEveryEngineCanStoreIsRefusedEverywhere(_: BehaviourContext) async throws {
        var sample = try await Sample.create(text: "good")
        let (text, far) = ("a\0b", Date(timeIntervalSince1970: 1e12))
        let stored = sample
        let attempts: [@Sendable () async throws -> Void] = [
            { try await Sample.create(text: text) },
            { try await Sample.insert([.init(text: "fine"), .init(text: text)]) },
            { try await Sample.query.update(.set(\.text, text)) },
            {
                var changed = stored
                changed.text = text
                try await changed.save()
            },
            { try await Sample.create(real: .nan) },
            { try await Sample.create(day: far) },
        ]
        let queries = try await recordQueries { () async throws in
            for attempt in attempts { #expect(await ormError(attempt)?.code == .validationFailure) }
        }
        #expect(queries.map(\.sql) == [])
        sample.text = "better"
        try await sample.save()
        #expect(try await Sample.all().map(\.text) == ["better"])
    }

    /// Texts that an engine might change, split, cut or take for something else.
    private static let oddTexts = [
        "", " ", "a", "A", "a ", " a", "it's", "\"quoted\"", "back\\slash", "`tick`", "50%", "a_b", "line\nbreak",
        "tab\there",
        "\u{1}\u{7f}", "null", "NULL", "12", "1e3", "true", "{}", "[1]", "--", ";", "?", "$1", ":name", "é", "e\u{301}",
        "ß",
        "İ", "日本語", "🦄", "👩‍👩‍👧", "\u{10FFFF}", "\u{FEFF}bom", "مرحبا",
    ]

    /// Writes each value, reads it back, and finds it, and no other, by itself.
    private static func roundTrip<Value: ColumnValue>(
        _ values: [Value], _ field: WritableKeyPath<Sample.New, Value?>, _ property: KeyPath<Sample, Value?>,
        _ column: KeyPath<Sample.Columns, Column<Sample, Value?>>
    ) async throws {
        let rows = values.map { value in
            var row = Sample.New()
            row[keyPath: field] = value
            return row
        }
        let ids = try await Sample.insert(rows).map(\.id)
        for (id, value) in zip(ids, values) {
            let stored = try await Sample.get(id)[keyPath: property]
            #expect(stored == value)
            // To Swift two texts are equal that differ in their scalars.
            if let stored = stored as? String, let value = value as? String {
                #expect(stored.unicodeScalars.elementsEqual(value.unicodeScalars))
            }
            let found = Sample.filter { $0.id.isIn(ids) && $0[dynamicMember: column] == value }
            #expect(try await found.ids() == [id], "found by \(value)")
            #expect(
                try await Sample.filter { $0.id.isIn(ids) && $0[dynamicMember: column] != value }.count()
                    == values.count - 1)
        }
        #expect(
            try await Sample.filter { $0.id.isIn(ids) && $0[dynamicMember: column].isIn(values) }.count()
                == values.count)
        // Numbers, instants and texts sort alike on every engine: texts by code point.
        if values is [any Comparable] {
            let order = try await Sample.filter { $0.id.isIn(ids) }.order { $0[dynamicMember: column].asc }.ids()
            #expect(order == ids.indices.sorted { isLess(values[$0], values[$1]) }.map { ids[$0] })
        }
    }

    private static func isLess<Value>(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (let left as String, let right as String):
            left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        case (let left as any Comparable, let right): precedes(left, right)
        default: false
        }
    }

    private static func precedes<Value: Comparable>(_ left: Value, _ right: Any) -> Bool {
        (right as? Value).map { left < $0 } ?? false
    }
}
