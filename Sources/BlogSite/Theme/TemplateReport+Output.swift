package import Templates

extension TemplateReport {
    /// One line: "19 templates: 1 error, 2 warnings".
    package var summary: String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let found = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map { count($0.0, $0.1) }
        return count(templates, "template") + ": " + (found.isEmpty ? "nothing wrong" : found.joined(separator: ", "))
    }

    /// `{"templates","errors","warnings","findings":[{"severity","path","line","column","message","suggestion","stack"}]}` in
    /// one line.
    package var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("templates", templates)
            $0.field("errors", findings.count { $0.severity == .error })
            $0.field("warnings", findings.count { $0.severity == .warning })
            $0.field("findings", findings) { json, finding in
                json.object {
                    $0.field("severity", finding.severity.rawValue)
                    $0.field("path", finding.problem.file)
                    $0.field("line", finding.problem.line)
                    $0.field("column", finding.problem.column)
                    $0.field("message", finding.problem.message)
                    $0.field("suggestion", finding.problem.suggestion)
                    $0.field("stack", finding.problem.stack) { json, line in json.string(line) }
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
