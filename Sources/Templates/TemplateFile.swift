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
}
