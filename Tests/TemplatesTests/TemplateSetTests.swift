import Templates
import Testing

@Suite struct TemplateSetTests {
    private struct Tag: ViewModel {
        static let shape = Shape(
            "tag", [.init("name", .text, "as written"), .init("url", .url, "its page"), .init("hidden", .text, "")])
        let name: String

        func value(_ field: Int) -> Value {
            switch field {
            case 0: .string(name)
            case 1: .string("/tags/\(name)/")
            default: preconditionFailure("a field that no template reads was computed")
            }
        }
    }

    private let site = Value.dict(.init([("title", .string("A & B"))]))

    @Test func `a page is put together from its layout, macros and view models`() throws {
        let templates = try TemplateSet([
            file(
                "layout.html",
                "<title>{% block title %}T{% endblock %} – {{ site.title }}</title>\n{% block body %}{% endblock %}\n"),
            file(
                "macros.html",
                "{% macro link(tag, class='tag') %}<a class=\"{{ class }}\" href=\"{{ tag.url }}\">{{ tag.name }}</a>{% endmacro %}"
            ),
            file(
                "post.html",
                """
                {% extends "layout.html" %}{% import "macros.html" as m -%}
                {% block title %}{{ title }} {{ super() }}{% endblock %}
                {% block body %}{% for tag in tags %}{{ m.link(tag) }}{{ ", " if not loop.last else "" }}{% endfor %}{% endblock %}
                """),
        ])
        let page = try render(
            templates, "post.html",
            [
                ("site", site), ("title", .string("<Hi>")), ("tags", .objects([Tag(name: "one"), Tag(name: "t'wo")])),
            ])
        #expect(
            page == """
                <title>&lt;Hi&gt; T – A &amp; B</title>
                <a class="tag" href="/tags/one/">one</a>, <a class="tag" href="/tags/t&#39;wo/">t&#39;wo</a>
                """)
    }

    @Test func `the closure of a template is all that it refers to`() throws {
        let templates = try TemplateSet([
            file("a.html", "{% extends 'b.html' %}{% import 'm.html' as m %}"),
            file("b.html", "{% include 'c.html' %}"),
            file("c.html", ""), file("m.html", ""), file("other.html", ""),
        ])
        #expect(templates.closure(of: "a.html") == ["a.html", "b.html", "c.html", "m.html"])
        #expect(templates.closure(of: "other.html") == ["other.html"])
        #expect(templates.closure(of: "none.html") == [])
        #expect(templates.contains("m.html"))
        #expect(!templates.contains("none.html"))
    }

    @Test func `a part may use macros that only the templates around it have`() throws {
        let templates = try TemplateSet([
            file("page.html", "{% extends 'layout.html' %}{% macro hi(x) %}Hi {{ x }}{% endmacro %}"),
            file("layout.html", "{{ hi('layout') }} {% from 'macros.html' import bye %}{% include 'part.html' %}"),
            file("part.html", "{{ bye('part') }}"), file("macros.html", "{% macro bye(x) %}Bye {{ x }}{% endmacro %}"),
        ])
        #expect(try render(templates, "page.html", []) == "Hi layout Bye part")
        #expect(throws: TemplateError.self) { try render(templates, "part.html", []) }
    }

    @Test func `a function that no template around a part has is found at load`() {
        #expect(throws: TemplateErrors.self) {
            try TemplateSet([file("page.html", "{% include 'part.html' %}"), file("part.html", "{{ nobody(1) }}")])
        }
    }

    @Test func `a failed page leaves the output as it was`() throws {
        let templates = try TemplateSet([file("a.html", "text {{ missing }}")])
        var output = Array("before".utf8)
        #expect(throws: TemplateError.self) { try templates.render("a.html", [], page: "/", into: &output) }
        #expect(String(decoding: output, as: UTF8.self) == "before")
    }

    private func file(_ name: String, _ source: String) -> TemplateFile {
        TemplateFile(name: name, path: "templates/\(name)", source: source)
    }

    private func render(
        _ templates: TemplateSet, _ name: String, _ context: [(String, Value)]
    ) throws(TemplateError) -> String {
        var output: [UInt8] = []
        try templates.render(name, context, page: "/", into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
