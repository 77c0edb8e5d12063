import Testing

@testable import BlogImport

@Suite struct WordPressBodyTests {
    private static var media: WordPressMedia {
        var media = WordPressMedia()
        media.add(3, .init(address: "https://x.org/c.jpg", post: 9, caption: "Sea & sand", alternative: "A \"wave\""))
        media.add(2, .init(address: "https://x.org/b.PNG", post: 9))
        media.add(4, .init(address: "https://x.org/d.pdf", post: 9))
        return media
    }

    private func html(_ text: String, post: Int? = 9) -> String {
        WordPressBody(text, post: post, media: Self.media).html
    }

    @Test(arguments: [
        (
            "<!-- wp:paragraph {\"a\":1} -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading -->\n<h2>T</h2>\n<!-- /wp:heading -->",
            "<p>One\ntwo</p>\n\n<h2>T</h2>"
        ),
        ("<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->", "<!--more-->"),
        ("before\n\n<!--more Read on-->\n\nafter", "<p>before</p>\n<!--more Read on-->\n<p>after</p>"),
        ("a<!--nextpage-->b<!--noteaser-->", "<p>a</p>\n<p>b</p>"),
    ]) func `blocks lose their comments and classic text gets its paragraphs`(text: String, html: String) {
        #expect(self.html(text) == html)
    }

    @Test(arguments: [
        (
            "https://x.org/a?b=1&c=2\n\ntext https://x.org/ text",
            "<p><a href=\"https://x.org/a?b=1&amp;c=2\">https://x.org/a?b=1&amp;c=2</a></p>\n<p>text https://x.org/ text</p>"
        ),
        ("[embed width=\"1\"]https://x.org/[/embed]", "<p><a href=\"https://x.org/\">https://x.org/</a></p>"),
        ("<pre>\nhttps://x.org/\n</pre>", "<pre>\nhttps://x.org/\n</pre>"),
        ("[embed]javascript:alert(1)[/embed]", "<p>[embed]javascript:alert(1)[/embed]</p>"),
    ]) func `embedded pages are links`(text: String, html: String) {
        #expect(self.html(text) == html)
    }

    @Test(arguments: [
        (
            "[caption id=\"attachment_1\" align=\"left\" width=\"300\"]<a href=u><img src=i /></a> A <em>word</em>[/caption]",
            "<figure id=\"attachment_1\" class=\"wp-caption left\"><a href=u><img src=i /></a><figcaption class=\"wp-caption-text\">A <em>word</em></figcaption></figure>"
        ),
        (
            "[caption caption=\"Old\"]<img src=i />[/caption]",
            "<figure class=\"wp-caption\"><img src=i /><figcaption class=\"wp-caption-text\">Old</figcaption></figure>"
        ),
        ("[caption]no image[/caption]", "<p>[caption]no image[/caption]</p>"),
        (
            "[gallery ids=\"3, 77\" columns=2]",
            "<div class=\"gallery gallery-columns-2\">\n<figure class=\"gallery-item\"><a href=\"https://x.org/c.jpg\"><img src=\"https://x.org/c.jpg\" alt=\"A &quot;wave&quot;\" loading=\"lazy\" /></a><figcaption>Sea &amp; sand</figcaption></figure>\n</div>"
        ),
        (
            "[gallery exclude='3']",
            "<div class=\"gallery gallery-columns-3\">\n<figure class=\"gallery-item\"><a href=\"https://x.org/b.PNG\"><img src=\"https://x.org/b.PNG\" alt=\"\" loading=\"lazy\" /></a></figure>\n</div>"
        ),
        (
            "[audio src=\"a.mp3\" loop=\"on\"]\n\n[audio https://x.org/b.mp3]",
            "<audio controls preload=\"metadata\" loop><source src=\"a.mp3\" /></audio>\n<audio controls preload=\"metadata\"><source src=\"https://x.org/b.mp3\" /></audio>"
        ),
        (
            "[video width=\"6\" mp4=\"a.mp4\" webm=\"b.webm\"][/video]",
            "<video controls preload=\"metadata\" width=\"6\"><source src=\"a.mp4\" /><source src=\"b.webm\" /></video>"
        ),
        ("a [[gallery ids=\"1\"]] b", "<p>a [gallery ids=\"1\"] b</p>"),
    ]) func `WordPress' own shortcodes are shown`(text: String, html: String) {
        #expect(self.html(text) == html)
    }

    @Test func `other shortcodes stay and are counted, words in brackets are words`() {
        let body = WordPressBody(
            "[sic] [1] [contact-form to=\"a\"] [box]x[/box] [gallery]", post: nil, media: WordPressMedia())
        #expect(body.html == "<p>[sic] [1] [contact-form to=\"a\"] [box]x[/box] [gallery]</p>")
        #expect(body.unknown == ["contact-form": 1, "box": 1])
    }

    @Test func `blocks that WordPress fills are counted`() {
        let body = WordPressBody("<!-- wp:latest-posts {\"n\":3} /-->\n<p>x</p>", post: nil, media: WordPressMedia())
        #expect(body.html == "<p>x</p>")
        #expect(body.dynamicBlocks == ["latest-posts": 1])
    }
}
