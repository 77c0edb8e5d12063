import BlogConfiguration
import BlogModels
import Foundation
import XML

/// What the first reading of an export keeps: which documents there are and what links them, without any text. A few words each,
/// so that it fits into memory however large the export is.
struct WordPressOutline: Sendable {
    /// A post or page that is imported.
    struct Document: Sendable {
        var key: String
        var kind: ImportedKind
        /// WordPress' number, and that of the page above it.
        var number: Int
        var parent: Int
        var slug: Slug
        /// WordPress gave the slug, rather than it being made of the title.
        var isSlugExplicit: Bool
        /// Indices into `names`.
        var creator: Int
        var tags: [Int]
        var date: Date?
        var isPublished: Bool
        /// The site's path that the post had.
        var oldPath: String?
        /// The file's index, and the line: places take room.
        var file: Int32
        var line: Int32
        /// The same record comes again, and what is said last counts.
        var isSuperseded = false
        /// It is not imported: its slug is taken.
        var isRefused = false
        /// The slug or path that it gets, and its row.
        var finalKey = ""
        var rowID = 0
        var isNew = false
        var authorID = 0

        /// Whether it is to be written.
        var isImported: Bool { !isSuperseded && !isRefused }
    }

    private(set) var documents: [Document] = []
    /// For each item in the order of the files: its document, `nil` for all other items.
    private(set) var documentOfItem: [Int?] = []
    /// Paths of items that are no documents and have comments, by the item's index.
    private(set) var pathOfItem: [Int: String] = [:]
    /// Names of creators and tags, each once.
    private(set) var names: [String] = []
    private(set) var media = WordPressMedia()
    private(set) var refusals: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    /// Items that are not imported, by what they are.
    private(set) var leftOut: [String: Int] = [:]
    /// Posts and pages that are only for those who know their password.
    private(set) var protected = 0

    private let timeZone: TimeZone
    private let categories: CategoryUse
    private var indexOfName: [String: Int] = [:]
    private var indexOfKey: [String: Int] = [:]
    private var slugs: Set<SlugPlace> = []
    private var files: [String] = []

    /// Where a slug is to be the only one.
    private struct SlugPlace: Hashable {
        var kind: ImportedKind
        var parent: Int
        var slug: Slug?
    }

    init(timeZone: TimeZone, categories: CategoryUse) {
        self.timeZone = timeZone
        self.categories = categories
    }

    /// Where a document stands.
    func place(of document: Document) -> RecordPlace {
        RecordPlace(path: files[Int(document.file)], line: Int(document.line))
    }

    subscript(index: Int) -> Document {
        get { documents[index] }
        set { documents[index] = newValue }
    }

    /// Adds the next item.
    mutating func add(_ item: WordPressItem, in file: String) {
        documentOfItem.append(nil)
        let place = RecordPlace(path: file, line: item.line)
        if files.last != file { files.append(file) }
        switch item.type {
        case "post", "page": addDocument(item, place)
        case "attachment":
            guard item.id > 0, !item.attachmentAddress.isEmpty else { return }
            media.add(
                item.id,
                .init(
                    address: item.attachmentAddress, post: item.parent, caption: WordPressText.plain(item.excerpt),
                    alternative: WordPressText.plain(item.alternative)))
        case "": refusals.append(place.diagnostic("an item without <wp:post_type>"))
        default: leftOut[item.type, default: 0] += 1
        }
    }

    /// Notes that the item that was added last has a comment.
    mutating func addComment(of item: WordPressItem) {
        let index = documentOfItem.count - 1
        guard documentOfItem[index] == nil, pathOfItem[index] == nil else { return }
        let path = ThreadKey.path(ofAddress: item.link)
        pathOfItem[index] = path.isEmpty ? "#\(item.id)" : path
    }

    private mutating func addDocument(_ item: WordPressItem, _ place: RecordPlace) {
        guard item.status != "trash", item.status != "auto-draft" else {
            leftOut[item.status, default: 0] += 1
            return
        }
        guard item.id > 0 || !item.guid.isEmpty else {
            return refusals.append(place.diagnostic("a \(item.type) with neither <guid> nor <wp:post_id>"))
        }
        let date: Date?
        do throws(Diagnostic) {
            date = try WordPressText.date(gmt: item.dateGMT, local: item.date, in: timeZone, place)
        } catch {
            return refusals.append(error)
        }
        let kind: ImportedKind = item.type == "page" ? .page : .post
        let key = WordPressKey.document(guid: item.guid, id: String(item.id))
        let given = WordPressText.slug(item.name)
        let title = WordPressText.plain(item.title)
        let fallback = Slug.fallback(item.id > 0 ? "\(item.type)-\(item.id)" : item.type)
        if !item.password.isEmpty { protected += 1 }
        if let earlier = indexOfKey[key] { documents[earlier].isSuperseded = true }
        // WordPress keeps slugs apart, but exports are merged by hand: the later one gets a number, as WordPress' own
        // importer gives it.
        let isFirst =
            slugs.insert(SlugPlace(kind: kind, parent: item.parent, slug: given)).inserted || indexOfKey[key] != nil
        indexOfKey[key] = documents.count
        documentOfItem[documentOfItem.count - 1] = documents.count
        documents.append(
            Document(
                key: key, kind: kind, number: item.id, parent: item.parent,
                slug: given ?? Slug(title: title) ?? fallback, isSlugExplicit: given != nil && isFirst,
                creator: name(item.creator.isEmpty ? "Anonymous" : item.creator),
                tags: item.tagNames(categories).map { name($0) }, date: date, isPublished: item.isPublished,
                oldPath: Self.oldPath(item.link), file: Int32(files.count - 1), line: Int32(clamping: item.line)))
    }

    private mutating func name(_ text: String) -> Int {
        if let known = indexOfName[text] { return known }
        indexOfName[text] = names.count
        names.append(text)
        return names.count - 1
    }

    /// The path of a post's old address; of `?p=12`, which no static host can answer, nothing is kept.
    private static func oldPath(_ link: String) -> String? {
        guard !link.isEmpty, !link.contains("?"), let path = try? SitePath(link), path.text != "/" else { return nil }
        return path.text
    }
}

extension WordPressItem {
    /// Whether readers saw it, or will see it when its date has come.
    var isPublished: Bool { ["publish", "future"].contains(status) && password.isEmpty }

    /// The names of tags, and of categories where these are tags; each once.
    func tagNames(_ categories: CategoryUse) -> [String] {
        var known: Set<String> = []
        return terms.filter { $0.domain == "post_tag" || ($0.domain == "category" && categories == .tags) }
            .map { WordPressText.plain($0.name.isEmpty ? $0.nicename : $0.name) }
            .filter { name in Slug(title: name, limit: Slug.tagLimit).map { known.insert($0.text).inserted } ?? false }
    }
}

/// Texts of an export.
enum WordPressText {
    /// A title, name or excerpt without its markup: WordPress keeps them as HTML.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
            return text.trimmed
        }
        return HTMLOutline(text).text.replacing("\n", with: " ")
    }

    /// A slug as WordPress writes it: percent-encoded where it has letters of other scripts.
    static func slug(_ name: String) -> Slug? {
        name.isEmpty ? nil : Slug(name: name.removingPercentEncoding ?? name)
    }

    /// A date: in UTC, or where that is missing in the site's zone; `nil` for a draft that has none.
    static func date(
        gmt: String, local: String, in timeZone: TimeZone, _ place: RecordPlace
    ) throws(Diagnostic) -> Date? {
        do {
            if isGiven(gmt) { return try SourceDate.read(gmt, in: .gmt) }
            if isGiven(local) { return try SourceDate.read(local, in: timeZone) }
            return nil
        } catch {
            throw place.diagnostic(error.message)
        }
    }

    /// MySQL's date of nothing, which WordPress gives drafts.
    private static func isGiven(_ date: String) -> Bool { !date.isEmpty && !date.hasPrefix("0000-00-00") }
}
