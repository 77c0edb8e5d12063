import Bytes

/// A document's HTML and what else the site wants to know of it.
package struct RenderedMarkdown: Sendable, Equatable {
    package struct Heading: Sendable, Equatable {
        /// The level as written in the HTML, 1…6.
        package var level: Int
        /// Empty if heading ids are off.
        package var id: String
        package var text: String

        package init(level: Int, id: String, text: String) {
            self.level = level
            self.id = id
            self.text = text
        }
    }

    package struct Link: Sendable, Equatable {
        /// As in the source with escapes and entities resolved, not percent-encoded.
        package var destination: String
        /// 1-based, of the link's first character.
        package var line: Int
        /// 1-based, counted in UTF-8 bytes.
        package var column: Int

        package init(destination: String, line: Int, column: Int) {
            self.destination = destination
            self.line = line
            self.column = column
        }
    }

    package struct Image: Sendable, Equatable {
        package var destination: String
        package var alt: String
        package var line: Int
        package var column: Int

        package init(destination: String, alt: String, line: Int, column: Int) {
            self.destination = destination
            self.alt = alt
            self.line = line
            self.column = column
        }
    }

    package var html: String
    /// The part before `<!--more-->` (or `<!-- more -->`, `<!--truncate-->`), else the first paragraph. It has no ids
    /// and no footnote references, so that many summaries fit on one page.
    package var summaryHTML: String
    /// The summary as text on one line.
    package var summaryText: String
    /// The text without markup, blocks separated by newlines; for search. HTML and footnote numbers are left out.
    package var plainText: String { String(utf8Bytes: plainTextUTF8) }
    /// Becomes a `String` when somebody asks: to check it as UTF-8 is a tenth of the whole work.
    let plainTextUTF8: ArraySlice<UInt8>
    /// Words of the plain text; a Chinese or Japanese character counts as one.
    package var wordCount: Int
    /// At least 1.
    package var readingMinutes: Int
    /// In the order of the document; the contents list is made of them.
    package var headings: [Heading]
    /// Without links between footnotes and their references.
    package var links: [Link]
    package var images: [Image]
    /// The text of a level-1 heading that the document starts with.
    package var title: String?
    /// Whether source beyond `MarkdownOptions.maximumBytes` was left out.
    package var isTruncated: Bool
}
