#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Templates

/// libFuzzer's own program, with this file's function as its target (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a
/// library").
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
struct Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments) { fuzzOneInput($0, $1) })
    }
}

/// What libFuzzer calls with each input: the input is loaded as a theme, checked, and rendered with a little data.
///
/// A byte 0xFF begins another file, so that extends, include and import are reached too; the first file is `page.html`, the
/// others `a.html`, `b.html` and so on. Mistakes are expected; a crash or a run without end is a finding.
private func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let names = ["page.html", "a.html", "b.html", "c.json", "d.xml", "e.txt"]
    let parts = bytes.split(separator: 0xFF, maxSplits: names.count - 1, omittingEmptySubsequences: false)
    let files = zip(names, parts).map { name, part in
        TemplateFile(name: name, path: name, source: String(decoding: part, as: UTF8.self))
    }
    var limits = RenderLimits()
    limits.iterations = 2_000
    limits.outputBytes = 100_000
    limits.macroDepth = 30
    let environment = RenderEnvironment(limits: limits)
    _ = ThemeCheck(files, schema: Sample.schema, environment: environment).report.findings.map(\.description)
    guard let templates = try? TemplateSet(files, environment: environment) else { return 0 }
    for name in names where templates.contains(name) {
        var output: [UInt8] = []
        try? templates.render(name, Sample.variables, page: "/", into: &output)
    }
    return 0
}

/// A few variables of every kind.
private struct Sample: ViewModel {
    static let shape: Shape = Shape(
        "sample",
        [
            .init("t", .text, ""), .init("m", .markup, ""), .init("n", .integer, ""), .init("f", .number, ""),
            .init("d", .date, ""), .init("o", .optional(.text), ""), .init("l", .list(.text), ""),
            .init("x", .object { Sample.shape }, ""), .init("k", .dictionary, ""), .init("b", .flag, ""),
        ])

    static let schema = TemplateSchema(
        shared: shape, pages: [.init("page.html", "a page", isRequired: true, variables: Shape("none", []))])

    static let variables = shape.fields.indices.map { (shape.fields[$0].name, Sample().value($0)) }

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string("a <b> & \"c\" 'd' é\u{1F600}")
        case 1: .markup("<i>m</i>")
        case 2: .int(42)
        case 3: .double(-2.5)
        case 4: .date(1_739_442_030)
        case 5: .none
        case 6: .list([.string("b"), .string("A"), .string("é")])
        case 7: .object(Sample())
        case 8: .dict(.init([("a", .int(1)), ("b", .list([.bool(true), .none]))]))
        default: .bool(true)
        }
    }
}
