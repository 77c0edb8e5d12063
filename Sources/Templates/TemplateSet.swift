/// All templates of a site, parsed and compiled; immutable, and rendered from as many threads as one likes.
///
/// ```swift
/// let templates = try TemplateSet(files, environment: RenderEnvironment())
/// var page: [UInt8] = []
/// try templates.render("post.html", ["post": .object(post)], page: "/posts/hello/", into: &page)
/// ```
///
/// The language is the part of Jinja2 that the documentation of this module lists; the same templates render to the same
/// bytes under Jinja2 3.1 with autoescape.
package struct TemplateSet: Sendable {
    private let library: LoadedLibrary
    private let environment: RenderEnvironment
    private let metrics: TemplateMetrics?

    /// Parses and compiles all templates.
    ///
    /// - Parameter metrics: Measures pages and includes if it is given.
    /// - Throws: ``TemplateErrors`` with all mistakes: of syntax (the first in each file), unknown templates, blocks,
    ///   filters, tests and functions, wrong numbers of arguments, and templates that contain themselves.
    package init(
        _ files: [TemplateFile], environment: RenderEnvironment = RenderEnvironment(), metrics: TemplateMetrics? = nil
    ) throws(TemplateErrors) {
        var problems: [(file: Int, problem: SyntaxProblem)] = []
        let library = Library(files, problems: &problems)
        var programs: [String: Program] = [:]
        // A file that could not be parsed is empty here: what depends on it would only repeat the mistake.
        if problems.isEmpty {
            for template in library.templates {
                programs[template.name] = Compiler.program(
                    for: template, in: library, environment: environment, timesIncludes: metrics != nil,
                    problems: &problems)
            }
        }
        guard problems.isEmpty else { throw Self.errors(problems, library) }
        self.library = LoadedLibrary(library, programs: programs)
        self.environment = environment
        self.metrics = metrics
    }

    static func errors(_ problems: [(file: Int, problem: SyntaxProblem)], _ library: Library) -> TemplateErrors {
        // A partial is compiled again wherever it is included; its mistakes are told once.
        var seen: Set<TemplateError> = []
        let ordered = problems.sorted { ($0.file, $0.problem.offset) < ($1.file, $1.problem.offset) }
        let errors = ordered.map { file, problem in
            library.templates[file].source.error(
                at: problem.offset, problem.message, hint: problem.hint, wanted: problem.wanted, known: problem.known)
        }
        return TemplateErrors(errors: errors.filter { seen.insert($0).inserted })
    }

    /// Names of all templates, sorted.
    package var names: [String] { library.programs.keys.sorted() }

    package func contains(_ name: String) -> Bool { library.programs[name] != nil }

    /// The template and all that it extends, includes or imports, directly or not, sorted; empty for an unknown name. A page
    /// depends on the sources of exactly these.
    package func closure(of name: String) -> [String] {
        guard contains(name) else { return [] }
        var found: Set<String> = [name]
        var waiting = [name]
        while let next = waiting.popLast() {
            for reference in library.references[next] ?? [] where found.insert(reference).inserted {
                waiting.append(reference)
            }
        }
        return found.sorted()
    }

    /// Appends the rendered page to `output`. On an error `output` is as it was.
    ///
    /// - Parameters:
    ///   - context: The variables; the first of two of the same name counts.
    ///   - page: What is being rendered, for messages: "/posts/hello/".
    package func render(
        _ name: String, _ context: [(String, Value)], page: String, into output: inout [UInt8]
    ) throws(TemplateError) {
        guard let program = library.programs[name] else {
            throw TemplateError(
                file: name, line: 1, column: 1, message: "there is no template \"\(name)\"",
                suggestion: Suggestion.closest(to: name, among: names).map { "did you mean \"\($0)\"?" }, excerpt: "",
                stack: [], page: page)
        }
        let start = output.count
        // The buffer moves into the machine and back, so that it is never copied.
        var buffer: [UInt8] = []
        swap(&buffer, &output)
        let began = metrics?.now()
        var machine = Machine(program, environment, metrics: metrics, output: consume buffer)
        do throws(Failure) {
            try machine.run(context)
            if let metrics, let began {
                metrics.add(
                    page: name, nanoseconds: metrics.now() - began,
                    includes: machine.times.map { (library.name(of: $0.template), $0.nanoseconds) })
            }
            swap(&machine.output, &output)
        } catch {
            swap(&machine.output, &output)
            output.removeLast(output.count - start)
            throw library.error(error, program, page: page)
        }
    }
}
