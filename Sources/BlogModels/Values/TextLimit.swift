/// How long the texts of the database may be, in Unicode scalars (as `VARCHAR(n)` counts).
package enum TextLimit {
    package static let title = 200
    package static let excerpt = 500
    package static let tag = 50
    package static let username = 50
    package static let fullName = 100

    /// `text` if it fits, else its first words and an ellipsis, together no longer than `limit`.
    package static func cut(_ text: String, to limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > limit else { return text }
        var head = ""
        var room = limit - 1
        for character in text {
            room -= character.unicodeScalars.count
            guard room >= 0 else { break }
            head.append(character)
        }
        // A single word longer than the limit is cut inside; so is text of scripts that write no spaces.
        if let space = head.lastIndex(where: \.isWhitespace), head[space...].count < head.count / 2 {
            head = String(head[..<space])
        }
        while let last = head.last, last.isWhitespace || ",;:–—-".contains(last) { head.removeLast() }
        return head + "…"
    }
}
