/// What the renderer understands and how it writes it.
///
/// `.commonMark` turns every extension off and gives exactly the HTML of the CommonMark 0.30 specification; `.standard`
/// is what posts and pages get; `.comment` is for text by strangers: no raw HTML, web links only.
package struct MarkdownOptions: Sendable, Hashable {
    /// What becomes of HTML written in the Markdown source.
    package enum RawHTML: Sendable, Hashable {
        /// Passed on as it stands: the authors are trusted.
        case allow
        /// Shown as text, so that `Array<Int>` in a comment stays readable and no markup gets through.
        case escape
    }

    /// GFM tables.
    package var tables = false
    /// GFM `~~strikethrough~~`, with one tilde or two.
    package var strikethrough = false
    /// GFM task list items, `- [x] done`.
    package var taskLists = false
    /// GFM extended autolinks: `www.`, `http://`, `https://`, `ftp://` and e-mail addresses without angle brackets.
    package var autolinks = false
    /// GFM's disallowed raw HTML: `<script>`, `<iframe>` and seven others lose their `<`. It guards against accidents;
    /// it does not make the HTML of strangers safe.
    package var tagFilter = false
    /// `[^note]` references and `[^note]: …` definitions as on GitHub.
    package var footnotes = false
    /// Block quotes that begin with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`.
    package var alerts = false
    /// Headings get ids by GitHub's rule, unique in the document; `# Title {#id}` sets one by hand.
    package var headingIDs = false
    /// Code of known languages is marked up with classes, and info strings are read for line numbers and lines to mark
    /// (`swift {3-5}`).
    package var highlight = false
    /// Curly quotes, dashes and ellipses.
    package var smart = false
    /// A line break between two Chinese or Japanese characters does not become a space.
    package var joinsCJKLines = false
    /// An image with a title, alone in its paragraph, becomes a `<figure>` with a caption.
    package var figures = false
    /// All images but the first are loaded when they come near the window.
    package var lazyImages = false
    /// If the document has level-1 headings, all its headings move one level down (at most to level 6): the page has
    /// its own `<h1>`.
    package var demoteHeadings = false
    /// `<pre>` and tables can be scrolled with the keyboard and tables sit in a labelled region.
    package var scrollRegions = false

    package var rawHTML = RawHTML.allow
    /// Links and images with other schemes than http, https and mailto lose their destination. Relative ones go too.
    package var webLinksOnly = false
    /// Images are written as images; otherwise only their alternative text is.
    package var images = true
    /// The value of `rel` on links that leave the site, or on all links if `siteHost` is nil.
    package var linkRelation: String?
    /// The site's own host; absolute links to it are not external.
    package var siteHost: String?

    /// Quotes, lists and emphasis nested deeper than this lose their markup and keep their text. Bounds the depth of
    /// the result.
    package var maximumNesting = 100
    /// Source bytes beyond this are cut off at a character boundary; `RenderedMarkdown.isTruncated` tells. libcmark ends the
    /// process when a buffer passes 2 GiB: keep far below.
    package var maximumBytes = 64 << 20
    /// The words that the renderer adds to the text.
    package var labels = MarkdownLabels()

    package init() {}

    /// CommonMark 0.30 to the letter.
    package static let commonMark: MarkdownOptions = {
        var options = MarkdownOptions()
        options.maximumNesting = .max
        return options
    }()

    /// Posts and pages: all extensions but smart punctuation.
    package static let standard: MarkdownOptions = {
        var options = MarkdownOptions()
        options.tables = true
        options.strikethrough = true
        options.taskLists = true
        options.autolinks = true
        options.footnotes = true
        options.alerts = true
        options.headingIDs = true
        options.highlight = true
        options.joinsCJKLines = true
        options.figures = true
        options.lazyImages = true
        options.scrollRegions = true
        return options
    }()

    /// Comments: no raw HTML, no images, no ids that could clash with the page's, http, https and mailto links that
    /// pass on no rank.
    package static let comment: MarkdownOptions = {
        var options = MarkdownOptions()
        options.tables = true
        options.strikethrough = true
        options.taskLists = true
        options.autolinks = true
        options.highlight = true
        options.scrollRegions = true
        options.demoteHeadings = true
        options.rawHTML = .escape
        options.webLinksOnly = true
        options.images = false
        options.linkRelation = "nofollow ugc"
        options.maximumNesting = 12
        options.maximumBytes = 64 * 1024
        return options
    }()
}
