import Foundation
import Markdown

/// Measures rendering: plain text, and the posts of a generated site against libcmark alone.
struct MarkdownBench {
    struct Result: Sendable {
        /// MB of source a second, for text without markup.
        var plainText: Double
        /// The same for generated posts, by libcmark alone, with all extensions, and with highlighting too.
        var baseline: Double
        var extensions: Double
        var highlighting: Double
        /// Of code alone.
        var code: Double

        /// How many times libcmark's cost the extensions' is.
        var ratio: Double { baseline / extensions }
    }

    private let settings: CorpusSettings
    private let rounds: Int

    init(settings: CorpusSettings, rounds: Int) {
        self.settings = settings
        self.rounds = rounds
    }

    /// The best of several rounds of each, in turn: what else runs on the machine only ever makes them slower.
    func run() throws -> Result {
        let posts = try bodies()
        let plain = [plainText(bytes: 1 << 20)]
        let code = codeBlocks(bytes: 1 << 19)
        var unhighlighted = MarkdownOptions.standard
        unhighlighted.highlight = false
        let without = MarkdownRenderer(options: unhighlighted)
        let with = MarkdownRenderer(options: .standard)
        var result = Result(plainText: 0, baseline: 0, extensions: 0, highlighting: 0, code: 0)
        for _ in 0..<rounds {
            measure(plain, \.plainText, &result) { without.render($0).html.utf8.count }
            measure(posts, \.baseline, &result) { CommonMarkBaseline.renderedLength(of: $0) }
            measure(posts, \.extensions, &result) { without.render($0).html.utf8.count }
            measure(posts, \.highlighting, &result) { with.render($0).html.utf8.count }
            measure([code], \.code, &result) { with.render($0).html.utf8.count }
        }
        return result
    }

    private func measure(
        _ sources: [String], _ path: WritableKeyPath<Result, Double>, _ result: inout Result, _ render: (String) -> Int
    ) {
        let start = Self.cpuSeconds()
        var written = 0
        for source in sources { written += render(source) }
        let seconds = Self.cpuSeconds() - start
        precondition(written > 0, "nothing was rendered")
        let bytes = sources.reduce(0) { $0 + $1.utf8.count }
        result[keyPath: path] = max(result[keyPath: path], Double(bytes) / 1e6 / seconds)
    }

    /// The Markdown of every post, without front matter.
    private func bodies() throws -> [String] {
        var bodies: [String] = []
        try Corpus(settings).write { path, text in
            guard path.hasPrefix("content/posts/"), let end = text.range(of: "\n---\n\n") else { return }
            bodies.append(String(text[end.upperBound...]))
        }
        return bodies
    }

    /// Paragraphs of sentences in which no character means anything to Markdown.
    private func plainText(bytes: Int) -> String {
        let markup: Set<Character> = ["`", "*", "_", "[", "]", "<", ">", "&", "\\", "!", "~", "@", ":"]
        var prose = Prose(random: settings.random(.body), field: Field.all[0])
        var text = ""
        while text.utf8.count < bytes {
            text += prose.paragraph(sentences: 3...5).filter { !markup.contains($0) }
            text += "\n\n"
        }
        return text
    }

    private func codeBlocks(bytes: Int) -> String {
        var text = ""
        while text.utf8.count < bytes {
            for (language, samples) in CodeSamples.byLanguage.sorted(by: { $0.key < $1.key }) {
                var prose = Prose(random: settings.random(.body, index: text.utf8.count), field: Field.all[0])
                for sample in samples { text += "```\(language)\n\(prose.fill(sample))\n```\n\n" }
            }
        }
        return text
    }

    /// Of this thread alone: other work on the machine does not count.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
