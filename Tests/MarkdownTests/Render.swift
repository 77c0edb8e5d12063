import Markdown

/// The HTML of a source with all extensions but highlighting, without what makes tables and code scroll: shorter to
/// compare.
func html(_ source: String, _ change: (inout MarkdownOptions) -> Void = { _ in }) -> String {
    var options = MarkdownOptions.standard
    options.highlight = false
    options.scrollRegions = false
    options.lazyImages = false
    options.headingIDs = false
    change(&options)
    return MarkdownRenderer(options: options).render(source).html
}

func render(_ source: String) -> RenderedMarkdown {
    MarkdownRenderer().render(source)
}
