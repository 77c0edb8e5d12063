import Testing

@testable import BlogBench

@Suite struct VocabularyTests {
    @Test func tenFieldsHaveSixtyDifferentTags() {
        #expect(Field.all.count == 10)
        #expect(Set(Field.all.flatMap(\.tags)).count == 60)
        for field in Field.all { #expect(field.tags.count == 6, "\(field.tags)") }
    }

    @Test func titlesArePermutedOverSmallPrimesOnly() {
        // `PostOutlines` multiplies by a number that is coprime to these counts: they have no prime factor but 2 and 3.
        for field in Field.all { #expect(Set(field.subjects).count == 12, "\(field.tags)") }
        for count in [Vocabulary.titles.count, Set(Vocabulary.activities).count, 12] {
            var rest = count
            while rest % 2 == 0 { rest /= 2 }
            while rest % 3 == 0 { rest /= 3 }
            #expect(rest == 1, "\(count)")
        }
    }

    @Test func everyFieldQuotesLanguagesThatHaveSamples() {
        for field in Field.all {
            #expect(Set(field.languages).isSubset(of: CodeSamples.byLanguage.keys), "\(field.tags)")
        }
    }
}
