package import BlogConfiguration
package import Markdown

extension MarkdownOptions {
    /// The strict rules for what strangers write, and for the filter `markdown`.
    static func comment(_ settings: MarkdownSettings) -> MarkdownOptions {
        var options = comment
        options.highlight = settings.highlight
        return options
    }

    /// What posts and pages get under the site's settings: the title is the page's own heading, so headings in the text
    /// begin at the second level.
    package init(_ configuration: SiteConfiguration) {
        let settings = configuration.markdown
        self = .standard
        tables = settings.tables
        footnotes = settings.footnotes
        strikethrough = settings.strikethrough
        taskLists = settings.taskLists
        autolinks = settings.autolinks
        tagFilter = settings.tagFilter
        headingIDs = settings.headingIDs
        alerts = settings.alerts
        highlight = settings.highlight
        smart = settings.smart
        figures = settings.figures
        lazyImages = settings.lazyImages
        joinsCJKLines = settings.joinCJKLines
        if settings.externalLinks {
            linkRelation = "external"
            siteHost = configuration.host
        }
        demoteHeadings = true
    }
}
