/// What stays of the library after compilation: programs to run and sources for messages.
final class LoadedLibrary: Sendable {
    let programs: [String: Program]
    let references: [String: [String]]
    private let sources: [Source]

    init(_ library: Library, programs: [String: Program]) {
        self.programs = programs
        sources = library.templates.map(\.source)
        references = Dictionary(
            library.templates.map { ($0.name, library.references(of: $0)) }, uniquingKeysWith: { _, last in last })
    }

    /// The name of the template of this number.
    func name(of template: Int32) -> String { sources[Int(template)].file.name }

    /// A failure with its place and the way that led there.
    func error(_ failure: Failure, _ program: Program, page: String?) -> TemplateError {
        let origin =
            program.origins.indices.contains(Int(failure.origin))
            ? program.origins[Int(failure.origin)] : Origin(template: 0, offset: 0, parent: -1)
        let calls = failure.calls.map { program.origins[Int($0)] }
        var stack = calls.map { "called at \(position(of: $0))" }
        stack += inclusions(of: calls.last ?? origin, program)
        return sources[Int(origin.template)].error(
            at: Int(origin.offset), failure.message, hint: failure.hint, wanted: failure.wanted, known: failure.known,
            stack: stack, page: page)
    }

    private func inclusions(of origin: Origin, _ program: Program) -> [String] {
        var stack: [String] = []
        var parent = origin.parent
        while parent >= 0 {
            let site = program.origins[Int(parent)]
            stack.append("included at \(position(of: site))")
            parent = site.parent
        }
        return stack
    }

    private func position(of origin: Origin) -> String {
        let source = sources[Int(origin.template)]
        let place = source.place(of: Int(origin.offset))
        return "\(source.file.path):\(place.line):\(place.column)"
    }
}
