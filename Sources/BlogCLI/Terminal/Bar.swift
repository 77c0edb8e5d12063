/// A bar of a chart in the terminal: eighths of a character where there are blocks, `#` elsewhere.
struct Bar {
    /// What the longest bar stands for.
    let greatest: Int
    /// How many columns the longest bar has.
    let room: Int
    let isUnicode: Bool

    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// The bar of a value. What is not zero is never quite invisible.
    func text(_ value: Int) -> String {
        guard value > 0, greatest > 0, room > 0 else { return "" }
        guard isUnicode else { return String(repeating: "#", count: max(1, value * room / greatest)) }
        let steps = max(1, value * room * 8 / greatest)
        return String(repeating: "█", count: steps / 8) + Self.eighths[steps % 8]
    }
}
