import ORM
import ORMSQLite
import ORMTesting
import Testing

@Model("words")
private struct Word {
    @PrimaryKey var id: Int
    @Column(.validate(.spelling)) var text: String
}

extension Validator {
    fileprivate static var spelling: Validator {
        Validator("spelling") { (text: String) in
            if text == "own" { throw ORMError.validation("words.text", rule: "own", "is none of mine") }
            guard text != "x" else { throw Broken(number: 3) }
            return text != "y"
        }
    }
}

/// Validators that throw.
@Suite(.tables(Word.self)) struct ValidatorErrorTests {
    @Test func whatAValidatorThrowsIsBehindTheError() async throws {
        let thrown = await ormError { try await Word.create(text: "x") }
        #expect(thrown?.code == .validationFailure)
        #expect(thrown?.violations == [Violation(field: "words.text", rule: "spelling")])
        #expect(thrown?.underlying as? Broken == Broken(number: 3))
        let refused = await ormError { try await Word.create(text: "y") }
        #expect(refused?.message == thrown?.message)
        #expect(refused?.underlying == nil)
        let own = await ormError { try await Word.create(text: "own") }
        #expect(own?.description == "words.text is none of mine")
        #expect(try await Word.count() == 0)
    }
}
