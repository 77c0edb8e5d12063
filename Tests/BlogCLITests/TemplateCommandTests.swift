import Foundation
import Testing

@testable import BlogCLI

@Suite struct TemplateCommandTests {
    @Test func `both commands show how they are used`() async throws {
        let site = try TestSite()
        for command in ["check", "render"] {
            let run = await site.blog("help", "template", command)
            #expect(run.status == 0)
            #expect(run.output.contains("Examples:\n  "), "\(run.output)")
        }
    }

    // MARK: check

    @Test func `the theme that comes with the program has nothing wrong`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("template", "check")
        #expect(run.notes == "")
        #expect(run.output == "25 templates: nothing wrong\n")
        #expect(run.status == 0)
    }

    @Test func `a mistake is 78 and names file, line and column, without a database`() async throws {
        let site = try TestSite.small(["templates/post.html": "<p>\n{{ post.titel }}\n{{ post.title | date('iso') }}\n"]
        )
        let run = await site.blog("template", "check")
        #expect(run.status == 78)
        #expect(
            run.notes.contains(
                """
                templates/post.html:2:9: error: "post" has no attribute "titel" (did you mean "title"?)
                    2 | {{ post.titel }}
                      |         ^
                templates/post.html:3:17: error: date needs a date, not a string
                """))
        #expect(run.output.contains(": 2 errors, "))
        #expect(!site.exists("blog.sqlite3"))
    }

    @Test func `warnings alone are 1, and quiet hides them`() async throws {
        let site = try TestSite.small(["templates/_unused.html": "x"])
        let run = await site.blog("template", "check")
        #expect(run.status == 1)
        #expect(run.notes == "templates/_unused.html:1:1: warning: no page uses this template\n    1 | x\n      | ^\n")
        #expect(run.output == "26 templates: 1 warning\n")
        let quiet = await site.blog("template", "check", "--quiet")
        #expect(quiet.status == 1)
        #expect(quiet.notes + quiet.output == "")
    }

    @Test func `the report as JSON`() async throws {
        let site = try TestSite.small()
        try site.remove("templates/post.html")
        let run = await site.blog("template", "check", "--json")
        #expect(run.status == 78)
        #expect(
            run.output.contains(
                #"{"severity":"error","path":"templates/post.html","line":1,"column":1,"message":"the theme has no such template, and a site needs one: it makes one post","suggestion":null,"stack":[]}"#
            ))
        #expect(run.output.hasPrefix(#"{"templates":24,"errors":1,"warnings":"#))
    }

    @Test func `without a site there is nothing to check`() async throws {
        let site = try TestSite()
        #expect(await site.blog("template", "check").status == 78)
    }

    // MARK: render

    @Test func `a template is rendered with data from a file or from standard input`() async throws {
        let data =
            #"{"name": "<A & B>", "day": {"$date": "2026-01-31T10:20:00Z"}, "html": {"$markup": "<b>x</b>"}, "n": [1, 2.5, true, null]}"#
        let site = try TestSite([
            "hello.html":
                "{% extends 'base.html' %}{% block a %}{{ name }} {{ day | date('%F') }} {{ html }}{% endblock %}",
            "base.html": "<p>{% block a %}{% endblock %}</p>{{ n | tojson }}\n", "broken.html": "{% if %}",
            "data.json": data,
        ])
        let expected = "<p>&lt;A &amp; B&gt; 2026-01-31 <b>x</b></p>[1, 2.5, true, null]\n"
        let fromFile = await site.blog("template", "render", "hello.html", "--data", "data.json")
        #expect(fromFile.notes == "")
        #expect(fromFile.output == expected)
        #expect(fromFile.status == 0)
        #expect(await site.blog("template", "render", "hello.html", "--data", "-", input: data).output == expected)
    }

    @Test func `a template of the theme sees the site`() async throws {
        let site = try TestSite.small([
            "templates/hello.html": "{{ url('/a/') }} {{ asset('style.css')[:7] }} {{ '/b/' | absolute_url }}"
        ])
        let run = await site.blog("template", "render", "templates/hello.html", "--data", "-", input: "{}")
        #expect(run.output == "/a/ /assets https://test.example/b/\n")
        #expect(run.status == 0)
    }

    @Test(arguments: [
        ("{{ nmae }}", "{\"name\": 1}", Int32(78), "t.html:1:4: \"nmae\" is undefined (did you mean \"name\"?)"),
        ("{% include 'x.html' %}", "{}", 78, "t.html:1:4: unknown template \"x.html\""),
        (
            "", "[1]", 65,
            "data.json:1:1: error: expected an object, whose members are the template's variables, not a list"
        ),
        ("", "{\"a\": 1e999}", 65, "data.json:1:7: error: 1e999 is too large for a number of 64 bits"),
        ("", "{\"a\": }", 65, "data.json:1:7"),
        ("", "{\"a\":\n {\"$date\": \"soon\"}}", 65, "data.json:2:12: error: “soon” is not an instant"),
    ])
    func `what is wrong has its exit code and its place`(
        _ template: String, _ data: String, _ status: Int32, _ message: String
    ) async throws {
        let site = try TestSite(["t.html": template, "data.json": data])
        let run = await site.blog("template", "render", "t.html", "--data", "data.json")
        #expect(run.status == status)
        #expect(run.notes.contains(message), "\(run.notes)")
        #expect(run.output == "")
    }

    @Test func `a file that is not there is 66`() async throws {
        let site = try TestSite(["t.html": ""])
        #expect(await site.blog("template", "render", "none.html", "--data", "-", input: "{}").status == 66)
        #expect(await site.blog("template", "render", "t.html", "--data", "none.json").status == 66)
        #expect(
            await site.blog("template", "render", "t.html", "--data", "-", "--site", "nowhere", input: "{}").status
                == 78)
    }

    // MARK: Metrics

    @Test func `a build tells what its templates took`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        let run = await site.blog("build", "--template-metrics")
        let lines = run.notes.split(separator: "\n").map(String.init)
        #expect(lines.first == "template                count  cumulative ms  average ms  maximum ms")
        let words = lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
        let counts = Dictionary(
            uniqueKeysWithValues: words.map { ($0.dropLast(4).joined(separator: " "), $0[$0.count - 4]) })
        #expect(counts["post.html"] == "2")
        #expect(counts["home.html"] == "1")
        #expect(counts["_answer.html (included)"] == nil)
        let pages = words.filter { $0.count == 5 && $0[0].hasSuffix(".html") }.compactMap { Int($0[1]) }.reduce(0, +)
        #expect(counts["_head.html (included)"] == String(pages))
        #expect(words.allSatisfy { $0.suffix(3).allSatisfy { Double($0) ?? -1 >= 0 } })

        let again = await site.blog("build", "--template-metrics")
        #expect(again.notes == "No page was rendered by a template (--force renders all).\n")
        let json = await site.blog("build", "--template-metrics", "--force", "--json")
        #expect(json.output.contains(#","template_metrics":[{"template":"#))
        #expect(json.output.contains(#"{"template":"_head.html","include":true,"count":\#(pages),"cumulative_ms":"#))
        #expect(!(await site.blog("build", "--force", "--json")).output.contains("metrics"))
    }
}
