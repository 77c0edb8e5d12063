import BlogConfiguration
import BlogModels
import Bytes
import Markdown
import XML

/// Renders the bodies of posts and pages, and says what their rendering depends on.
struct BodyRenderer: Sendable {
    private let renderer: MarkdownRenderer
    /// The renderer's version and options, as a text that tells them apart.
    private let manner: String
    private let images: LocalImages?
    private let links: DocumentLinks?

    /// - Parameter surroundings: The site's own images, whose sizes the bodies get, and its documents, which they link to.
    init(configuration: SiteConfiguration, surroundings: Surroundings) {
        let options = MarkdownOptions(configuration)
        renderer = MarkdownRenderer(options: options)
        // Once, because it is written by reflection.
        manner = Self.manner(options)
        images = configuration.markdown.imageSizes ? surroundings.images : nil
        links = surroundings.links
    }

    /// For `DocumentStore`: rows of another database or rendered otherwise are not the same.
    static func scope(_ configuration: SiteConfiguration, database: String) -> ContentHash {
        var print = Fingerprint()
        print.add(database)
        print.add(manner(MarkdownOptions(configuration)))
        print.add(configuration.markdown.imageSizes)
        // Relative addresses of images mean other files on another page.
        print.add("\(configuration.permalink)")
        return print.hash
    }

    private static func manner(_ options: MarkdownOptions) -> String { "\(MarkdownRenderer.version) \(options)" }

    /// The hash of a body and of all that its rendering depends on but the sizes of images and
    /// the places of other documents.
    ///
    /// - Parameter path: Of the body's page.
    func source(_ body: BodyText, title: String, on path: String) -> ContentHash {
        var print = Fingerprint()
        print.add(manner)
        print.add(images != nil)
        print.add(title)
        print.add(path)
        print.add(body.format == .html)
        print.add(ContentHash(of: body.text))
        return print.hash
    }

    /// Renders a body. A heading at its start that repeats the title is left out, for the page shows the title itself.
    /// One in HTML is its author's own, and stays as it is.
    func render(_ body: BodyText, title: String, on path: String) -> (RenderedDocument, uses: BodyUses) {
        var uses = BodyUses()
        guard body.format == .markdown else {
            return (Self.document(html: resolve(body.text, &uses)), uses)
        }
        let imageSize: MarkdownRenderer.ImageSize = { [images] reference in
            guard let use = images?.use(of: reference, on: path) else { return nil }
            if !uses.images.contains(use) { uses.images.append(use) }
            return use.size.map { ($0.width, $0.height) }
        }
        let rendered = renderer.render(body.text, omittingTitle: title, imageSize: imageSize)
        let document = RenderedDocument(
            html: resolve(rendered.html, &uses), summaryHTML: resolve(rendered.summaryHTML, &uses),
            summaryText: rendered.summaryText,
            wordCount: rendered.wordCount, readingMinutes: rendered.readingMinutes,
            headings: rendered.headings.map { .init(level: $0.level, id: $0.id, text: $0.text) })
        return (document, uses)
    }

    private func resolve(_ html: String, _ uses: inout BodyUses) -> String {
        links?.resolve(html, noting: &uses.links) ?? html
    }

    /// What pages need of a text in HTML. Its summary is text alone: a part of it may have tags that are not closed.
    private static func document(html: String) -> RenderedDocument {
        let outline = HTMLOutline(html)
        let marker = html.byteRange(of: "<!--more")
        let summary = marker.map { HTMLOutline(String(html[..<$0.lowerBound])).text } ?? outline.firstParagraph
        let measure = MarkdownRenderer.measure(outline.text)
        return RenderedDocument(
            html: html, summaryHTML: HTMLOutline.paragraphs(summary), summaryText: summary.replacing("\n", with: " "),
            wordCount: measure.words, readingMinutes: measure.minutes,
            headings: outline.headings.filter { !$0.id.isEmpty }
                .map { .init(level: $0.level, id: $0.id, text: $0.text) })
    }
}
