import Synchronization
import Testing

@testable import Templates

@Suite struct TemplateMetricsTests {
    /// A clock that goes on by one millisecond each time it is read.
    private final class Steps: Sendable {
        private let now = Mutex<Int64>(0)

        var metrics: TemplateMetrics {
            TemplateMetrics { [self] in
                now.withLock { now in
                    now += 1_000_000
                    return now
                }
            }
        }
    }

    private let files = [
        TemplateFile(
            name: "page.html", path: "page.html",
            source:
                "{% extends 'base.html' %}{% block a %}{% include 'part.html' %}{% for i in [1, 2] %}{% include 'row.html' %}{% endfor %}{% endblock %}"
        ),
        TemplateFile(name: "base.html", path: "base.html", source: "{% block a %}{% endblock %}"),
        TemplateFile(name: "part.html", path: "part.html", source: "[{% include 'row.html' %}]"),
        TemplateFile(name: "row.html", path: "row.html", source: "row"),
    ]

    @Test func `pages and includes are counted and their times added up`() throws {
        let metrics = Steps().metrics
        let templates = try TemplateSet(files, metrics: metrics)
        for _ in 0..<2 {
            var output: [UInt8] = []
            try templates.render("page.html", [], page: "/", into: &output)
            #expect(String(decoding: output, as: UTF8.self) == "[row]rowrow")
        }
        var output: [UInt8] = []
        try templates.render("row.html", [], page: "/", into: &output)
        // A page reads the clock at its beginning and its end; each include inside of it twice more.
        #expect(
            metrics.entries.map {
                "\($0.template) \($0.isInclude) \($0.count) \($0.cumulative) \($0.average) \($0.maximum)"
            } == [
                "page.html false 2 18000000 9000000 9000000",
                "part.html true 2 6000000 3000000 3000000",
                "row.html true 6 6000000 1000000 1000000",
                "row.html false 1 1000000 1000000 1000000",
            ])
    }

    @Test func `without metrics programs have no trace of them`() throws {
        var problems: [(file: Int, problem: SyntaxProblem)] = []
        let library = Library(files, problems: &problems)
        func operations(timesIncludes: Bool) -> Int {
            let program = Compiler.program(
                for: library.templates[0], in: library, timesIncludes: timesIncludes, problems: &problems)
            return (0..<program.nodes.count).count { program.nodes[$0].operation == .timed }
        }
        #expect(operations(timesIncludes: true) == 3)
        #expect(operations(timesIncludes: false) == 0)
    }

    @Test func `many threads add to the same metrics`() async throws {
        let metrics = Steps().metrics
        let templates = try TemplateSet(files, metrics: metrics)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        var output: [UInt8] = []
                        try? templates.render("page.html", [], page: "/", into: &output)
                    }
                }
            }
        }
        #expect(metrics.entries.first { $0.template == "page.html" }?.count == 400)
        #expect(metrics.entries.first { $0.template == "row.html" }?.count == 1200)
    }
}
