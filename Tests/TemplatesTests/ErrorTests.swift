import Templates
import Testing

/// Messages are compared whole: they are what an author works with.
@Suite struct ErrorTests {
    @Test func `an unknown filter is found at load, with its place and a suggestion`() {
        #expect(
            loadErrors(["post.html": "<h1>\n\t<p>{{ title | trucate(80) }}</p>"]) == """
                templates/post.html:2:16: unknown filter "trucate" (did you mean "truncate"?)
                    2 | \t<p>{{ title | trucate(80) }}</p>
                      | \t              ^
                """)
    }

    @Test func `all mistakes of all files are told at once, each once`() {
        let errors = loadErrors([
            "a.html": "{% include 'part.html' %}{{ x is od }}\n{% include 'pat.html' %}",
            "b.html": "{% include 'part.html' %}{% extends 'a.html' %}{% block body %}{% endblock %}",
            "part.html": "{{ nosuch(1) }}{{ [] | map('uper') }}{{ range() }}",
        ])
        let firstLines = errors.split(separator: "\n").filter { $0.hasPrefix("templates/") }
        #expect(
            firstLines == [
                "templates/a.html:1:34: unknown test \"od\" (did you mean \"odd\"?)",
                "templates/a.html:2:4: unknown template \"pat.html\" (did you mean \"part.html\"?)",
                "templates/b.html:1:51: unknown block \"body\"",
                "templates/part.html:1:4: unknown function \"nosuch\"",
                "templates/part.html:1:24: unknown filter \"uper\" (did you mean \"upper\"?)",
                "templates/part.html:1:41: range takes 1 to 3 arguments, not 0",
            ])
    }

    @Test(arguments: [
        ("{% if x %}\n{% for a in b %}", "2:4", "\"for\" has no end (expected {% endfor %} or {% else %})"),
        (
            "{% if x %}{% endfor %}", "1:14",
            "\"endfor\" does not fit: \"if\" is open (expected {% elif %} or {% else %} or {% endif %})"
        ),
        ("{% endif %}", "1:4", "\"endif\" ends nothing: no tag is open here"),
        ("{% fro x in y %}", "1:4", "unknown tag \"fro\" (did you mean \"for\"?)"),
        ("{{ a b }}", "1:6", "expected \"}}\", found \"b\""),
        ("{{ (a }}", "1:7", "\"}\" does not close \"(\""),
        ("{{ a", "1:1", "this tag has no end (write }} after it)"),
        ("{# a", "1:1", "this comment has no end (write #} after it)"),
        ("{% raw %}", "1:1", "this raw block has no end (write {% endraw %} after it)"),
        ("{{ 'a }}", "1:4", "this string has no end"),
        ("{{ a ? b }}", "1:6", "unexpected character \"?\""),
        ("{{ 99999999999999999999 }}", "1:4", "\"99999999999999999999\" is not an integer of 64 bits"),
        (
            "{% autoescape true %}{% endautoescape %}", "1:4",
            "the tag \"autoescape\" of Jinja2 is not part of this template language"
        ),
        (
            "{% for x in y recursive %}{% endfor %}", "1:15",
            "recursive loops of Jinja2 are not part of this template language (use a macro that calls itself)"
        ),
        (
            "{% include x %}", "1:12",
            "include needs the template's name as a string (templates are put together when they are loaded, so the name cannot be computed)"
        ),
        (
            "{% include 'x' ignore missing %}", "1:16",
            "\"ignore …\" after include is not part of this template language (include sees the variables around it, import does not)"
        ),
        (
            "{{ x | urlize }}", "1:8",
            "the filter \"urlize\" of Jinja2 is not part of this template language (use markdown)"
        ),
        ("{{ x is callable }}", "1:9", "the test \"callable\" of Jinja2 is not part of this template language"),
        ("{{ cycler(1) }}", "1:4", "\"cycler\" of Jinja2 is not part of this template language"),
        ("{{ self.title() }}", "1:4", "\"self\" of Jinja2 is not part of this template language"),
        ("{{ f(*x) }}", "1:6", "\"*\" and \"**\" before arguments are not part of this template language"),
        ("{% if x %}{% extends 'a.html' %}{% endif %}", "1:14", "extends must stand outside of every other tag"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "1:31", "block \"a\" is defined twice"),
        ("{% block a %}{{ super() }}{% endblock %}", "1:17", "there is no parent block \"a\" for super()"),
        ("{% include 'a.html' %}", "1:4", "template \"a.html\" contains itself"),
        ("{{ x | join(1, 2, 3) }}", "1:8", "filter \"join\" takes at most 2 arguments"),
        ("{{ x | indent(widht=2) }}", "1:8", "filter \"indent\" has no parameter \"widht\" (did you mean \"width\"?)"),
        ("{{ x | batch }}", "1:8", "filter \"batch\" needs the argument \"linecount\""),
        ("{{ range }}", "1:4", "\"range\" is a function (call it: range(…))"),
    ])
    func `a mistake is found at load`(_ source: String, _ place: String, _ message: String) {
        let first = loadErrors(["a.html": source]).split(separator: "\n").first.map(String.init)
        #expect(first == "templates/a.html:\(place): \(message)")
    }

    @Test func `an error while rendering tells the way to it and the page`() throws {
        let templates = try TemplateSet(
            files([
                "page.html": "{% extends 'layout.html' %}\n{% block body %}{% include 'list.html' %}{% endblock %}",
                "layout.html": "{% block body %}{% endblock %}",
                "list.html": "{% from 'macros.html' import show %}\n{% for tag in tags %}{{ show(tag) }}{% endfor %}",
                "macros.html": "{% macro show(tag) %}\n  {{ tag.nmae }}\n{% endmacro %}",
            ]))
        let tags = Value.list([.dict(.init([("name", .string("a"))]))])
        #expect(
            renderError(templates, "page.html", [("tags", tags)]) == """
                templates/macros.html:2:10: a dict has no attribute "nmae" (did you mean "name"?)
                    2 |   {{ tag.nmae }}
                      |          ^
                  called at templates/list.html:2:25
                  included at templates/page.html:2:20
                  while rendering /x/
                """)
    }

    @Test(arguments: [
        ("{{ pots }}", "1:4: \"pots\" is undefined (did you mean \"posts\"?)"),
        ("{{ posts }}", "1:4: a list cannot be printed (use a for loop, or the filter join or tojson)"),
        ("{{ {'a': 1} }}", "1:4: a dict cannot be printed (use a for loop, or the filter tojson)"),
        ("{{ day }}", "1:4: a date cannot be printed as it is (use the filter date, for instance | date(\"iso\"))"),
        ("{{ 'a' + 1 }}", "1:8: + does not work between a string and an integer (use ~ to join texts)"),
        ("{{ '%s' % 1 }}", "1:9: % does not format text here (use the filter format)"),
        (
            "{{ 'a'.upper() }}",
            "1:8: a string has no attribute \"upper\" (the methods of Python's strings, lists and dicts do not exist here: use filters)"
        ),
        ("{{ 9223372036854775807 + 1 }}", "1:24: the number is too large: integers have 64 bits"),
        ("{{ 1 // 0 }}", "1:6: division by zero"),
        (
            "{{ day | date('%Q') }}",
            "1:10: the date format has no %Q (there are %a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%, \"iso\" and \"rfc822\")"
        ),
        (
            "{{ day | date('%-é') }}",
            "1:10: the date format has no %é (there are %a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%, \"iso\" and \"rfc822\")"
        ),
        ("{{ 'x' | date('iso') }}", "1:10: date needs a date, not a string"),
        ("{{ asset('style.css') }}", "1:4: there is no asset \"style.css\""),
        ("{% for a, b in [1] %}{% endfor %}", "1:4: an integer has no elements to go through"),
        (
            "{% set posts.x = 1 %}",
            "1:4: only a namespace's attributes can be set, and this is a list (make one with {% set name = namespace() %})"
        ),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "1:34: macro \"m\" takes at most 1 argument, not 2"),
        (
            "{% block a required %}{% endblock %}",
            "1:4: block \"a\" is required, but no template that extends this one fills it"
        ),
    ])
    func `a mistake that only data shows`(_ source: String, _ message: String) throws {
        let templates = try TemplateSet(files(["a.html": source]))
        let error = renderError(templates, "a.html", [("posts", .list([])), ("day", .date(0))])
        #expect(error.split(separator: "\n").first.map(String.init) == "templates/a.html:" + message)
    }

    @Test func `an unknown template is an error of the page`() throws {
        let templates = try TemplateSet(files(["post.html": ""]))
        #expect(
            renderError(templates, "pots.html", []).hasPrefix(
                "pots.html:1:1: there is no template \"pots.html\" (did you mean \"post.html\"?)"))
    }

    @Test(arguments: [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "macros call each other more than 100 deep"),
        (
            "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
            "more than 100000 passes of loops on one page"
        ),
        ("{% for a in range(9000) %}{{ 'x' * 1000 }}{% endfor %}", "the page is larger than 1000000 bytes"),
        ("{{ range(100000000) | length }}", "range makes more than 100000 numbers"),
        (
            "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "the text is larger than 1000000 bytes"
        ),
        (
            "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "the text is larger than 1000000 bytes"
        ),
        (
            "{% set ns = namespace(x='\"') %}{% for i in range(99) %}{% set ns.x = ns.x | tojson %}{% endfor %}",
            "the text is larger than 1000000 bytes"
        ),
        (
            "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "the list has more than 100000 elements"
        ),
        (
            "{% set ns = namespace(x=1) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}",
            "lists or dicts are nested more than 100 deep"
        ),
        (
            "{% set ns = namespace(x=1) %}{% for i in range(99999) %}{% set ns.x = {'a': (1, ns.x)} %}{% endfor %}",
            "lists or dicts are nested more than 100 deep"
        ),
        (
            "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set s %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = s %}{% endfor %}",
            "the page is larger than 1000000 bytes"
        ),
        (
            "{% set x %}{{ 'x' * 600000 }}{% endset %}{{ x }}{{ x }}", "the page is larger than 1000000 bytes"
        ),
        ("{% set x = 10 ** 9 %}{{ 'x' * x }}", "the result of * is too large"),
        ("{% set x = 10 ** 9 %}{{ 'x' | center(x) }}", "the text is larger than 1000000 bytes"),
        (
            "{% set x = -9223372036854775807 - 1 %}{{ 'x' | center(x) }}{{ 5 | round(x) }}",
            "the precision of round is too large"
        ),
        ("{% set x = -9223372036854775807 - 1 %}{{ x // -1 }}", "the number is too large: integers have 64 bits"),
    ])
    func `a template that runs away ends with an error`(_ source: String, _ message: String) throws {
        var limits = RenderLimits()
        limits.iterations = 100_000
        limits.outputBytes = 1_000_000
        let templates = try TemplateSet(files(["a.html": source]), environment: RenderEnvironment(limits: limits))
        let error = renderError(templates, "a.html", [])
        #expect(error.split(separator: "\n").first?.hasSuffix(message) == true, "\(error)")
    }

    @Test(arguments: [
        String(repeating: "(", count: 100_000), String(repeating: "[", count: 5000),
        "a" + String(repeating: ".b", count: 100_000),
        "1" + String(repeating: "+1", count: 100_000), String(repeating: "not ", count: 100_000) + "1",
        String(repeating: "-", count: 100_000) + "1", "a" + String(repeating: "|e", count: 100_000),
        "a" + String(repeating: "()", count: 100_000), "a" + String(repeating: " is odd", count: 100_000),
        "1" + String(repeating: " if 1", count: 50_000),
    ])
    func `nesting without end is an error`(_ expression: String) {
        let errors = loadErrors(["a.html": "{{ \(expression) }}"])
        #expect(!errors.isEmpty)
    }

    @Test func `tags nested without end are an error`() {
        let errors = loadErrors(["a.html": String(repeating: "{% if 1 %}", count: 10_000)])
        #expect(errors.split(separator: "\n").first?.hasSuffix("nested too deeply") == true)
        let branches = "{% if 0 %}" + String(repeating: "{% elif 0 %}", count: 10_000) + "{% endif %}"
        #expect(
            loadErrors(["a.html": branches]).split(separator: "\n").first?.hasSuffix("more than 200 branches") == true)
    }

    // MARK: Helpers

    private func files(_ sources: [String: String]) -> [TemplateFile] {
        sources.sorted { $0.key < $1.key }.map {
            TemplateFile(name: $0.key, path: "templates/\($0.key)", source: $0.value)
        }
    }

    private func loadErrors(_ sources: [String: String]) -> String {
        do throws(TemplateErrors) {
            _ = try TemplateSet(files(sources))
            return ""
        } catch {
            return error.description
        }
    }

    private func renderError(_ templates: TemplateSet, _ name: String, _ context: [(String, Value)]) -> String {
        var output: [UInt8] = []
        do throws(TemplateError) {
            try templates.render(name, context, page: "/x/", into: &output)
            return "no error"
        } catch {
            return error.description
        }
    }
}
