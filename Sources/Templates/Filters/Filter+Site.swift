extension Filter {
    /// Filters that Jinja2 does not have: dates, links and words in the site's own way.
    static let site: [String: Filter] = [
        "date": Filter(["format"], required: 1) { (input, arguments, context) throws(Failure) in
            guard case .date(let seconds) = input else {
                throw Failure("date needs a date, not \(input.kindWithArticle)")
            }
            return .string(
                try DateText.make(seconds, try arguments.text(0, "the format", default: "iso"), context.environment))
        },
        "absolute_url": site { context, text in context.environment.absoluteURL(text) },
        "slugify": site { context, text in context.environment.slugify(text) },
        "markdown": Filter { (input, _, context) throws(Failure) in
            guard let text = input.stringValue else {
                throw Failure("markdown needs a text, not \(input.kindWithArticle)")
            }
            return .markup(context.environment.markdown(text))
        },
        "xmlescape": Filter { (input, _, _) throws(Failure) in .markup(Escaping.xml(try input.printed())) },
        "plural": Filter(["singular", "plural"], required: 1) { (input, arguments, _) throws(Failure) in
            guard let count = input.doubleValue else {
                throw Failure("plural needs a number, not \(input.kindWithArticle)")
            }
            let singular = try arguments.text(0, "the singular", default: "")
            return .string(count == 1 ? singular : try arguments.text(1, "the plural", default: singular + "s"))
        },
        "number": Filter(["decimals"]) { (input, arguments, context) throws(Failure) in
            let decimals = try arguments.given(0).map { $0.intValue ?? -1 }
            return .string(try NumberText.make(input, decimals: decimals, context.environment.language))
        },
    ]

    private static func site(_ make: @escaping @Sendable (FilterContext, String) -> String) -> Filter {
        Filter { (input, _, context) throws(Failure) in
            guard let text = input.stringValue else { throw Failure("a text is needed, not \(input.kindWithArticle)") }
            return .string(make(context, text))
        }
    }
}

/// Numbers for people: groups of three digits and the language's signs.
enum NumberText {
    static func make(_ value: Value, decimals: Int?, _ language: LanguageNames) throws(Failure) -> String {
        if let decimals, !(0...20).contains(decimals) { throw Failure("the number of decimals is 0 to 20") }
        let digits: String
        if let integer = value.intValue, decimals ?? 0 == 0 {
            digits = String(integer)
        } else if let double = value.doubleValue, double.isFinite {
            let isWhole = double.rounded() == double
            let precision = decimals ?? (isWhole ? 0 : nil)
            digits = precision.map { CLibrary.formatted(double, precision: $0) } ?? double.pythonText
        } else {
            throw Failure("number needs a number, not \(value.kindWithArticle)")
        }
        let isNegative = digits.hasPrefix("-")
        let parts = digits.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole += language.groupSeparator }
            whole.append(digit)
        }
        let fraction = parts.count > 1 ? language.decimalSeparator + parts[1] : ""
        return (isNegative ? "-" : "") + whole + fraction
    }
}

/// The standard rule for `slugify`: small letters and digits of any script, joined by hyphens.
package enum Slug {
    package static func make(_ text: String) -> String {
        var slug = ""
        var isGap = false
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.isDiacritic && !slug.isEmpty && !scalar.isASCII
            {
                if isGap, !slug.isEmpty { slug += "-" }
                isGap = false
                slug.unicodeScalars.append(scalar)
            } else if scalar != "'", scalar != "\u{2019}" {
                isGap = true
            }
        }
        return slug
    }
}
