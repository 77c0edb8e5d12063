/// The words that the renderer adds to a document, in the document's language. The defaults are English.
package struct MarkdownLabels: Sendable, Hashable {
    /// Names the scroll region around a table; its number in the document follows.
    package var table = "Table"
    /// Names the section of footnotes.
    package var footnotes = "Footnotes"
    /// Names a link from a footnote to its reference; the footnote's number follows.
    package var backToReference = "Back to reference"
    package var completedTask = "Completed task"
    package var incompleteTask = "Incomplete task"
    package var note = "Note"
    package var tip = "Tip"
    package var important = "Important"
    package var warning = "Warning"
    package var caution = "Caution"

    package init() {}
}
