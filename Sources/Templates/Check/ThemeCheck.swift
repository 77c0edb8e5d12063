/// Checks a whole theme without data: what loading finds, and then what every page's variables do not have.
///
/// ```swift
/// let report = ThemeCheck(files, schema: schema).report
/// for finding in report.findings { console.note(finding.description) }
/// ```
package struct ThemeCheck {
    private let files: [TemplateFile]
    private let schema: TemplateSchema
    private let environment: RenderEnvironment
    private let folder: String

    /// - Parameters:
    ///   - environment: Decides which assets there are.
    ///   - folder: Where templates belong, for those that are missing: "templates".
    package init(
        _ files: [TemplateFile], schema: TemplateSchema, environment: RenderEnvironment = RenderEnvironment(),
        folder: String = "templates"
    ) {
        self.files = files
        self.schema = schema
        self.environment = environment
        self.folder = folder
    }

    package var report: TemplateReport {
        var findings = missingPages
        do throws(TemplateErrors) {
            // The same checks as at every start of the program.
            _ = try TemplateSet(files, environment: environment)
            findings += findingsOfPages()
        } catch {
            findings += error.errors.map { TemplateFinding(.error, $0) }
        }
        return TemplateReport(findings: Self.ordered(findings), templates: files.count)
    }

    private var missingPages: [TemplateFinding] {
        schema.pages.filter { page in page.isRequired && !files.contains { $0.name == page.name } }.map { page in
            finding(.error, page.name, "the theme has no such template, and a site needs one: it makes \(page.purpose)")
        }
    }

    /// A finding about a template as a whole.
    private func finding(_ severity: TemplateFinding.Severity, _ name: String, _ message: String) -> TemplateFinding {
        let path = files.first { $0.name == name }?.path ?? "\(folder)/\(name)"
        return TemplateFinding(
            severity,
            TemplateError(
                file: path, line: 1, column: 1, message: message, suggestion: nil, excerpt: "", stack: [], page: nil))
    }

    /// By file and place; the same mistake of several pages once.
    private static func ordered(_ findings: [TemplateFinding]) -> [TemplateFinding] {
        struct Key: Hashable {
            let file: String
            let line: Int
            let column: Int
            let message: String
        }
        var seen: Set<Key> = []
        let unique = findings.filter {
            let problem = $0.problem
            return seen.insert(
                Key(file: problem.file, line: problem.line, column: problem.column, message: problem.message)
            ).inserted
        }
        return unique.sorted {
            ($0.problem.file, $0.problem.line, $0.problem.column, $0.problem.message)
                < ($1.problem.file, $1.problem.line, $1.problem.column, $1.problem.message)
        }
    }

    // MARK: Pages

    private func findingsOfPages() -> [TemplateFinding] {
        var problems: [(file: Int, problem: SyntaxProblem)] = []
        let library = Library(files, problems: &problems)
        var findings: [TemplateFinding] = []
        var usage = TemplateUsage(library)
        for template in library.templates {
            let candidates = pages(for: template, in: library)
            guard !candidates.isEmpty else { continue }
            let compiler = Compiler(library, page: template.name)
            let program = compiler.program(for: template)
            usage.add(template.name, shown: compiler.shownBlocks)
            let loaded = LoadedLibrary(library, programs: [:])
            // A layout may stand in for several pages; it is held against the one that it fits best.
            let results = candidates.map { check(program, of: template.name, as: $0, loaded) }
            findings += results.min { $0.count < $1.count } ?? []
        }
        return findings + usage.unused.map { TemplateFinding(.warning, $0) }
    }

    /// The pages that a template makes: its own, or those whose layout it can be.
    private func pages(for template: Library.Template, in library: Library) -> [TemplateSchema.Page] {
        if let page = schema.page(named: template.name) { return [page] }
        let isPart = library.references.contains(template.name) || template.name.hasPrefix("_")
        guard !isPart, !template.name.contains("/"), template.name.hasSuffix(".html") else { return [] }
        return schema.layouts.compactMap { schema.page(named: $0) }
    }

    private func check(
        _ program: Program, of template: String, as page: TemplateSchema.Page, _ library: LoadedLibrary
    ) -> [TemplateFinding] {
        let checker = TypeChecker(
            program, variables: schema.shared.fields + page.variables.fields, constants: page.constants,
            environment: environment)
        checker.run()
        return checker.problems.map { problem in
            var error = library.error(problem.failure, program, page: nil)
            if error.file != files.first(where: { $0.name == template })?.path || template != page.name {
                error.stack.append("checked for \(template)" + (template == page.name ? "" : " as \(page.name)"))
            }
            return TemplateFinding(problem.severity, error)
        }
    }
}
