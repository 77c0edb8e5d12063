import Testing

@testable import Templates

/// One set, many threads: what the thread sanitizer runs (`swift test --sanitize=thread --filter ConcurrencyTests`).
@Suite struct ConcurrencyTests {
    private struct Item: ViewModel {
        static let shape: Shape = Shape(
            "item", [.init("name", .text, ""), .init("more", .list(.object { Item.shape }), "")])
        let name: String

        func value(_ field: Int) -> Value {
            field == 0 ? .string(name) : .objects([Item(name: name + "'"), Item(name: name + "''")])
        }
    }

    @Test func `many threads render one set, each page as if it were alone`() async throws {
        let templates = try TemplateSet([
            TemplateFile(
                name: "page.html", path: "page.html",
                source: """
                    {% extends "base.html" %}{% from "macros.html" import show %}{% block body %}{% set ns = namespace(n=0) -%}
                    {% for x in items | sort(attribute="name") if x.name != "-" %}{% set ns.n = ns.n + 1 %}{{ show(x, loop.index) }}\
                    {%- include "part.html" %}{% endfor %}{{ ns.n }} {{ day | date("%A %-d %B %Y") }} {{ lazy.a | tojson }}{% endblock %}
                    """),
            TemplateFile(
                name: "base.html", path: "base.html", source: "<a href=\"{{ link }}\">{% block body %}{% endblock %}"),
            TemplateFile(
                name: "macros.html", path: "macros.html",
                source:
                    "{% macro show(x, n=1) %}{{ n }}{{ x.name | upper }}{{ caller() if caller is defined }}{% endmacro %}"
            ),
            TemplateFile(
                name: "part.html", path: "part.html",
                source: "({% for y in x.more %}{{ y.name | slugify }}{{ \"%05.1f\" | format(1.25) }}{% endfor %})"),
        ])
        let shared = Value.objects((0..<20).map { Item(name: "n<\($0)>") })
        @Sendable func page(_ number: Int) throws -> String {
            var output: [UInt8] = []
            try templates.render(
                "page.html",
                [
                    ("items", shared), ("day", .date(Double(number) * 86_400)), ("link", .string("/\(number)")),
                    ("lazy", .lazy { .dict(.init([("a", .int(number))])) }),
                ], page: "/\(number)/", into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        let alone = try (0..<16).map { try page($0) }
        #expect(Set(alone).count == 16)
        let together = try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
            for number in 0..<16 { group.addTask { (number, try (0..<20).map { _ in try page(number) }) } }
            return try await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
        }
        for number in 0..<16 { #expect(together[number].map(Set.init) == [alone[number]]) }
    }
}
