import BlogConfiguration
import Markdown

/// Renders the bodies of posts and pages, and says what their rendering depends on.
struct BodyRenderer: Sendable {
    private let renderer: MarkdownRenderer
    private let options: MarkdownOptions
    /// For `DocumentStore`: rows of another database or rendered otherwise are not the same.
    let scope: ContentHash

    init(configuration: SiteConfiguration, database: String) {
        options = MarkdownOptions(configuration.markdown)
        renderer = MarkdownRenderer(options: options)
        var print = Fingerprint()
        print.add(database)
        print.add(MarkdownRenderer.version)
        print.add("\(options)")
        scope = print.hash
    }

    /// The hash of a body and of all that its rendering depends on.
    func source(_ text: String, title: String) -> ContentHash {
        var print = Fingerprint()
        print.add(MarkdownRenderer.version)
        print.add("\(options)")
        print.add(title)
        print.add(text)
        return print.hash
    }

    /// Renders a body. A heading at its start that repeats the title is left out, for the page shows the title itself.
    func render(_ text: String, title: String) -> RenderedDocument {
        var rendered = renderer.render(text)
        if rendered.title == title { rendered = renderer.render(text, omittingTitle: true) }
        return RenderedDocument(
            html: rendered.html, summaryHTML: rendered.summaryHTML, summaryText: rendered.summaryText,
            wordCount: rendered.wordCount, readingMinutes: rendered.readingMinutes,
            headings: rendered.headings.map { .init(level: $0.level, id: $0.id, text: $0.text) })
    }
}
