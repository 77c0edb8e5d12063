import BlogConfiguration
import BlogModels
import Bytes
import Crypto
import Foundation
import Markdown
import XML

/// What the files of a Markdown source are read with.
struct ReadingSettings: Sendable, Hashable {
    var timeZone: TimeZone
    var categories: CategoryUse
    var isStrict: Bool
    var layout = SiteLayout()
    /// The site's own language.
    var language = "en"

    /// Changes whenever an unchanged file may give another record.
    func fingerprint(with more: [String]) -> String {
        ([
            "2", timeZone.identifier, categories.rawValue, isStrict ? "strict" : "lenient", layout.fingerprint,
            language,
        ] + more).joined(separator: "|")
    }
}

/// Turns one file into a ``DocumentDraft``. Pure: it touches neither disk nor database, so files are read side by side.
struct DocumentReader: Sendable {
    let settings: ReadingSettings
    private let renderer = MarkdownRenderer(
        options: {
            var options = MarkdownOptions.standard
            options.highlight = false
            return options
        }())

    init(settings: ReadingSettings) {
        self.settings = settings
    }

    /// What is in a file.
    enum Reading: Sendable {
        case document(DocumentDraft)
        case leftOut(LeftOut)
    }

    /// The post or page in a file. `name` is the path for messages.
    func read(
        _ bytes: [UInt8], path: String, role: FileRole, named name: String
    ) throws(Diagnostic) -> Reading {
        let layout = settings.layout
        let source = try SourceText(path: name, bytes: bytes)
        let frontMatter = try FrontMatter.read(source)
        if let reason = leftOut(frontMatter, path: path, role: role) { return .leftOut(reason) }
        var fields = try PostFields(frontMatter, timeZone: settings.timeZone, categories: settings.categories)
        let head = Substring(source.text.utf8.dropLast(frontMatter.body.utf8.count))
        let header = SourceText(path: name, text: String(head))
        let located = layout.located(path)
        let localized = FilePlace.language(ofFile: located.parts.last ?? "")
        let language = localized ?? located.language
        if fields.language == nil, let language { fields.language = language }
        let isForeign = language.map { $0.lowercased() != settings.language.lowercased() } == true
        let relative = located.parts.joined(separator: "/")
        let suffix = isForeign ? language : nil
        let kind = kind(role, fields, FilePlace(path: relative, kind: .post))
        let place = FilePlace(path: relative, kind: kind, language: suffix)
        if layout.generator == .eleventy { fields.tags.removeAll { Self.collectionTags.contains($0.lowercased()) } }
        if kind == .page, layout.generator != .plain, fields.slug == nil,
            Self.themePages.contains(fields.path?.text ?? place.pagePath)
        {
            return .leftOut(.ofTheme)
        }
        let body = BodyConverter.convert(frontMatter.body, layout.dialect)
        let format: TextFormat = path.lowercased().hasSuffix(".html") ? .html : .markdown
        // Rendering costs more than all the rest: only where the front matter does not say it all.
        let isComplete = fields.title?.isEmpty == false && fields.summary?.isEmpty == false
        let outline = isComplete ? Outline() : self.outline(of: body.text, format)
        var title = fields.title ?? ""
        if title.isEmpty { title = outline.title ?? "" }
        if title.isEmpty { title = place.words }
        title = try limit(title, to: TextLimit.title, field: "title", &fields, header)
        var excerpt = fields.summary ?? ""
        if excerpt.isEmpty {
            // Made by us and not by the author, so cutting it is no news.
            excerpt = TextLimit.cut(outline.summary, to: TextLimit.excerpt)
        } else {
            excerpt = try limit(excerpt, to: TextLimit.excerpt, field: "summary", &fields, header)
        }
        let raw = frontMatter.body
        let isHidden = fields.isDraft || place.isInDrafts || layout.isDraftsFolder
        return .document(
            DocumentDraft(
                path: path, kind: kind, bodyDigest: raw.isEmpty ? nil : Digest.hexadecimal(raw.utf8),
                fields: fields, title: title, excerpt: excerpt.isEmpty ? nil : excerpt, content: body.text,
                format: format,
                published: !isHidden, date: try date(fields, place, named: name),
                derivedSlug: place.slug ?? Slug(title: title) ?? place.fallbackSlug, derivedPath: place.pagePath,
                header: header, leftovers: body.leftovers))
    }

    /// What a body says of itself.
    private struct Outline {
        var title: String?
        var summary = ""
    }

    private func outline(of body: String, _ format: TextFormat) -> Outline {
        guard format == .html else {
            let rendered = renderer.render(body)
            return Outline(title: rendered.title ?? rendered.headings.first?.text, summary: rendered.summaryText)
        }
        let html = HTMLOutline(body)
        let summary = body.byteRange(of: "<!--more").map { HTMLOutline(String(body[..<$0.lowerBound])).text }
        return Outline(
            title: html.headings.first?.text, summary: (summary ?? html.firstParagraph).replacing("\n", with: " "))
    }

    /// Why a file is no document of the blog, as far as its front matter and its name tell.
    private func leftOut(_ frontMatter: FrontMatter, path: String, role: FileRole) -> LeftOut? {
        if !frontMatter.isPresent {
            if LeftOut.boilerplateNames.contains(FilePlace.stem(of: path).lowercased()) { return .boilerplate }
            if path.lowercased().hasSuffix(".html") { return .plainHTML }
            if settings.layout.generator == .jekyll, role == .page { return .noFrontMatter }
        }
        if role == .section {
            if frontMatter.body.allSatisfy(\.isWhitespace) { return .emptySection }
            if settings.layout.located(path).parts.count == 1 { return .ofTheme }
        }
        if settings.layout.dialect.isLiquid, role != .post, frontMatter.body.contains(#/\{%-?\s*for\s/#) {
            return .template
        }
        return nil
    }

    /// Pages that every theme of ours makes itself.
    private static let themePages: Set<String> = [
        "/", "/404.html", "/404/", "/feed.xml", "/atom.xml", "/sitemap.xml", "/robots.txt", "/tags/", "/authors/",
        "/archive/",
        "/search/",
    ]

    /// Of Eleventy: tags that put a document into a collection and are shown to nobody.
    private static let collectionTags: Set<String> = ["posts", "post", "all", "nav"]

    private func kind(_ role: FileRole, _ fields: PostFields, _ place: FilePlace) -> ImportedKind {
        switch role {
        case .page, .section: return .page
        case .dated:
            let isInCollection =
                settings.layout.generator == .eleventy && fields.tags.contains { ["posts", "post"].contains($0) }
            let isDated = fields.date != nil || place.date != nil || fields.path.flatMap { Self.date(in: $0) } != nil
            return isInCollection || isDated ? .post : .page
        default: return .post
        }
    }

    private func limit(
        _ text: String, to limit: Int, field: String, _ fields: inout PostFields, _ header: SourceText
    ) throws(Diagnostic) -> String {
        let cut = TextLimit.cut(text, to: limit)
        guard cut != text else { return text }
        let message = "the \(field) has \(text.unicodeScalars.count) characters, expected at most \(limit)"
        let place = fields.places[field] ?? Place(line: 1, column: 1)
        if settings.isStrict { throw header.diagnostic(at: place, message) }
        fields.warnings.append(header.diagnostic(.warning, at: place, message + ": cut at a word"))
        return cut
    }

    private func date(_ fields: PostFields, _ place: FilePlace, named name: String) throws(Diagnostic) -> Date? {
        if let date = fields.date { return date }
        let candidates = [fields.path.flatMap { Self.date(in: $0) }, place.date].compactMap(\.self)
        guard let text = candidates.first else { return nil }
        do {
            return try SourceDate.read(text, in: settings.timeZone)
        } catch {
            throw Diagnostic(path: name, message: "the date in the file's name or path: \(error.message)")
        }
    }

    /// The date that a path has in front of its last part: `/2025/02/13/slug/`, `/news/2025/02/13/slug/`.
    private static func date(in path: SitePath) -> String? {
        let parts = path.text.split(separator: "/")
        for start in parts.indices.dropLast(3) {
            let day = parts[start...].prefix(3)
            let isDate = zip(day, [4...4, 1...2, 1...2]).allSatisfy { $1.contains($0.count) }
            if isDate, day.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                return day.joined(separator: "-")
            }
        }
        return nil
    }
}

/// SHA-256 in hexadecimal.
enum Digest {
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hash.update(data: Array(bytes))
        }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in hash.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
