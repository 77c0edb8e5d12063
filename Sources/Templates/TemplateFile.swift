/// One template's source.
package struct TemplateFile: Sendable {
    /// Relative to the folder of templates, with slashes; what `extends` and `include` name: "partials/post.html".
    package let name: String
    /// For messages: "templates/partials/post.html".
    package let path: String
    package let source: String

    package init(name: String, path: String, source: String) {
        self.name = name
        self.path = path
        self.source = source
    }

    /// The template and all that it extends, includes or imports, as far as `read` finds them; what cannot be parsed is there
    /// too, for the error that loading it makes.
    package static func closure<Failure: Error>(
        of name: String, reading read: (String) throws(Failure) -> TemplateFile?
    ) throws(Failure) -> [TemplateFile] {
        var files: [TemplateFile] = []
        var known: Set<String> = [name]
        var waiting = [name]
        while let next = waiting.popLast() {
            guard let file = try read(next) else { continue }
            files.append(file)
            var problems: [(file: Int, problem: SyntaxProblem)] = []
            let references = Library([file], problems: &problems).references
            for reference in references.sorted() where known.insert(reference).inserted { waiting.append(reference) }
        }
        return files
    }
}
