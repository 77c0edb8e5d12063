import Foundation

/// Letters of other alphabets in ASCII, where a common convention exists.
///
/// German umlauts become two letters (DIN 5007-2), Cyrillic follows the BGN/PCGN spelling without its marks, Greek
/// ISO 843 without its accents. Letters of other scripts stay what they are.
enum Transliteration {
    /// The lower-case text in compatibility form (full-width letters, ligatures and the like become plain), letters
    /// transliterated, accents dropped.
    static func latin(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        // Lower case first: the capital İ has no single-letter form, and NFKC after it composes what is left.
        let plain = text.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCompatibilityMapping
        var result = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars {
            if scalar.isASCII {
                result.append(scalar)
            } else if let known = letters[scalar] {
                result.append(contentsOf: known.unicodeScalars)
            } else {
                appendWithoutAccents(scalar, to: &result)
            }
        }
        return String(result)
    }

    private static func appendWithoutAccents(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
        for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        where !(0x0300...0x036F).contains(part.value) {
            result.append(contentsOf: (letters[part] ?? String(part)).unicodeScalars)
        }
    }

    private static let letters: [Unicode.Scalar: String] = [
        // Latin
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "œ": "oe", "đ": "d", "ð": "d",
        "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ƒ": "f", "ə": "e", "ĳ": "ij",
        // Cyrillic: Russian, Ukrainian, Belarusian, Serbian, Macedonian, Bulgarian
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w", "ђ": "dj", "ј": "j",
        "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ѣ": "e",
        // Greek
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    ]
}
