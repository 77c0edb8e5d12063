import Templates
import Testing

/// The same bytes as Jinja2 3.1 with autoescape and StrictUndefined, and a failure where it fails.
@Suite struct JinjaTests {
    @Test(arguments: try JinjaSuite.lines("expressions"))
    func `an expression prints what Jinja2 prints`(_ example: JinjaCase) { check(example) }

    @Test(arguments: try JinjaSuite.lines("filters"))
    func `a filter makes what Jinja2's filter makes`(_ example: JinjaCase) { check(example) }

    @Test(arguments: try JinjaSuite.cases("structure"))
    func `tags, whitespace and scopes are those of Jinja2`(_ example: JinjaCase) { check(example) }

    @Test(arguments: try JinjaSuite.cases("composition"))
    func `inheritance, includes, macros and imports are those of Jinja2`(_ example: JinjaCase) { check(example) }

    @Test(arguments: try JinjaSuite.lines("corners"))
    func `numbers, unicode and odd arguments give what Jinja2 gives`(_ example: JinjaCase) { check(example) }

    @Test(arguments: try JinjaSuite.cases("scopes"))
    func `whitespace control, nested scopes and deep inheritance are those of Jinja2`(_ example: JinjaCase) {
        check(example)
    }

    /// Random expressions over all filters and operators, kept where Jinja2 prints something.
    @Test(arguments: try JinjaSuite.lines("random"))
    func `filters and operators in any combination print what Jinja2 prints`(_ example: JinjaCase) { check(example) }

    private func check(_ example: JinjaCase) {
        var problem = ""
        var actual = JinjaCase.Expectation.error
        do {
            let templates = try TemplateSet(example.files)
            var output: [UInt8] = []
            try templates.render(example.files[0].name, example.data, page: "test", into: &output)
            actual = .output(String(decoding: output, as: UTF8.self))
        } catch {
            problem = "\(error)"
        }
        let isEqual =
            switch (actual, example.expected) {
            case (.output(let a), .output(let b)): Array(a.utf8) == Array(b.utf8)
            case (.error, .error): true
            default: false
            }
        #expect(isEqual, "\(example.title)\nis       \(actual) \(problem)\nexpected \(example.expected)")
    }
}
