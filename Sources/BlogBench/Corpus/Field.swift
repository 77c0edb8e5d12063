/// A field that the corpus writes about: six of its sixty tags, and the words its posts are made of.
struct Field: Sendable {
    let tags: [String]
    /// Twelve noun phrases in the singular; they fill titles and can open a sentence.
    let subjects: [String]
    /// Nouns in the plural.
    let parts: [String]
    /// Names of tools and techniques, without an article.
    let tools: [String]
    /// What goes wrong, as noun phrases in the singular.
    let troubles: [String]
    /// What helps, as verb phrases in the infinitive.
    let remedies: [String]
    /// The languages of its code samples, by the names in `CodeSamples`.
    let languages: [String]
}
