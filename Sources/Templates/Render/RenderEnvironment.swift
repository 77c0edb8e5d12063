/// What templates need from the site, passed in as functions: a template set knows no files, no clock and no configuration.
///
/// `url` and `asset` give the same for the same text at any time: for texts that stand in templates they are asked once, when
/// the templates are loaded.
package struct RenderEnvironment: Sendable {
    /// Seconds east of UTC in the site's zone at a time given in seconds since 1970.
    package var utcOffset: @Sendable (Double) -> Int
    /// `url("/posts/x/")`: the path with the site's base path in front.
    package var url: @Sendable (String) -> String
    /// `asset("style.css")`: URL of the asset's fingerprinted file; nil is an error in the template.
    package var asset: @Sendable (String) -> String?
    /// The filter `absolute_url`: a path or URL with scheme and host.
    package var absoluteURL: @Sendable (String) -> String
    /// The filter `markdown`: safe HTML.
    package var markdown: @Sendable (String) -> String
    /// The filter `slugify`.
    package var slugify: @Sendable (String) -> String
    package var language: LanguageNames
    package var limits: RenderLimits

    /// Functions left out behave as for a site in UTC at the root of its host, without assets; `markdown` escapes its text.
    package init(
        utcOffset: @escaping @Sendable (Double) -> Int = { _ in 0 },
        url: @escaping @Sendable (String) -> String = { $0 },
        asset: @escaping @Sendable (String) -> String? = { _ in nil },
        absoluteURL: @escaping @Sendable (String) -> String = { $0 },
        markdown: @escaping @Sendable (String) -> String = { "<p>" + Escaping.html($0) + "</p>\n" },
        slugify: @escaping @Sendable (String) -> String = Slug.make,
        language: LanguageNames = .english,
        limits: RenderLimits = RenderLimits()
    ) {
        self.utcOffset = utcOffset
        self.url = url
        self.asset = asset
        self.absoluteURL = absoluteURL
        self.markdown = markdown
        self.slugify = slugify
        self.language = language
        self.limits = limits
    }
}

/// Words and signs of the site's language for dates and numbers.
package struct LanguageNames: Sendable {
    /// January first.
    package var months: [String]
    package var shortMonths: [String]
    /// Sunday first.
    package var weekdays: [String]
    package var shortWeekdays: [String]
    /// Between groups of three digits.
    package var groupSeparator: String
    package var decimalSeparator: String

    /// - Precondition: twelve months and seven weekdays of each length.
    package init(
        months: [String], shortMonths: [String], weekdays: [String], shortWeekdays: [String],
        groupSeparator: String, decimalSeparator: String
    ) {
        precondition(months.count == 12 && shortMonths.count == 12 && weekdays.count == 7 && shortWeekdays.count == 7)
        self.months = months
        self.shortMonths = shortMonths
        self.weekdays = weekdays
        self.shortWeekdays = shortWeekdays
        self.groupSeparator = groupSeparator
        self.decimalSeparator = decimalSeparator
    }

    package static let english = LanguageNames(
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ],
        shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        shortWeekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        groupSeparator: ",", decimalSeparator: ".")
}

/// Bounds that turn a runaway template into an error.
package struct RenderLimits: Sendable {
    /// Macro calls inside macro calls.
    package var macroDepth = 100
    /// Bytes of one page, and of one text made while rendering it.
    package var outputBytes = 64 << 20
    /// Loop passes of one page, all loops together, and elements of one range.
    package var iterations = 10_000_000
    /// Lists inside of lists in a value that a namespace keeps, which is the only way to make them ever deeper.
    package var valueDepth = 100

    package init() {}
}
