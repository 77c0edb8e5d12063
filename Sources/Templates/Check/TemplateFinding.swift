/// Something that a check found in a template.
package struct TemplateFinding: Sendable, Hashable {
    package enum Severity: String, Sendable {
        /// A page fails, or would as soon as the data is such.
        case error
        /// Pages can be rendered, but not as their author will have meant it.
        case warning
    }

    package let severity: Severity
    /// The place and what is wrong there.
    package let problem: TemplateError

    package init(_ severity: Severity, _ problem: TemplateError) {
        self.severity = severity
        self.problem = problem
    }
}

extension TemplateFinding: CustomStringConvertible {
    /// As compilers write it: "templates/post.html:3:8: error: …", the line with a caret, and the way there.
    package var description: String { problem.described(as: severity.rawValue) }
}

/// What a check of a whole theme found.
package struct TemplateReport: Sendable {
    /// In the order of files and lines.
    package let findings: [TemplateFinding]
    /// How many templates were read.
    package let templates: Int

    package var hasErrors: Bool { findings.contains { $0.severity == .error } }
}
