/// The fields about how people work, beside those about what they build.
extension Field {
    static let testing = Field(
        tags: ["testing", "property-testing", "code-review", "debugging", "refactoring", "continuous-integration"],
        subjects: [
            "a test that can fail", "the flaky test", "a whole literal", "the smallest failing case",
            "a fault in number",
            "the review checklist", "a characterisation test", "the regression", "a seeded generator", "the oracle",
            "a bisection", "the green build",
        ],
        parts: [
            "tests", "fixtures", "assertions", "failures", "generators", "mocks", "reviews", "branches", "edge cases",
            "suites",
        ],
        tools: [
            "`git bisect`", "a property test", "a debugger", "the test runner", "a fuzzer", "a sanitizer",
            "a second reader",
        ],
        troubles: [
            "a test that sleeps", "a mock that agrees with everything", "a fix without a test",
            "a suite nobody waits for",
            "a failure that cannot be repeated", "a review of two thousand lines", "an assertion that is always true",
        ],
        remedies: [
            "write the failing test first", "compare the whole result", "print the seed with every failure",
            "use the real database", "halve the change and ask again", "delete the test that cannot fail",
            "run the suite in a random order",
        ],
        languages: ["swift", "python", "bash"])

    static let writing = Field(
        tags: ["writing", "documentation", "editing", "markdown", "typography", "reading"],
        subjects: [
            "a clear error message", "the first paragraph", "a short sentence", "the change log", "a good example",
            "the reading list", "plain language", "the style guide", "a table of contents", "the second draft",
            "a footnote", "the line length",
        ],
        parts: [
            "paragraphs", "headings", "examples", "drafts", "footnotes", "sentences", "lists", "captions", "readers",
            "quotations",
        ],
        tools: [
            "Markdown", "an outline", "a style guide", "a pencil", "a spelling checker", "a colleague’s red pen",
            "a glossary",
        ],
        troubles: [
            "a sentence with three ideas", "a manual that repeats the menu", "an example that does not run",
            "a paragraph that starts at the wrong end", "a word used in two senses", "a heading that promises too much",
            "a page that nobody dates",
        ],
        remedies: [
            "say what happens, then why", "cut the first paragraph", "read it aloud", "begin with the example",
            "use one word for one thing", "put the date on the page", "leave out what the reader can see",
        ],
        languages: ["html", "yaml", "bash"])

    static let security = Field(
        tags: ["security", "passwords", "privacy", "cryptography", "input-validation", "dependencies"],
        subjects: [
            "a slow password hash", "the threat model", "an allow-list", "the escape filter",
            "a constant-time comparison",
            "the least privilege", "an honest privacy page", "the path that escaped", "a signed release",
            "the audit trail",
            "a hostile comment", "the secret in the log",
        ],
        parts: [
            "passwords", "tokens", "headers", "inputs", "permissions", "signatures", "dependencies", "sessions",
            "salts", "keys",
        ],
        tools: [
            "Argon2", "a password manager", "SHA-256", "an allow-list", "`openssl`", "a content policy", "an audit log",
        ],
        troubles: [
            "a secret in the command line", "an escape that came too early", "a dependency nobody reads",
            "a path with two dots in it", "an error that tells too much", "a default that trusts everyone",
            "a log full of addresses",
        ],
        remedies: [
            "escape at the moment of output", "store the hash and forget the password", "collect less",
            "refuse what is not on the list",
            "compare in constant time", "pin the version and read the change", "give the process its own user",
        ],
        languages: ["swift", "bash", "json"])

    static let data = Field(
        tags: ["json", "unicode", "time-zones", "parsing", "search", "statistics"],
        subjects: [
            "a byte-order mark", "the time zone database", "a streaming reader", "the leap second",
            "a stable sort order",
            "the search index", "a normal form", "the median", "a recursive-descent parser", "the missing value",
            "a number in JSON", "the grapheme cluster",
        ],
        parts: [
            "dates", "documents", "tokens", "code points", "records", "fields", "offsets", "histograms", "encodings",
            "shards",
        ],
        tools: ["`jq`", "a hand-written parser", "JSON", "UTF-8", "RFC 3339", "a spreadsheet", "`awk`"],
        troubles: [
            "a date that does not exist", "a comma inside a field", "an emoji cut in two",
            "a local time without a zone",
            "a float used as a key", "a record that ends in mid-line", "an average of averages",
        ],
        remedies: [
            "keep instants in UTC", "report the line and go on", "normalise once, at the door", "sort by an id last",
            "count bytes, not characters", "keep the raw record beside the parsed one", "refuse the record and say why",
        ],
        languages: ["json", "python", "swift"])

    static let teams = Field(
        tags: ["teamwork", "remote-work", "mentoring", "estimates", "meetings", "open-source"],
        subjects: [
            "a written decision", "the weekly note", "a small team", "the first contribution", "a quiet afternoon",
            "the estimate", "a hand-over", "the retrospective", "a release on Tuesday", "the bus factor",
            "a good question",
            "the meeting that was a page",
        ],
        parts: [
            "meetings", "decisions", "estimates", "notes", "issues", "newcomers", "maintainers", "deadlines",
            "hand-overs",
            "interruptions",
        ],
        tools: [
            "a shared document", "the issue tracker", "a whiteboard", "a mailing list", "a calendar", "pair work",
            "a checklist",
        ],
        troubles: [
            "a decision nobody wrote down", "an estimate that became a promise", "a meeting without a question",
            "a task with two owners", "a review that waits for a week", "a plan without slack",
            "a rule that lost its reason",
        ],
        remedies: [
            "write the decision on one page", "ask the question first", "give every task one owner",
            "answer within a day",
            "split the work until it fits into a week", "say no early", "thank the person who found the fault",
        ],
        languages: ["yaml", "bash", "json"])
}
