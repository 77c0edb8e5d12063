/// An image with what a theme's tag says of it, as Markdown.
struct Figure: Sendable, Hashable {
    var source: String
    var alt = ""
    var caption: String?
    var link: String?

    /// An image out of a tag's arguments, under the names that themes have for them; `nil` when none is an image.
    init?(_ arguments: TagArguments) {
        let image = arguments.value(
            "src", "image_path", "image", "img", "file", "filename", "path", "url", "source", "image_url")
        guard let source = image ?? arguments.positional.first(where: Self.isImage) else { return nil }
        self.init(source: source)
        alt = arguments.value("alt", "alt_text") ?? ""
        caption = arguments.value("caption", "title", "description", "text")
        link = arguments.value("link", "href", "target_url")
        if link == nil, arguments.value("src", "image_path", "image") != nil { link = arguments.value("url") }
        if alt.isEmpty, let caption { alt = caption.replacing(#/<[^>]*>/#, with: "") }
    }

    init(source: String) {
        self.source = source
    }

    private static func isImage(_ text: String) -> Bool {
        let lowercased = text.lowercased()
        return [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"].contains { lowercased.hasSuffix($0) }
    }

    /// The image in one line: `![alt](source "caption")`.
    var inline: String {
        let title = caption.map {
            " \"\(Self.oneLine($0).replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        let image = "![\(Self.escaped(alt))](\(Self.destination(source))\(title ?? ""))"
        return link.map { "[\(image)](\(Self.destination($0)))" } ?? image
    }

    /// The image as a paragraph of its own. A caption with markup stands in an HTML figure, between whose tags Markdown
    /// goes on (CommonMark 0.31, section 4.6, kind 6: a blank line ends the HTML).
    var block: String {
        guard let caption, caption.contains(where: { "*_[]`<&".contains($0) }) || link != nil else { return inline }
        var image = self
        image.caption = nil
        return "<figure>\n\n\(image.inline)\n\n<figcaption>\n\n\(Self.oneLine(caption))\n\n</figcaption>\n</figure>"
    }

    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ").trimmed
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in oneLine(text) {
            if "[]\\*_`<".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// A link destination, in pointed brackets where it needs them.
    static func destination(_ text: String) -> String {
        let needsBrackets = text.contains { $0.isWhitespace || "()".contains($0) }
        guard needsBrackets else { return text }
        let safe = text.split(whereSeparator: \.isNewline).joined().replacing("<", with: "%3C").replacing(
            ">", with: "%3E")
        return "<\(safe)>"
    }
}

/// What other sites show inside a page: a link here, because a page of ours asks no third party for anything.
enum Embed {
    /// The Markdown for an embed's tag; `nil` when the name is none or has nothing to show.
    static func markdown(_ name: String, _ arguments: TagArguments) -> String? {
        let first = arguments.positional.first
        let id = arguments.value("id", "video_id", "videoid", "url") ?? first
        switch name {
        case "youtube", "youtubeplayer", "youtube_embed": return id.map { link("Video", youtube($0)) }
        case "vimeo": return id.map { link("Video", address($0, "https://vimeo.com/")) }
        case "gist":
            let parts = arguments.positional
            let path = parts.count > 1 ? "\(parts[0])/\(parts[1])" : id
            return path.map { link("Code", address($0, "https://gist.github.com/")) }
        case "tweet", "x", "twitter":
            guard let id = arguments.value("id") ?? first else { return nil }
            let user = arguments.value("user") ?? "i"
            return link("Post", address(id, "https://x.com/\(user)/status/"))
        case "instagram": return id.map { link("Picture", address($0, "https://www.instagram.com/p/")) }
        case "video":
            guard let id else { return nil }
            switch arguments.value("provider")?.lowercased() {
            case "youtube": return link("Video", youtube(id))
            case "vimeo": return link("Video", address(id, "https://vimeo.com/"))
            case "dailymotion": return link("Video", address(id, "https://www.dailymotion.com/video/"))
            default: return arguments.value("src").map { link("Video", $0) }
            }
        default: return nil
        }
    }

    private static func link(_ text: String, _ address: String) -> String {
        "[\(text)](\(Figure.destination(address)))"
    }

    private static func youtube(_ id: String) -> String {
        address(id, "https://www.youtube.com/watch?v=")
    }

    /// A whole address as it is, an id behind the site's own.
    private static func address(_ id: String, _ base: String) -> String {
        id.contains("://") ? id : base + id
    }
}
