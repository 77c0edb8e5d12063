import Foundation
import Markdown
import Testing

@Suite("Specifications")
struct SpecificationTests {
    @Test("Without extensions every example of CommonMark 0.30 gives the specified HTML")
    func commonMark() throws {
        let examples = try SpecificationExample.load("commonmark-0.30.txt")
        let renderer = MarkdownRenderer(options: .commonMark)
        let failures = examples.filter { renderer.render($0.markdown).html != $0.html }
        #expect(examples.count == 652)
        #expect(failures.map(\.number) == [])
    }

    @Test("Every example of GFM 0.29, its extensions included, gives the specified HTML but for our attributes")
    func gitHubFlavored() throws {
        let examples = try SpecificationExample.load("gfm-0.29.txt")
        #expect(examples.count == 673)
        for example in examples {
            var options = MarkdownOptions.commonMark
            switch example.tag {
            case "table": options.tables = true
            case "strikethrough": options.strikethrough = true
            case "autolink": options.autolinks = true
            case "tagfilter": options.tagFilter = true
            case "disabled": options.taskLists = true
            default: break
            }
            let html = MarkdownRenderer(options: options).render(example.markdown).html
            #expect(normalized(html) == normalized(example.html), "\(example)")
        }
    }

    @Test("The kind of line end, and a byte-order mark, make no difference", arguments: ["\r\n", "\r"])
    func lineEnds(lineEnd: String) throws {
        let renderer = MarkdownRenderer()
        for example in try SpecificationExample.load("gfm-0.29.txt") {
            let other = "\u{FEFF}" + example.markdown.replacing("\n", with: lineEnd)
            #expect(renderer.render(other) == renderer.render(example.markdown), "\(example)")
        }
    }

    /// Our way of writing what the specification writes otherwise: alignment by class, labelled checkboxes.
    private func normalized(_ html: String) -> String {
        var html = html
        for side in ["left", "center", "right"] {
            html = html.replacing(" class=\"\(side)\"", with: " align=\"\(side)\"")
        }
        return
            html
            .replacing(#/<input type="checkbox" disabled( checked)? aria-label="[^"]*" />/#) { match in
                "<input \(match.1 == nil ? "" : "checked=\"\" ")disabled=\"\" type=\"checkbox\">"
            }
            .replacing(" class=\"tasks\"", with: "")
            .replacing(" class=\"task\"", with: "")
    }
}
