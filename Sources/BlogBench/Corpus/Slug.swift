extension String {
    /// The text as one path component of lower-case ASCII letters, digits and hyphens: `Zoë’s café` → `zoes-cafe`.
    ///
    /// It knows the letters that this corpus uses; a letter it does not know becomes a hyphen.
    var slug: String {
        var slug = ""
        var pendingHyphen = false
        for character in lowercased() {
            guard character != "’" && character != "'" else { continue }
            let plain = Self.plainLetters[character] ?? character
            if plain.isASCII && (plain.isLetter || plain.isNumber) {
                if pendingHyphen && !slug.isEmpty { slug.append("-") }
                pendingHyphen = false
                slug.append(plain)
            } else {
                pendingHyphen = true
            }
        }
        return slug
    }

    private static let plainLetters: [Character: Character] = [
        "é": "e", "ë": "e", "ö": "o", "ø": "o", "ü": "u", "á": "a", "í": "i", "ł": "l",
    ]
}
