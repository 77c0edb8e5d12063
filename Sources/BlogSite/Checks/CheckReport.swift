/// Something that a check of the published site found.
package struct CheckFinding: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case link, anchor, image, alt, title, description, html, template, external
    }

    package enum Severity: String, Sendable { case warning, error }

    package var kind: Kind
    package var severity: Severity
    /// The file to mend: the post's own where it is known, else a template or the published page; relative to the site.
    package var file: String
    package var line: Int?
    /// The address of the page, where it is about one.
    package var page: String?
    package var message: String
    /// On how many pages besides.
    package var otherPages = 0

    /// `content/posts/a.md:12: error: …`
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let more = otherPages > 0 ? " (and on \(otherPages) more page\(otherPages == 1 ? "" : "s"))" : ""
        return "\(place): \(severity.rawValue): \(message)\(more)"
    }
}

/// What a check of the published site found.
package struct CheckReport: Sendable {
    /// In the order of files and lines.
    package var findings: [CheckFinding] = []
    /// The pages that were read.
    package var pages = 0
    /// The links and images of those pages.
    package var links = 0
    /// The addresses on other hosts that were asked; nil when that was not wanted.
    package var externalLinks: Int?
    /// Whether the site's database, theme or settings have changed since it was published.
    package var isOutOfDate = false

    package init() {}

    private func count(_ severity: CheckFinding.Severity) -> Int { findings.count { $0.severity == severity } }

    /// `120 pages, 2,000 links: 1 error, 2 warnings`
    package var summary: String {
        func text(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let looked =
            [text(pages, "page"), text(links, "link")] + (externalLinks.map { ["\($0) of them external"] } ?? [])
        let found = [text(count(.error), "error"), text(count(.warning), "warning")].filter { !$0.hasPrefix("0 ") }
        return looked.joined(separator: ", ") + ": " + (found.isEmpty ? "nothing wrong" : found.joined(separator: ", "))
    }

    /// `{"pages","links","external_links","out_of_date","errors","warnings","findings":[{"kind","severity","path","line","page",
    /// "message","other_pages"}]}` in one line.
    package var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("pages", pages)
            $0.field("links", links)
            $0.field("external_links", externalLinks)
            $0.field("out_of_date", isOutOfDate)
            $0.field("errors", count(.error))
            $0.field("warnings", count(.warning))
            $0.field("findings", findings) { json, finding in
                json.object {
                    $0.field("kind", finding.kind.rawValue)
                    $0.field("severity", finding.severity.rawValue)
                    $0.field("path", finding.file)
                    $0.field("line", finding.line)
                    $0.field("page", finding.page)
                    $0.field("message", finding.message)
                    $0.field("other_pages", finding.otherPages)
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
