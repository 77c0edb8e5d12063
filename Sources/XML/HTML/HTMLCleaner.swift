/// Makes HTML by strangers safe to show.
///
/// The text is parsed by libxml2 as browsers parse it, and written anew from the tree: only elements and attributes of an
/// allow-list, only http, https and mailto links, every tag closed, blocks never within paragraphs or inline elements.
/// What is not on the list loses its tags and keeps its text; scripts, styles and embedded documents go altogether.
///
/// ```swift
/// HTMLCleaner().clean("Hi <b onclick=x>there<script>alert(1)</script>").html  // "<p>Hi <b>there</b></p>\n"
/// ```
///
/// Text outside of paragraphs gets some. If the source has neither paragraphs nor line breaks of its own, blank lines
/// separate paragraphs and line feeds break lines, as WordPress and Disqus show such comments.
package struct HTMLCleaner: Sendable {
    package struct Options: Sendable, Hashable {
        /// Images with http and https addresses stay; otherwise their alternative text does.
        package var images = false
        /// The `rel` of every link.
        package var linkRelation = "nofollow ugc"
        /// Elements nested deeper lose their markup and keep their text.
        package var maximumNesting = 12
        /// Source bytes beyond this are left out.
        package var maximumBytes = 64 * 1024

        package init() {}
    }

    package struct Result: Sendable, Equatable {
        package var html: String
        /// Something was left out: the source passed `maximumBytes`, or elements were nested more than 256 deep.
        package var isTruncated: Bool
    }

    private let options: Options

    package init(_ options: Options = Options()) {
        self.options = options
    }

    /// Never fails: every text is HTML of some kind. Pure and free of shared state.
    package func clean(_ html: String) -> Result {
        let source = cut(html.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
        let fragment = HTMLFragment(source.text)
        var rebuild = HTMLRebuild(fragment, options: options)
        return Result(html: rebuild.run(), isTruncated: source.isCut || fragment.isCut)
    }

    private func cut(_ html: String) -> (text: String, isCut: Bool) {
        guard html.utf8.count > options.maximumBytes else { return (html, false) }
        var end = html.utf8.index(html.startIndex, offsetBy: max(0, options.maximumBytes))
        while end > html.startIndex, html.utf8[end] & 0xC0 == 0x80 { end = html.utf8.index(before: end) }
        return (String(html[..<end]), true)
    }
}
