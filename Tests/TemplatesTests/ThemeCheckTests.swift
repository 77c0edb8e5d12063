import Testing

@testable import Templates

/// What `blog template check` says, compared whole: line, column, severity, message and suggestion.
@Suite struct ThemeCheckTests {
    private struct Author: ViewModel {
        static let shape = Shape(
            "author", [.init("name", .text, ""), .init("website", .optional(.url), "")])
        func value(_ field: Int) -> Value { .none }
    }

    private struct Post: ViewModel {
        static let shape: Shape = Shape(
            "post",
            [
                .init("title", .text, ""), .init("html", .markup, ""), .init("url", .url, ""),
                .init("count", .integer, ""), .init("score", .number, ""), .init("draft", .flag, ""),
                .init("date", .date, ""), .init("updated", .optional(.date), ""),
                .init("image", .optional(.url), ""), .init("tags", .list(.text), ""),
                .init("author", .object { Author.shape }, ""), .init("extra", .dictionary, ""),
                .init("next", .optional(.object { Post.shape }), ""),
                .init("replies", .list(.object { Post.shape }), ""),
            ])
        func value(_ field: Int) -> Value { .none }
    }

    private struct Shared: ViewModel {
        static let shape = Shape("shared", [.init("kind", .text, "")])
        func value(_ field: Int) -> Value { .none }
    }

    private struct PostPage: ViewModel {
        static let shape = Shape(
            "post.html",
            [.init("post", .object { Post.shape }, ""), .init("posts", .list(.object { Post.shape }), "")])
        func value(_ field: Int) -> Value { .none }
    }

    private struct TagPage: ViewModel {
        static let shape = Shape("tag.html", [.init("tag", .text, "")])
        func value(_ field: Int) -> Value { .none }
    }

    private static let schema = TemplateSchema(
        shared: Shared.shape,
        pages: [
            .init("post.html", "one post", isRequired: true, variables: PostPage.shape, constants: ["kind": "post"]),
            .init("tag.html", "one tag", variables: TagPage.shape, constants: ["kind": "tag"]),
        ], layouts: ["post.html"])

    private func findings(_ sources: [String: String]) -> [String] {
        let files = sources.sorted { $0.key < $1.key }.map {
            TemplateFile(name: $0.key, path: "templates/\($0.key)", source: $0.value)
        }
        let environment = RenderEnvironment(asset: { $0 == "style.css" ? "/style.css" : nil })
        let report = ThemeCheck(files, schema: Self.schema, environment: environment).report
        return report.findings.map { String($0.description.prefix { $0 != "\n" }) }
    }

    // MARK: Nothing wrong

    @Test(arguments: [
        "{{ post.title }}{{ post.count + 1 }}{{ post.date | date(\"iso\") }}{{ post.author.name | upper }}",
        "{% if post.image %}<img src=\"{{ post.image }}\">{% endif %}",
        "{% if post.updated and post.next %}{{ post.updated | date('%Y') }}{{ post.next.title }}{% endif %}",
        "{% if not post.next %}-{% else %}{{ post.next.author.name }}{% endif %}",
        "{% if post.image is not none %}{{ post.image }}{% endif %}{{ post.image if post.image else \"-\" }}",
        "{{ (post.updated or post.date) | date(\"iso\") }}{{ post.image | default(\"\", true) }}",
        "{{ nothing | default(1) }}{% if nothing is defined %}{{ nothing.at.all }}{% endif %}",
        "{% for p in posts if p.updated %}{{ p.updated | date('%Y') }}{{ loop.index }}{% endfor %}",
        "{% for p in posts | selectattr(\"updated\") %}{{ p.updated | date('%Y') }}{% endfor %}",
        "{% for p in posts | sort(attribute=\"date\") | reverse %}{{ p.title }}{% endfor %}",
        "{% for key, group in posts | groupby(\"author.name\") %}{{ key | upper }}{{ group | length }}{{ group[0].title }}{% endfor %}",
        "{% for g in posts | groupby(\"count\") %}{{ g.grouper + 1 }}{% for p in g.list %}{{ p.title }}{% endfor %}{% endfor %}",
        "{{ posts | map(attribute=\"title\") | join(\", \") }}{{ posts | sum(attribute=\"count\") + 1 }}",
        "{{ post.tags | map(\"upper\") | join }}{{ post.extra.anything }}{{ post.extra.a.b | default(1) }}",
        "{% macro thread(list) %}{% for p in list %}{{ p.title }}{{ thread(p.replies) }}{% endfor %}{% endmacro %}{{ thread(posts) }}",
        "{% macro box(title) %}{{ title }}{{ caller(title) }}{% endmacro %}{% call(t) box(post.title) %}{{ t | upper }}{% endcall %}",
        "{% set ns = namespace(total=0) %}{% for p in posts %}{% set ns.total = ns.total + p.count %}{% endfor %}{{ ns.total }}",
        "{% if kind == \"tag\" %}{{ tag }}{% endif %}{{ kind }}{% set x = post %}{{ x.title }}",
        "{% if kind in [\"tag\", \"author\"] %}{{ tag }}{% endif %}{% if kind not in (\"post\", \"page\") %}{{ tag }}{% endif %}",
        "{% if loop is defined %}{% endif %}{% for p in posts %}{% if loop.previtem is defined %}{{ loop.previtem.title }}{% endif %}{% endfor %}",
        "<a href=\"{{ post.url }}\" class='{{ post.title }}' {{ {'id': 1} | xmlattr }}></a><script>{{ post.title | tojson }};{{ post.count }}</script>",
        "<link href=\"{{ asset('style.css') }}\"><a href=\"{{ url(post.url) }}\">",
        "{% with next = post.next %}{% if next %}{{ next.title }}{% endif %}{% endwith %}",
        "{{ [1, 2][0] + 1 }}{{ {'a': 1}.a + 1 }}{{ post.tags[0] | upper }}{{ post.title[:3] ~ post.count }}",
        "{% filter upper %}{{ post.title }}{% endfilter %}{% set t %}{{ post.title }}{% endset %}{{ t | striptags }}",
        "{{ 'a' in post.tags and post.title in ['b'] and 1 < post.count <= 3 }}{{ -post.score | round(1) }}",
    ])
    func `a right template has no findings`(_ source: String) {
        #expect(findings(["post.html": source]) == [])
    }

    // MARK: Fields and types

    @Test(arguments: [
        ("{{ post.titel }}", "1:9: error: \"post\" has no attribute \"titel\" (did you mean \"title\"?)"),
        (
            "{{ post.author.nmae | upper }}",
            "1:16: error: \"author\" has no attribute \"nmae\" (did you mean \"name\"?)"
        ),
        ("{{ pots }}", "1:4: error: \"pots\" is undefined (did you mean \"post\"?)"),
        ("{% for p in posts %}{{ p.x }}{% endfor %}", "1:26: error: \"post\" has no attribute \"x\""),
        (
            "{% if post.titel %}{% endif %}",
            "1:12: error: \"post\" has no attribute \"titel\" (did you mean \"title\"?)"
        ),
        (
            "{{ post.titel | default(1) }}",
            "1:17: warning: \"post\" has no attribute \"titel\", so that the default is always used (did you mean \"title\"?)"
        ),
        ("{{ post.title | date('iso') }}", "1:17: error: date needs a date, not a string"),
        ("{{ post.tags | upper }}", "1:16: error: upper needs something that can be printed, not a list"),
        ("{{ post.title | round }}", "1:17: error: round needs a number, not a string"),
        ("{{ post.count | truncate(3) }}", "1:17: error: truncate needs a string, not an integer"),
        ("{{ post.count | length }}", "1:17: error: length needs a list, not an integer"),
        ("{{ post | tojson }}", "1:11: error: tojson needs something that JSON has, not \"post\""),
        ("{{ post.title | dictsort }}", "1:17: error: dictsort needs a dict, not a string"),
        (
            "{{ post.date | date('%Q') }}",
            "1:16: error: the date format has no %Q (there are %a %A %b %B %d %e %F %G %H %I %j %m %M %p %S %T %u %V %w %y %Y %z %%, \"iso\" and \"rfc822\")"
        ),
        ("{{ post.title | truncate(1) }}", "1:17: error: the length must be 3 at least, that of the end"),
        ("{{ post.count | number('x') }}", "1:17: error: the number of decimals is 0 to 20"),
        (
            "{{ posts | map(attribute='titel') | join }}",
            "1:12: error: \"post\" has no attribute \"titel\" (did you mean \"title\"?)"
        ),
        ("{{ posts | map('upper') | join }}", "1:12: error: upper needs something that can be printed, not \"post\""),
        ("{{ posts | sort | length }}", "1:12: error: \"post\" and \"post\" have no order (name an attribute)"),
        (
            "{{ posts | sort(attribute='updated') | length }}",
            "1:12: error: sort compares values, and this may be none (ask for it with if, or give a value with default(…, true))"
        ),
        ("{{ posts | sum(attribute='title') }}", "1:12: error: sum needs numbers, not a string"),
        (
            "{{ posts | selectattr('titel') | length }}",
            "1:12: error: \"post\" has no attribute \"titel\" (did you mean \"title\"?)"
        ),
        ("{{ post.title + 1 }}", "1:15: error: + does not work between a string and an integer (use ~ to join texts)"),
        ("{{ post.date < post.title }}", "1:14: error: a date and a string have no order"),
        ("{{ 1 in post.count }}", "1:6: error: in needs a list, a dict or a text, not an integer"),
        ("{{ -post.title }}", "1:4: error: a sign needs a number, not a string"),
        (
            "{{ post.date }}",
            "1:9: error: a date cannot be printed as it is (use the filter date, for instance | date(\"iso\"))"
        ),
        ("{{ post.tags }}", "1:9: error: a list cannot be printed (use a for loop, or the filter join or tojson)"),
        ("{{ post }}", "1:4: error: \"post\" cannot be printed (print one of its fields)"),
        ("{% for x in post.count %}{% endfor %}", "1:4: error: an integer has no elements to go through"),
        ("{% for a, b in [(1, 2, 3)] %}{% endfor %}", "1:4: error: 2 names cannot take the 3 elements of a list"),
        ("{{ post.count is odd and post.title is odd }}", "1:40: error: odd needs a number, not a string"),
        ("{{ post.title() }}", "1:9: error: a string cannot be called"),
        ("{{ post.title.upper() }}", "1:15: error: a string has no attribute \"upper\""),
        ("{{ range(post.title) | length }}", "1:4: error: range needs integers, not a string"),
        ("{{ url(post.next) }}", "1:4: error: url needs a string, not \"post\""),
        (
            "{{ url(post.image) }}",
            "1:4: error: url needs a string, and this may be none (ask for it with if, or give a value with default(…, true))"
        ),
        ("{{ asset('stlye.css') }}", "1:4: error: there is no asset \"stlye.css\""),
        (
            "{% set post.x = 1 %}",
            "1:4: error: only a namespace's attributes can be set, and this is \"post\" (make one with {% set name = namespace() %})"
        ),
        (
            "{% for p in posts %}{{ loop.indx }}{% endfor %}",
            "1:29: error: a loop has no attribute \"indx\" (did you mean \"index\"?)"
        ),
        (
            "{% set ns = namespace(a=1) %}{{ ns.b }}",
            "1:36: error: a namespace has no attribute \"b\" (did you mean \"a\"?)"
        ),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "1:34: error: macro \"m\" takes at most 1 argument, not 2"),
        (
            "{% macro m(long) %}{% endmacro %}{{ m(lnog=2) }}",
            "1:37: error: macro \"m\" has no parameter \"lnog\" (did you mean \"long\"?)"
        ),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "1:20: error: argument \"a\" of macro \"m\" was not given"),
        ("{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}", "1:38: error: macro \"m\" does not use caller()"),
        (
            "{% block a required %}{% endblock %}",
            "1:4: error: block \"a\" is required, but no template that extends this one fills it"
        ),
    ])
    func `a mistake is found without data`(_ source: String, _ finding: String) {
        #expect(findings(["post.html": source]) == ["templates/post.html:" + finding])
    }

    @Test(arguments: [
        (
            "{{ post.next.title }}",
            "1:14: error: \"title\" is a field of something, and this may be none (ask for it with if, or give a value with default(…, true))"
        ),
        (
            "{{ post.updated | date('iso') }}",
            "1:19: error: date needs a date, and this may be none (ask for it with if, or give a value with default(…, true))"
        ),
        (
            "{{ post.image }}",
            "1:9: warning: this may be none, which is printed as “None” (ask for it with if, or give a value with default(…, true))"
        ),
        (
            "{% if post.image or post.updated %}{{ post.image }}{% endif %}",
            "1:44: warning: this may be none, which is printed as “None” (ask for it with if, or give a value with default(…, true))"
        ),
        (
            "{% if post.image %}{% else %}{{ post.image }}{% endif %}",
            "1:38: warning: this may be none, which is printed as “None” (ask for it with if, or give a value with default(…, true))"
        ),
        (
            "{% if post.image %}{% set x = 1 %}{% endif %}{{ post.image ~ x | default(1) }}",
            "1:54: warning: this may be none, which is printed as “None” (ask for it with if, or give a value with default(…, true))"
        ),
    ])
    func `what may be none has to be asked for`(_ source: String, _ finding: String) {
        #expect(findings(["post.html": source]) == ["templates/post.html:" + finding])
    }

    // MARK: Places of a page

    @Test(arguments: [
        (
            "<a href={{ post.url }}>",
            "1:17: error: this attribute's value has no quotes: a space in it would begin another attribute (write quotes around it)"
        ),
        (
            "<a class=big-{{ post.title }}>",
            "1:22: error: this attribute's value has no quotes: a space in it would begin another attribute (write quotes around it)"
        ),
        (
            "<div {{ post.title }}>",
            "1:14: error: a text is printed inside of a tag, where it could be any attribute (use the filter xmlattr)"
        ),
        (
            "<script>let a = \"{{ post.title }}\"</script>",
            "1:26: warning: a text is printed into a script, where HTML's escapes are not undone (use the filter tojson)"
        ),
        (
            "<a onclick=\"go('{{ post.title }}')\">",
            "1:25: warning: a text is printed into an event handler or a style, whose language escaping does not know (put it into a data- attribute)"
        ),
        (
            "<style>a { color: {{ post.title }} }</style>",
            "1:27: warning: a text is printed into a style, where HTML's escapes are not undone"
        ),
    ])
    func `places where escaping does not help are found`(_ source: String, _ finding: String) {
        #expect(findings(["post.html": source]) == ["templates/post.html:" + finding])
    }

    // MARK: The theme as a whole

    @Test func `a missing required template is an error, an unused one and its blocks are warnings`() {
        #expect(
            findings([
                "tag.html": "{% extends 'base.html' %}{% block main %}{{ tag }}{% endblock %}",
                "base.html": "{% block main %}nobody sees this{% endblock %}{% block foot %} {% endblock %}",
                "_part.html": "{{ x }}", "old/list.html": "", "wide.html": "{{ post.title }}",
            ]) == [
                "templates/_part.html:1:1: warning: no page uses this template",
                "templates/base.html:1:4: warning: no page shows this block: whatever extends this template replaces it without super()",
                "templates/base.html:1:50: warning: this block is empty, and no template fills it",
                "templates/old/list.html:1:1: warning: no page uses this template",
                "templates/post.html:1:1: error: the theme has no such template, and a site needs one: it makes one post",
            ])
    }

    @Test func `a mistake in a part is told once, with the way to it`() {
        let files = [
            TemplateFile(name: "post.html", path: "t/post.html", source: "\n{% include '_part.html' %}"),
            TemplateFile(name: "tag.html", path: "t/tag.html", source: "{% include '_part.html' %}"),
            TemplateFile(
                name: "_part.html", path: "t/_part.html",
                source: "{% macro show(x) %}{{ x | upper }}{% endmacro %}{{ show([kind]) }}"),
        ]
        let report = ThemeCheck(files, schema: Self.schema).report
        #expect(
            report.findings.map(\.description) == [
                """
                t/_part.html:1:27: error: upper needs something that can be printed, not a list
                    1 | {% macro show(x) %}{{ x | upper }}{% endmacro %}{{ show([kind]) }}
                      |                           ^
                  called at t/_part.html:1:52
                  included at t/post.html:2:4
                  checked for post.html
                """
            ])
        #expect(report.hasErrors)
        #expect(report.templates == 3)
    }

    @Test func `a part is held against every page that it serves`() {
        #expect(
            findings([
                "post.html": "{% include '_part.html' %}", "tag.html": "{% include '_part.html' %}",
                "_part.html": "{{ post.title }}",
            ]) == ["templates/_part.html:1:4: error: \"post\" is undefined"])
        #expect(
            findings([
                "post.html": "{% include '_part.html' %}", "tag.html": "{% include '_part.html' %}",
                "_part.html": "{% if kind == 'post' %}{{ post.title }}{% elif tag is defined %}{{ tag }}{% endif %}",
            ]) == [])
    }

    @Test func `mistakes that loading finds come first`() {
        #expect(
            findings(["post.html": "{{ post.titel }}{{ post.title | uper }}", "tag.html": "{% if %}"]) == [
                "templates/tag.html:1:7: error: expected an expression, found \"%}\""
            ])
    }
}
