/// What WordPress' own shortcodes show.
struct WordPressMarkup: Sendable {
    let media: WordPressMedia
    let post: Int?

    /// The HTML of a shortcode; `nil` for one that is not known or has nothing to show.
    func html(_ code: Shortcode) -> String? {
        switch code.name {
        case "caption", "wp_caption": caption(code)
        case "gallery": gallery(code)
        case "audio": player("audio", code, ["mp3", "ogg", "wav", "m4a", "flac", "wma"])
        case "video": player("video", code, ["mp4", "webm", "ogv", "m4v", "wmv", "flv"])
        default: nil
        }
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// An image with the text after it: `[caption]<img /> Text[/caption]`, before WordPress 3.4 `[caption caption="Text"]`.
    private func caption(_ code: Shortcode) -> String? {
        guard let content = code.content else { return nil }
        let text = ByteCursor(Array(content.utf8))
        var split = 0
        if code.attributes["caption"] == nil {
            guard let image = text.find("<img", from: 0), let end = text.behind(UInt8(ascii: ">"), from: image) else {
                return nil
            }
            // With the link around the image.
            split = text.skip("</a>", at: text.skipSpace(at: end)) ?? end
        } else {
            split = text.bytes.count
        }
        let image = String(decoding: text.bytes[..<split], as: UTF8.self).trimmed
        var words = code.attributes["caption"] ?? String(decoding: text.bytes[split...], as: UTF8.self).trimmed
        while words.hasPrefix("<br />") { words = String(words.dropFirst(6)).trimmed }
        let classes = ["wp-caption", code.attributes["align"], code.attributes["class"]].compactMap(\.self)
            .filter { !$0.isEmpty }.joined(separator: " ")
        let id = code.attributes["id"].map { " id=\"\(Self.escaped($0))\"" } ?? ""
        let figcaption = words.isEmpty ? "" : "<figcaption class=\"wp-caption-text\">\(words)</figcaption>"
        return "<figure\(id) class=\"\(Self.escaped(classes))\">\(image)\(figcaption)</figure>"
    }

    private func gallery(_ code: Shortcode) -> String? {
        let listed = code.attributes["ids"] ?? code.attributes["include"]
        let ids: [Int]
        if let listed {
            ids = listed.split(separator: ",").compactMap { Int(String($0).trimmed) }
        } else {
            ids = media.images(ofPost: code.attributes["id"].flatMap { Int($0) } ?? post)
        }
        let excluded = Set(
            (code.attributes["exclude"] ?? "").split(separator: ",").compactMap { Int(String($0).trimmed) })
        let images = ids.filter { !excluded.contains($0) }.compactMap { media[$0] }
        guard !images.isEmpty else { return nil }
        let figures = images.map { image in
            let address = Self.escaped(image.address)
            let caption = image.caption.isEmpty ? "" : "<figcaption>\(Self.escaped(image.caption))</figcaption>"
            return "<figure class=\"gallery-item\"><a href=\"\(address)\"><img src=\"\(address)\""
                + " alt=\"\(Self.escaped(image.alternative))\" loading=\"lazy\" /></a>\(caption)</figure>"
        }
        let columns = code.attributes["columns"].flatMap { Int($0) } ?? 3
        return "<div class=\"gallery gallery-columns-\(max(1, min(columns, 9)))\">\n"
            + figures.joined(separator: "\n") + "\n</div>"
    }

    private func player(_ element: String, _ code: Shortcode, _ formats: [String]) -> String? {
        // Without a name in the oldest posts.
        let unnamed = code.values.filter { $0.hasPrefix("http") }
        let sources = (["src"] + formats).compactMap { code.attributes[$0] }.filter { !$0.isEmpty } + unnamed
        guard !sources.isEmpty else { return nil }
        var attributes = ""
        for name in ["width", "height", "poster"] where element == "video" {
            if let value = code.attributes[name], !value.isEmpty { attributes += " \(name)=\"\(Self.escaped(value))\"" }
        }
        for name in ["loop", "muted"] {
            if let value = code.attributes[name], ["1", "on", "true", name].contains(value) {
                attributes += " \(name)"
            }
        }
        let inner = sources.map { "<source src=\"\(Self.escaped($0))\" />" }.joined()
        return "<\(element) controls preload=\"metadata\"\(attributes)>\(inner)</\(element)>"
    }
}

/// The attachments of an export, by their numbers: what galleries and posts' images point to.
struct WordPressMedia: Sendable {
    struct Item: Sendable {
        var address: String
        /// The post that it was uploaded for.
        var post: Int
        var caption = ""
        /// The text for those who do not see the image.
        var alternative = ""
    }

    private var items: [Int: Item] = [:]
    private var byPost: [Int: [Int]] = [:]

    init() {}

    mutating func add(_ id: Int, _ item: Item) {
        if items.updateValue(item, forKey: id) == nil { byPost[item.post, default: []].append(id) }
    }

    subscript(id: Int) -> Item? { items[id] }

    /// The images uploaded for a post, in the order of their numbers.
    func images(ofPost post: Int?) -> [Int] {
        guard let post, post > 0 else { return [] }
        let endings = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"]
        return (byPost[post] ?? []).filter { id in
            let address = (items[id]?.address ?? "").lowercased()
            return endings.contains { address.hasSuffix($0) }
        }.sorted()
    }
}
