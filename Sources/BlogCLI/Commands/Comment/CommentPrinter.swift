import BlogConfiguration
import BlogModels
import BlogOperations

/// Prints comments.
enum CommentPrinter {
    /// A comment as one line: who, when, where it stands.
    static func head(_ comment: CommentLine, _ text: LocalText, _ console: Console) -> String {
        let status = comment.status == .approved ? "" : " [\(comment.status.rawValue)]"
        let name = comment.author.map { "\(comment.name) (\($0.username))" } ?? comment.name
        return console.styled("#\(comment.id)", .accent)
            + " \(name.printable), \(text.minute(comment.createdAt))\(status)"
    }

    /// The beginning of what it says, on one line. The text is a stranger's: nothing in it reaches the terminal raw.
    static func excerpt(_ comment: CommentLine) -> String {
        comment.content.split(whereSeparator: \.isWhitespace).joined(separator: " ").printable
    }

    /// Threads, with answers indented below what they answer.
    static func write(_ threads: [CommentThread], _ text: LocalText, _ console: Console, depth: Int = 0) {
        for thread in threads {
            // Deep threads do not run out of the terminal.
            let indent = String(repeating: "  ", count: min(depth, 8))
            console.write(indent + head(thread.comment, text, console))
            let room = max(20, console.width - indent.count - 2)
            console.write(indent + "  " + excerpt(thread.comment).cut(toTerminalWidth: room))
            write(thread.replies, text, console, depth: depth + 1)
        }
    }
}
