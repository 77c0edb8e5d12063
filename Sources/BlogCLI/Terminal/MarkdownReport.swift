import BlogSite
import Markdown

/// What `blog markdown --json` prints.
struct MarkdownReport {
    private let rendered: RenderedMarkdown
    /// Lines of the file before the text.
    private let lineOffset: Int

    init(_ rendered: RenderedMarkdown, lineOffset: Int) {
        self.rendered = rendered
        self.lineOffset = lineOffset
    }

    /// `{"html","title","summary_html","summary","text","word_count","reading_minutes","headings":[{"level","id","text"}],
    /// "links":[{"url","line","column"}],"images":[{"url","alt","line","column"}]}`
    var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("html", rendered.html)
            $0.field("title", rendered.title)
            $0.field("summary_html", rendered.summaryHTML)
            $0.field("summary", rendered.summaryText)
            $0.field("text", rendered.plainText)
            $0.field("word_count", rendered.wordCount)
            $0.field("reading_minutes", rendered.readingMinutes)
            $0.field("headings", rendered.headings) { json, heading in
                json.object {
                    $0.field("level", heading.level)
                    $0.field("id", heading.id)
                    $0.field("text", heading.text)
                }
            }
            $0.field("links", rendered.links) { json, link in
                json.object {
                    $0.field("url", link.destination)
                    $0.field("line", link.line + lineOffset)
                    $0.field("column", link.column)
                }
            }
            $0.field("images", rendered.images) { json, image in
                json.object {
                    $0.field("url", image.destination)
                    $0.field("alt", image.alt)
                    $0.field("line", image.line + lineOffset)
                    $0.field("column", image.column)
                }
            }
        }
        json.finish()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
