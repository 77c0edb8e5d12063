@testable import BlogImport
import Testing

@Suite struct BodyConverterTests {
    @Test(
        arguments: [
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
            ("a {% comment %}b {{ c }}{% endcomment %}d", "a d"),
            ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n", "```ruby\nputs 1\n```\n"),
            ("{% highlight md %}\n```\n{% endhighlight %}", "````md\n```\n````"),
            ("- x\n  {% highlight c %}\n  a\n  {% endhighlight %}\n", "- x\n  ```c\n  a\n  ```\n"),
            ("{% highlight liquid %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}", "```liquid\n{{ x }}\n```"),
            ("[a]({% post_url 2024-04-09-a-b %})", "[a](doc:2024-04-09-a-b)"),
            ("[a]({{ site.baseurl }}{% post_url blog/2024-04-09-a %})", "[a](doc:blog/2024-04-09-a)"),
            ("[a]({% link _posts/2024-04-09-a b.md %})", "[a](doc:_posts/2024-04-09-a%20b.md)"),
            ("[a]({% link assets/a.pdf %})", "[a](/assets/a.pdf)"),
            ("![]({{ site.baseurl }}/a.png)", "![](/a.png)"),
            ("[home]({{ site.url }}{{ site.baseurl }})", "[home](/)"),
            ("![]({{ \"/a.png\" | relative_url }})", "![](/a.png)"),
            ("![]({{ 'a.png' | prepend: site.baseurl }})", "![](a.png)"),
            (
                "{% include figure.html src=\"/a.png\" caption=\"The *lake*\" alt=\"Lake\" %}",
                "<figure>\n\n![Lake](/a.png)\n\n<figcaption>\n\nThe *lake*\n\n</figcaption>\n</figure>"
            ),
            ("{% include figure image_path=\"a b.png\" alt=\"x\" %}", "![x](<a b.png>)"),
            ("see {% include image.html file='a.png' caption='A \"b\"' %}!", "see ![A \"b\"](a.png \"A \\\"b\\\"\")!"),
            ("{% include youtube.html id=\"q\" %}", "[Video](https://www.youtube.com/watch?v=q)"),
            ("{% include video id=\"7\" provider=\"vimeo\" %}", "[Video](https://vimeo.com/7)"),
            ("{% gist ada/1 %}", "[Code](https://gist.github.com/ada/1)"),
            (
                "{% figure caption:\"A lake\" class:\"half\" %}\n![](a.png)\n{% endfigure %}",
                "\n<figure>\n\n\n![](a.png)\n\n\n<figcaption>\n\nA lake\n\n</figcaption>\n</figure>\n"
            ),
            ("Text\n{: .notice #a}\n\n![](a.png){: width=\"3\"} b\n", "Text\n\n![](a.png) b\n"),
            ("* TOC\n{:toc}\n\nText\n", "\nText\n"),
            ("`{: .x}` and\n\n```\n{: .x}\n```\n", "`{: .x}` and\n\n```\n{: .x}\n```\n"),
        ])
    func `Liquid becomes Markdown`(body: String, expected: String) {
        #expect(BodyConverter.convert(body, .jekyll).text == expected)
    }

    @Test(
        arguments: [
            ("[a]({{< relref \"posts/b.md#part\" >}})", "[a](doc:posts/b.md#part)"),
            ("[a]({{% ref path=\"b\" %}})", "[a](doc:b)"),
            ("{{< figure src=\"a.png\" title=\"A lake\" >}}", "![A lake](a.png \"A lake\")"),
            ("{{< highlight go \"linenos=table\" >}}\nfmt.Println()\n{{< /highlight >}}", "```go\nfmt.Println()\n```"),
            ("{{< youtube w7Ft2ymGmfc >}}", "[Video](https://www.youtube.com/watch?v=w7Ft2ymGmfc)"),
            ("{{< gist ada 17 >}}", "[Code](https://gist.github.com/ada/17)"),
            ("{{< tweet user=\"ada\" id=\"1\" >}}", "[Post](https://x.com/ada/status/1)"),
            ("```\n{{</* figure src=\"a\" */>}}\n```", "```\n{{< figure src=\"a\" >}}\n```"),
            ("{% post_url x %} {{ .Title }}", "{% post_url x %} {{ .Title }}"),
        ])
    func `Hugo's shortcodes become Markdown`(body: String, expected: String) {
        #expect(BodyConverter.convert(body, .hugo).text == expected)
    }

    @Test(
        arguments: [
            ("[a](@/blog/b.md#part) `(@/c.md)`", "[a](doc:blog/b.md#part) `(@/c.md)`"),
            ("[a]: @/b.md\n", "[a]: doc:b.md\n"),
            ("{{ youtube(id=\"q\", class=\"x\") }}", "[Video](https://www.youtube.com/watch?v=q)"),
            ("{{ image(src=\"a.png\", alt=\"A\") }}", "![A](a.png)"),
            ("{{/* youtube(id=\"q\") */}} {{ not one }}", "{{ youtube(id=\"q\") }} {{ not one }}"),
        ])
    func `Zola's shortcodes become Markdown`(body: String, expected: String) {
        #expect(BodyConverter.convert(body, .zola).text == expected)
    }

    @Test(
        arguments: [
            "`{% raw %}x{% endraw %}`", "```\n{% highlight c %}\nx\n{% endhighlight %}\n```\n",
            "a\n\n    {{< figure src=\"a.png\" >}}\n", "{{ x }} {% if y %}", "{{< unknown >}}", "{: .x}",
            "> ~~~\n> {% post_url a %}\n> ~~~\n", "``a ` {% post_url b %}``",
        ])
    func `without a generator code and unknown tags are text`(body: String) {
        #expect(BodyConverter.convert(body, .plain) == ConvertedBody(text: body))
    }

    @Test(arguments: [("{% post_url a %}", "doc:a"), ("- x\n\n    {{< ref \"b.md\" >}}", "- x\n\n    doc:b.md")])
    func `without a generator tags that can mean but one thing count`(body: String, expected: String) {
        #expect(BodyConverter.convert(body, .plain).text == expected)
    }

    @Test func `what stays text is counted by kind`() {
        let body =
            "{% include toc %}{% for p in x %}{{ p.url }}{% endfor %}{% include toc %}{{ page.title | upcase }}{: .a}"
        #expect(
            BodyConverter.convert(body, .jekyll).leftovers == [
                "{% include toc %}": 2, "{% for %}": 1, "{{ p.url }}": 1, "{{ page.title }}": 1, "{: … } (left out)": 1,
            ])
        #expect(
            BodyConverter.convert("{{< details >}}a{{< /details >}}{{% notice tip %}}", .hugo).leftovers == [
                "{{< details >}}": 1, "{{% notice %}}": 1,
            ])
        #expect(BodyConverter.convert("{% quote(author=\"x\") %}a{% end %}", .zola).leftovers == ["{% quote() %}": 1])
    }

    @Test(arguments: [
        "{% raw %}", "{% highlight c %}", "{{", "{%", "{{<", "{{< highlight go >}}", "{% figure %}", "`", "{:",
    ])
    func `openings without an end stay text`(opening: String) {
        let body = String(repeating: opening, count: 2000)
        for dialect in [Dialect.plain, .jekyll, .hugo, .zola] {
            #expect(BodyConverter.convert(body, dialect).text == body)
        }
    }
}
