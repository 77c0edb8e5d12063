import Templates
import Testing

/// Templates with pieces cut out, doubled, swapped and replaced: each ends as a page or as an error, never otherwise.
@Suite struct ManglingTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a mangled template is a page or an error`(_ seed: UInt64) throws {
        let names = ["structure", "composition"]
        let examples =
            try names.flatMap { try JinjaSuite.cases($0) } + JinjaSuite.lines("expressions")
            + JinjaSuite.lines("filters")
        var mangler = Mangler(state: seed &+ 1)
        var limits = RenderLimits()
        limits.iterations = 10_000
        limits.outputBytes = 100_000
        var pages = 0
        var errors = 0
        for _ in 0..<500 {
            let example = examples[mangler.below(examples.count)]
            let other = examples[mangler.below(examples.count)].files[0].source
            var files = example.files
            let index = mangler.below(files.count)
            let source = mangler.mangled(Array(files[index].source.utf8), with: Array(other.utf8))
            files[index] = TemplateFile(
                name: files[index].name, path: files[index].path, source: String(decoding: source, as: UTF8.self))
            do {
                let templates = try TemplateSet(files, environment: RenderEnvironment(limits: limits))
                var output: [UInt8] = []
                try templates.render(files[0].name, example.data, page: "/", into: &output)
                pages += 1
            } catch {
                errors += error is TemplateErrors || error is TemplateError ? 1 : 0
            }
        }
        #expect(pages + errors == 500)
        #expect(pages > 20 && errors > 20, "mangling that always or never breaks a template tests little")
    }

    private struct Mangler {
        var state: UInt64

        /// A pseudo-random number (xorshift64*), the same for the same seed everywhere.
        mutating func below(_ bound: Int) -> Int {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % max(1, bound)
        }

        mutating func mangled(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
            let pieces = [
                "{{", "}}", "{%", "%}", "-%}", "{#", "#}", "|", "(", ")", "[", "]", "~", " is ", " in ", " not ",
                " if ", "**", "-", "9223372036854775807",
                "1e308", "\"", "'", "\\", "loop", "super()", "caller()", "none", "{", ":", ",", ".", "=", "\u{0}", "é",
                "::-1", " - 1", "* 99999999",
            ]
            var bytes = bytes
            for _ in 0...below(3) {
                let start = below(bytes.count + 1)
                let end = min(bytes.count, start + below(12))
                switch below(5) {
                case 0: bytes.removeSubrange(start..<end)
                case 1: bytes.insert(contentsOf: bytes[start..<end], at: below(bytes.count + 1))
                case 2: bytes.insert(contentsOf: pieces[below(pieces.count)].utf8, at: start)
                case 3: bytes.replaceSubrange(start..<end, with: pieces[below(pieces.count)].utf8)
                default:
                    let from = below(other.count + 1)
                    bytes.insert(contentsOf: other[from..<min(other.count, from + below(30))], at: start)
                }
            }
            return bytes
        }
    }
}
