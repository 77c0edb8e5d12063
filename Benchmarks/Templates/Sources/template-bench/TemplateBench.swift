import CAllocations
import Foundation

/// Measures a page by the engine of this package against the same page by others.
///
/// `template-bench THEME [--jinja MICROSECONDS]` prints a table; `template-bench THEME --data FILE` writes the page's data as
/// JSON, for Jinja2; `--page FILE` writes the page; `--profile SECONDS` renders so long and prints nothing.
@main
struct TemplateBench {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let theme = arguments.first, arguments.count % 2 == 1 else {
            FileHandle.standardError.write(
                Data(
                    "usage: template-bench THEME [--jinja MICROSECONDS | --data FILE | --page FILE | --profile SECONDS]\n"
                        .utf8))
            exit(64)
        }
        let pages = try Pages(theme: theme)
        try pages.compare()
        switch arguments.dropFirst().first {
        case "--data":
            let data = try JSONSerialization.data(
                withJSONObject: PlainData.context(pages.sample), options: [.sortedKeys])
            try data.write(to: URL(filePath: arguments[2]))
        case "--page":
            try pages.renderPrebuilt()
            try Data(pages.output).write(to: URL(filePath: arguments[2]))
        case "--profile":
            let end = Date().addingTimeInterval(Double(arguments[2]) ?? 1)
            while Date() < end { for _ in 0..<1000 { try pages.renderPrebuilt() } }
        default:
            try report(pages, jinja: arguments.count == 3 ? Double(arguments[2]) : nil)
        }
    }

    private static func report(_ pages: Pages, jinja: Double?) throws {
        let times = try Stopwatch.microseconds([
            { pages.writeByHand() }, { try pages.renderPrebuilt() }, { try pages.renderBuilding() },
            { _ = pages.renderMustache() }, { _ = try pages.renderStencil() },
        ])
        let (byHand, prebuilt, building, mustache, stencil) = (times[0], times[1], times[2], times[3], times[4])
        try pages.renderPrebuilt()
        print("A page of \(pages.output.count) bytes: layout, 4 tags, 12 comments, 5 related and 10 recent posts.\n")
        print("| | µs a page | ratio | wanted |")
        print("|---|---:|---:|---:|")
        row("a hand-written writer", byHand, nil, "")
        row("this engine, values prebuilt", prebuilt, prebuilt / byHand, "≤ 4 × hand-written")
        row("this engine, values built", building, building / byHand, "≤ 8 × hand-written")
        row("swift-mustache 2.1.1", mustache, mustache / prebuilt, "≥ 8 × this engine")
        row("Stencil 0.15.1", stencil, stencil / prebuilt, "≥ 50 × this engine")
        if let jinja { row("Jinja2", jinja, jinja / prebuilt, "≥ 6 × this engine") }
        print(
            "\nAllocations a page: \(try allocations { try pages.renderPrebuilt() }) with values prebuilt, "
                + "\(try allocations { try pages.renderBuilding() }) with values built.")
        let few = try pages.repeated(10)
        let many = try pages.repeated(10_000)
        print(
            "Allocations of 10 and of 10,000 literals, lookups and conditions: "
                + "\(try allocations(few)) and \(try allocations(many)).")
    }

    private static func row(_ name: String, _ time: Double, _ ratio: Double?, _ wanted: String) {
        let ratio = ratio.map { String(format: "%.1f", $0) } ?? ""
        print("| \(name) | \(String(format: "%.1f", time)) | \(ratio) | \(wanted) |")
    }

    private static func allocations(_ body: () throws -> Void) rethrows -> Int {
        // The first call may make the buffer larger.
        try body()
        let before = allocation_count()
        for _ in 0..<100 { try body() }
        return Int(allocation_count() - before) / 100
    }
}
