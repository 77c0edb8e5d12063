import Templates

/// Renders one page by its template, with the values that every template has.
struct PageWriter: Sendable {
    let site: SiteContext
    let theme: Theme

    func write(
        _ page: PageView, _ template: String, _ variables: some ViewModel, into bytes: inout [UInt8]
    ) throws(TemplateError) {
        let shared = SharedVariables(site: site.view, page: page)
        try theme.render(template, shared.variables + variables.variables, page: page.path, into: &bytes)
        if template.hasSuffix(".xml") { XMLText.dropForbidden(from: &bytes) }
    }
}

/// A page that sends its reader on: for old addresses, on hosts that know no redirects.
enum RedirectPage {
    /// The page's bytes. Browsers follow it at once, search engines take `target` as the page's address.
    ///
    /// - Parameter target: an absolute address, percent-encoded.
    static func write(to target: String, language: String, into bytes: inout [UInt8]) {
        let target = escaped(target)
        bytes.append(
            contentsOf: """
                <!DOCTYPE html>
                <html lang="\(escaped(language))">
                <head>
                <meta charset="utf-8">
                <title>\(target)</title>
                <link rel="canonical" href="\(target)">
                <meta name="robots" content="noindex">
                <meta http-equiv="refresh" content="0; url=\(target)">
                </head>
                <body>
                <p><a href="\(target)">\(target)</a></p>
                </body>
                </html>

                """.utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
