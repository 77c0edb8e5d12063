import Testing

@testable import Templates

/// Where in a page a value is printed, and what that means for addresses.
@Suite struct HTMLContextTests {
    @Test(arguments: [
        ("", OutputPosition.text), ("<p>", .text), ("a < b ", .text), ("<!-- <a href=\"", .text),
        ("<!DOCTYPE html>", .text),
        ("<p class=\"", .attribute), ("<p class='a ", .attribute), ("<p CLASS = \"", .attribute),
        ("<a href=\"", .addressStart), ("<A HREF = '", .addressStart), ("<img alt=\"x\"\nsrc=\"", .addressStart),
        ("<form action='/x' method=\"", .attribute), ("<button formaction=\"", .addressStart),
        ("<use xlink:href=\"", .addressStart), ("<a href=\"/tags/", .attribute), ("<a data-href=\"", .attribute),
        ("<a href=\"x\"", .tag), ("<a ", .tag), ("<a", .tag), ("<a hidden ", .tag), ("</a", .tag),
        ("<a href=", .unquotedValue), ("<a class=x-", .unquotedValue), ("<a x=y>", .text),
        ("<a x=y href=\"", .addressStart),
        ("<a onclick=\"go('", .code), ("<p style=\"color: ", .code), ("<a x=\"y\">", .text), ("<br/>", .text),
        ("<script>", .script), ("<script type=\"module\" src=\"", .addressStart),
        ("<SCRIPT>let a = '<p class=\"", .script),
        ("<script>let a = '</p>'", .script), ("<script></script>", .text), ("<script></SCRIPT\n>", .text),
        ("<script></scripty", .tag), ("<style>a { b: ", .style), ("<style></style>", .text),
        ("<!-- a > b --> <a href=\"", .addressStart),
        ("<scripts>", .text), ("<p title=\"<a href='", .attribute),
    ])
    func `the place of a value follows from the text before it`(_ text: String, _ position: OutputPosition) {
        var context = HTMLContext()
        context.feed(text.utf8)
        #expect(context.position == position)
    }

    @Test(arguments: [
        ("javascript:alert(1)", true), ("JaVaScRiPt:alert(1)", true), (" \u{1}\tjava\nscript\r:alert(1)", true),
        ("vbscript:x", true), ("data:text/html,x", true), ("data:image/png;base64,AA", false),
        ("DATA: IMAGE/gif,x", false),
        ("data:", true), ("https://example.org/", false), ("/javascript:x", false), ("#javascript:x", false),
        ("javascript", false),
        ("java-script:x", false), ("javascripts:x", false), ("mailto:a@b.c", false), ("", false), (":", false),
        ("é:x", false),
        ("javascript :x", false), ("matrix:u/x", false),
    ])
    func `a script's address is told from others as browsers tell it`(_ address: String, _ isScript: Bool) {
        #expect(AddressScheme.isScript(address) == isScript)
    }

    @Test(arguments: [
        ("<a href=\"{{ u }}\">", "<a href=\"#script-address-removed\">"),
        ("<a href='{{ u | trim }}'>", "<a href='#script-address-removed'>"),
        ("<a href=\"{{ m }}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{{ u | safe }}\">", "<a href=\"javascript:go('x')\">"),
        ("<a href=\"/{{ u }}\">", "<a href=\"/javascript:go(&#39;x&#39;)\">"),
        ("<a title=\"{{ u }}\">{{ u }}", "<a title=\"javascript:go(&#39;x&#39;)\">javascript:go(&#39;x&#39;)"),
        ("<a href=\"{% if true %}{{ u }}{% else %}{{ u }}{% endif %}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{% if false %}x{% endif %}{{ u }}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{% for x in [] %}x{% endfor %}{{ u }}\">", "<a href=\"#script-address-removed\">"),
        ("{% macro link(x) %}{{ x }}{% endmacro %}<a href=\"{{ link(u) }}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{% block b %}{{ u }}{% endblock %}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{% include 'part.txt' %}\">", "<a href=\"#script-address-removed\">"),
        ("{% set x %}<i title=\"{% endset %}<a href=\"{{ u }}\">", "<a href=\"#script-address-removed\">"),
        ("<a href=\"{{ ok }}\">{{ n }}<a href=\"{{ n }}\">", "<a href=\"/a?b&amp;c\">7<a href=\"7\">"),
    ])
    func `a script's address is not printed where an address begins`(_ source: String, _ expected: String) throws {
        let templates = try TemplateSet([
            TemplateFile(name: "page.html", path: "page.html", source: source),
            TemplateFile(name: "part.txt", path: "part.txt", source: "{{ u }}"),
        ])
        let variables: [(String, Value)] = [
            ("u", .string("javascript:go('x')")), ("m", .markup("javascript:x")), ("ok", .string("/a?b&c")),
            ("n", .int(7)),
        ]
        var output: [UInt8] = []
        try templates.render("page.html", variables, page: "/", into: &output)
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }
}
