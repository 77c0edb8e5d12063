import Synchronization

/// The text of a statement that is always the same but for its values, written once for each dialect.
///
/// Reading a row by its key is so short a statement that writing its text anew would take longer than running it.
final class StatementText: Sendable {
    /// A list and no dictionary: there are one or two dialects, and the names of these are compared in a nanosecond.
    private let texts = Mutex<[(dialect: String, text: String)]>([])

    /// The text in a dialect; `write` makes it the first time.
    func text(in dialect: any Dialect, _ write: (inout SQLWriter) -> Void) -> String {
        let name = dialect.name
        if let text = texts.withLock({ texts in texts.first { $0.dialect == name }?.text }) { return text }
        var writer = SQLWriter(dialect)
        write(&writer)
        let text = writer.sql
        texts.withLock { $0.append((name, text)) }
        return text
    }
}
