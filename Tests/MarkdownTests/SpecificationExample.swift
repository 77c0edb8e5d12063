import Foundation

/// One example of a specification: Markdown and the HTML that it must give.
struct SpecificationExample: CustomStringConvertible, Sendable {
    let number: Int
    /// The extension that it is for, if any.
    let tag: String
    let markdown: String
    let html: String

    var description: String { "example \(number) \(tag)" }

    /// Reads the examples of a specification in the format of CommonMark's `spec.txt`; `→` stands for a tab.
    static func load(_ fixture: String) throws -> [SpecificationExample] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let text = try String(contentsOf: directory.appending(path: fixture), encoding: .utf8)
        let fence = String(repeating: "`", count: 32)
        var examples: [SpecificationExample] = []
        var tag: String?
        var parts: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = tag {
                if line == fence {
                    let text = parts.map { lines in
                        lines.map { $0.replacing("→", with: "\t") + "\n" }.joined()
                    }
                    examples.append(
                        SpecificationExample(
                            number: examples.count + 1, tag: open, markdown: text[0],
                            html: text.count > 1 ? text[1] : ""))
                    tag = nil
                } else if line == "." {
                    parts.append([])
                } else {
                    parts[parts.count - 1].append(line)
                }
            } else if line.hasPrefix(fence + " example") {
                tag = line.dropFirst(fence.count + " example".count).trimmingCharacters(in: .whitespaces)
                parts = [[]]
            }
        }
        return examples
    }
}
