/// The page as a program would write it that has no templates: literals and escaped values appended to one buffer.
struct HandWritten {
    let sample: Sample

    func write(into output: inout [UInt8]) {
        let site = sample.site
        raw("<!DOCTYPE html>\n<html lang=\"", &output)
        escaped(site.language, &output)
        raw(
            """
            ">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>
            """, &output)
        escaped(sample.post.title, &output)
        raw(" – ", &output)
        escaped(site.title, &output)
        raw("</title>\n<meta name=\"description\" content=\"", &output)
        escaped(sample.page.description, &output)
        raw("\">\n<link rel=\"canonical\" href=\"", &output)
        escaped(sample.page.canonical, &output)
        raw("\">\n<link rel=\"stylesheet\" href=\"", &output)
        escaped(site.stylesheet, &output)
        raw("\">\n<link rel=\"alternate\" type=\"application/rss+xml\" title=\"", &output)
        escaped(site.title, &output)
        raw("\" href=\"", &output)
        escaped(site.feed, &output)
        raw(
            """
            ">
            </head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header class="masthead">
            <p class="brand"><a href="
            """, &output)
        escaped(site.url, &output)
        raw("\">", &output)
        escaped(site.title, &output)
        raw("</a></p>\n<nav aria-label=\"Main\">\n<ul>\n", &output)
        for item in site.navigation {
            raw("<li><a href=\"", &output)
            escaped(item.url, &output)
            raw("\"", &output)
            if item.isCurrent { raw(" aria-current=\"page\"", &output) }
            raw(">", &output)
            escaped(item.title, &output)
            raw("</a></li>\n", &output)
        }
        raw("</ul>\n</nav>\n</header>\n<main id=\"main\">\n", &output)
        writePost(&output)
        raw("</main>\n<aside>\n<h2>Recent posts</h2>\n<ol>\n", &output)
        for post in sample.recent { writeLink(post, &output) }
        raw("</ol>\n</aside>\n<footer>\n<p>", &output)
        escaped(site.title, &output)
        raw(". ", &output)
        escaped(site.description, &output)
        raw("</p>\n</footer>\n</body>\n</html>", &output)
    }

    private func writePost(_ output: inout [UInt8]) {
        let post = sample.post
        raw("<article class=\"h-entry\">\n<h1 class=\"p-name\">", &output)
        escaped(post.title, &output)
        raw("</h1>\n<p class=\"meta\"><time class=\"dt-published\" datetime=\"", &output)
        escaped(post.date, &output)
        raw("\">", &output)
        escaped(post.day, &output)
        raw("</time> by <a class=\"p-author\" href=\"", &output)
        escaped(post.author.url, &output)
        raw("\">", &output)
        escaped(post.author.name, &output)
        raw("</a></p>\n<div class=\"e-content\">\n", &output)
        raw(post.html, &output)
        raw("</div>\n<ul class=\"tags\">\n", &output)
        for tag in post.tags {
            raw("<li><a class=\"p-category\" rel=\"tag\" href=\"", &output)
            escaped(tag.url, &output)
            raw("\">", &output)
            escaped(tag.name, &output)
            raw("</a></li>\n", &output)
        }
        raw("</ul>\n</article>\n", &output)
        if !post.comments.isEmpty {
            raw("<section id=\"comments\">\n<h2>Comments</h2>\n<ol class=\"thread\">\n", &output)
            for comment in post.comments { writeComment(comment, &output) }
            raw("</ol>\n</section>\n", &output)
        }
        raw("\n", &output)
        if !post.related.isEmpty {
            raw("<section aria-labelledby=\"related\">\n<h2 id=\"related\">Related</h2>\n<ul>\n", &output)
            for other in post.related { writeLink(other, &output) }
            raw("</ul>\n</section>\n", &output)
        }
    }

    private func writeComment(_ comment: CommentRecord, _ output: inout [UInt8]) {
        raw("<li class=\"u-comment h-cite\" id=\"", &output)
        escaped(comment.anchor, &output)
        raw("\">\n<p><span class=\"p-author\">", &output)
        if let url = comment.url {
            raw("<a class=\"u-url\" href=\"", &output)
            escaped(url, &output)
            raw("\" rel=\"nofollow ugc\">", &output)
            escaped(comment.author, &output)
            raw("</a>", &output)
        } else {
            escaped(comment.author, &output)
        }
        raw("</span> <a href=\"#", &output)
        escaped(comment.anchor, &output)
        raw("\"><time datetime=\"", &output)
        escaped(comment.date, &output)
        raw("\">", &output)
        escaped(comment.day, &output)
        raw("</time></a></p>\n<div class=\"e-content\">", &output)
        raw(comment.html, &output)
        raw("</div>\n</li>\n", &output)
    }

    private func writeLink(_ post: PostLinkRecord, _ output: inout [UInt8]) {
        raw("<li><a href=\"", &output)
        escaped(post.url, &output)
        raw("\">", &output)
        escaped(post.title, &output)
        raw("</a> <time datetime=\"", &output)
        escaped(post.date, &output)
        raw("\">", &output)
        escaped(post.day, &output)
        raw("</time></li>\n", &output)
    }

    @inline(__always)
    private func raw(_ text: String, _ output: inout [UInt8]) { output.append(contentsOf: text.utf8) }

    /// Copies the runs between special bytes whole: the fastest plain way to escape in Swift.
    private func escaped(_ text: String, _ output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                let entity: StaticString
                switch bytes[index] {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&#34;"
                case UInt8(ascii: "'"): entity = "&#39;"
                default: continue
                }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                entity.withUTF8Buffer { output.append(contentsOf: $0) }
                start = index + 1
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        }
    }
}
