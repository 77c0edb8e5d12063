import BlogConfiguration
import BlogModels
import Crypto
import Foundation
import Markdown

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
            "2", timeZone.identifier, categories.rawValue, isStrict ? "strict" : "lenient", layout.fingerprint, language,
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
        if kind == .page, layout.generator != .plain, place.pagePath == "/", fields.slug == nil {
            return .leftOut(.home)
        }
        let body = BodyConverter.convert(frontMatter.body, layout.dialect)
        var rendered: RenderedMarkdown?
        func document() -> RenderedMarkdown {
            if let rendered { return rendered }
            let made = renderer.render(body.text)
            rendered = made
            return made
        }

        var title = fields.title ?? ""
        if title.isEmpty { title = document().title ?? document().headings.first?.text ?? "" }
        if title.isEmpty { title = place.words }
        title = try limit(title, to: TextLimit.title, field: "title", &fields, header)
        var excerpt = fields.summary ?? ""
        if excerpt.isEmpty {
            // Made by us and not by the author, so cutting it is no news.
            excerpt = TextLimit.cut(document().summaryText, to: TextLimit.excerpt)
        } else {
            excerpt = try limit(excerpt, to: TextLimit.excerpt, field: "summary", &fields, header)
        }
        let raw = frontMatter.body
        let isHidden = fields.isDraft || place.isInDrafts || layout.isDraftsFolder
        return .document(
            DocumentDraft(
                path: path, kind: kind, bodyDigest: raw.isEmpty ? nil : Digest.hexadecimal(raw.utf8),
                fields: fields, title: title, excerpt: excerpt.isEmpty ? nil : excerpt, content: body.text,
                published: !isHidden, date: try date(fields, place, named: name),
                derivedSlug: place.slug ?? Slug(title: title) ?? place.fallbackSlug, derivedPath: place.pagePath,
                header: header, leftovers: body.leftovers))
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
            if settings.layout.located(path).parts.count == 1 { return .home }
        }
        let isOfLiquid = settings.layout.dialect == .liquid
        if isOfLiquid, role != .post, frontMatter.body.contains(#/\{%-?\s*for\s/#) { return .template }
        return nil
    }

    /// Of Eleventy: tags that put a document into a collection and are shown to nobody.
    private static let collectionTags: Set<String> = ["posts", "post", "all", "nav"]

    private func kind(_ role: FileRole, _ fields: PostFields, _ place: FilePlace) -> ImportedKind {
        switch role {
        case .page, .section: return .page
        case .dated:
            let isInCollection = settings.layout.generator == .eleventy && fields.tags.contains { ["posts", "post"].contains($0) }
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

    /// The date that a path begins with: `/2025/02/13/slug/`.
    private static func date(in path: SitePath) -> String? {
        let parts = path.text.split(separator: "/")
        guard parts.count > 3, parts[0].count == 4, (1...2).contains(parts[1].count), (1...2).contains(parts[2].count),
            parts.prefix(3).allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return parts.prefix(3).joined(separator: "-")
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
