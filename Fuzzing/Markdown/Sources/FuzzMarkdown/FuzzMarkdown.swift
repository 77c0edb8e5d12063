import FuzzDriver
import Markdown
import XML

private let plain = MarkdownRenderer(options: .commonMark)
private let standard = MarkdownRenderer(
    options: {
        var options = MarkdownOptions.standard
        options.smart = true
        options.rawHTML = .escape
        return options
    }())
private let comment = MarkdownRenderer(options: .comment)

@main
enum FuzzMarkdown {
    static func main() {
        FuzzDriver.run { data, count in
            test(FuzzDriver.text(data, count))
            return 0
        }
    }
}

/// Crashes if a promise is broken.
private func test(_ source: String) {
    let rendered = standard.render(source)
    check(rendered.html, source)
    check(rendered.summaryHTML, source)
    check(comment.render(source).html, source)
    let bare = plain.render(source)
    // Longer sources may hold the hundreds of containers that are defused.
    if source.utf8.count <= 400 {
        // libcmark writes an empty title, which says nothing.
        let (ours, theirs) = (withoutEmptyTitles(bare.html), withoutEmptyTitles(CommonMarkBaseline.html(of: source)))
        FuzzDriver.expect(ours == theirs, "not libcmark's: \(source.debugDescription)")
    }
    for link in rendered.links { FuzzDriver.expect(link.line > 0 && link.column > 0, "a link is nowhere") }
}

private func withoutEmptyTitles(_ html: String) -> String { html.replacing(" title=\"\"", with: "") }

/// Without raw HTML the result is well-formed.
private func check(_ html: String, _ source: String) {
    let text = FuzzDriver.xml(html).replacing(" disabled checked ", with: " ").replacing(" disabled ", with: " ")
    var limits = XMLLimits()
    limits.depth = 1000
    let reader = XMLReader(text, named: "html", limits: limits)
    do {
        while try reader.next() != nil {}
    } catch {
        fatalError("\(error) in \(html.debugDescription) from \(source.debugDescription)")
    }
}
