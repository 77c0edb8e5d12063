/// What a program gives to its templates: the one description that rendering, checking and documentation share.
///
/// ```swift
/// let schema = TemplateSchema(
///     shared: SharedVariables.shape,
///     pages: [.init("post.html", "one post", isRequired: true, variables: PostVariables.shape)])
/// ```
package struct TemplateSchema: Sendable {
    /// A template that the program renders by name.
    package struct Page: Sendable {
        /// "post.html".
        package let name: String
        /// What it makes, for the documentation: "one post".
        package let purpose: String
        /// Whether a theme cannot do without it.
        package let isRequired: Bool
        /// Its variables beside the shared ones.
        package let variables: Shape
        /// Texts that are always the same on this page, by their path: `["page.kind": "post"]`. A template's branches for other
        /// pages are not held against it then.
        package let constants: [String: String]

        package init(
            _ name: String, _ purpose: String, isRequired: Bool = false, variables: Shape,
            constants: [String: String] = [:]
        ) {
            self.name = name
            self.purpose = purpose
            self.isRequired = isRequired
            self.variables = variables
            self.constants = constants
        }
    }

    /// Variables of every template.
    package let shared: Shape
    package let pages: [Page]
    /// Names of pages that other templates can stand in for, where content asks for a layout by name.
    package let layouts: [String]

    package init(shared: Shape, pages: [Page], layouts: [String] = []) {
        self.shared = shared
        self.pages = pages
        self.layouts = layouts
    }

    package func page(named name: String) -> Page? { pages.first { $0.name == name } }
}
