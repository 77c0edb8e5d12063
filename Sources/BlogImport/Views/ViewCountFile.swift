import BlogConfiguration
import Foundation

/// A file of counts from elsewhere: how often posts were read, by day or in all.
///
/// CSV (RFC 4180) of `slug,views[,date]`, with or without a line of names (then in any order), or JSON: a list of objects with
/// these names, one such object on each line, or one object of slugs and numbers. A post is named by its slug or by a path it
/// has or had.
struct ViewCountFile: Sendable, Hashable {
    /// One line, or one object.
    struct Line: Sendable, Hashable {
        var post: String
        var views: Int
        /// `nil` for a count without a date.
        var date: Date?
        var place: Place
    }

    var lines: [Line] = []
    /// What is no record, with its place.
    var refusals: [Diagnostic] = []
    /// The posts that these were about, where they say it: what is known of them stays.
    var refusedPosts: Set<String> = []

    private let source: SourceText
    private let timeZone: TimeZone

    /// Reads a file; throws for one that is neither CSV nor JSON from end to end.
    init(_ source: SourceText, timeZone: TimeZone) throws(Diagnostic) {
        self.source = source
        self.timeZone = timeZone
        let start = source.text.unicodeScalars.first { !$0.properties.isWhitespace }
        if start == "{" || start == "[" {
            try readJSON()
        } else {
            readCSV()
        }
    }

    /// A message at a record's place.
    func diagnostic(_ line: Line, _ message: String) -> Diagnostic {
        source.diagnostic(at: line.place, message)
    }

    // MARK: JSON

    private mutating func readJSON() throws(Diagnostic) {
        var (root, end) = try JSONReader.read(source, from: source.text.startIndex)
        var roots = [root]
        while let next = source.text[end...].firstIndex(where: { !$0.isWhitespace }) {
            (root, end) = try JSONReader.read(source, from: next)
            roots.append(root)
        }
        for root in roots {
            if let items = root.list {
                for item in items { readObject(item) }
            } else if roots.count == 1, let entries = root.map, root["slug"] == nil, root["path"] == nil {
                for entry in entries {
                    add(post: entry.key, views: entry.value.int, date: nil, entry.keyPlace) { _ in
                        "\"\(entry.key)\" is \(entry.value.summary), expected a number of views"
                    }
                }
            } else {
                readObject(root)
            }
        }
    }

    private mutating func readObject(_ node: DataNode) {
        guard let post = (node["slug"] ?? node["path"])?.text, !post.isEmpty else {
            refusals.append(
                source.diagnostic(
                    at: node.place,
                    node.map == nil ? "\(node.summary), expected an object" : "an object without \"slug\""))
            return
        }
        let views = node["views"] ?? node["count"]
        add(post: post, views: views?.int, date: node["date"]?.text, node.place) { _ in
            views.map { "the views are \($0.summary), expected a number" } ?? "an object without \"views\""
        }
    }

    // MARK: CSV

    private mutating func readCSV() {
        var order = ["slug", "views", "date"]
        for (number, record) in CSVRecords(source.text).enumerated() {
            let place = Place(line: record.line, column: 1)
            guard record.isWhole else {
                refusals.append(source.diagnostic(at: place, "the quotes never close"))
                continue
            }
            let fields = record.fields.map { $0.trimmingCharacters(in: .whitespaces) }
            if fields == [""] { continue }
            if number == 0, let names = Self.names(fields) {
                order = names
                continue
            }
            func field(_ name: String) -> String? {
                order.firstIndex(of: name).flatMap { fields.indices.contains($0) ? fields[$0] : nil }
            }
            guard let post = field("slug"), !post.isEmpty else {
                refusals.append(source.diagnostic(at: place, "a line without slug"))
                continue
            }
            let views = field("views")
            add(post: post, views: views.flatMap { Int($0) }, date: field("date"), place) { fields in
                guard let views else {
                    return fields.count == 1 && post.contains(";")
                        ? "one field only, expected slug,views[,date] with commas between" : "a line without views"
                }
                return "the views are \"\(views)\", expected a number"
            }
            if fields.count > max(3, order.count) {
                // What was meant by the others nobody knows; the record itself is complete.
                lines.removeLast(lines.last?.place == place ? 1 : 0)
                refusals.append(
                    source.diagnostic(at: place, "\(fields.count) fields, expected slug,views[,date]"))
            }
        }
    }

    /// What the columns are, where the first line names them.
    private static func names(_ fields: [String]) -> [String]? {
        let known = [
            "slug": "slug", "path": "slug", "page": "slug", "url": "slug", "post": "slug", "views": "views",
            "count": "views", "hits": "views", "pageviews": "views", "visits": "views", "date": "date", "day": "date",
        ]
        let names = fields.map { known[$0.lowercased()] ?? "" }
        return names.contains("slug") && names.contains("views") ? names : nil
    }

    // MARK: Records

    private mutating func add(
        post: String, views: Int?, date: String?, _ place: Place, otherwise message: ([String]) -> String
    ) {
        guard let views, views >= 0, views <= 1_000_000_000_000 else {
            refusedPosts.insert(post)
            refusals.append(
                source.diagnostic(
                    at: place, views == nil ? message([post]) : "\(views ?? 0) views, expected a number from 0 to 10^12"
                ))
            return
        }
        var instant: Date?
        if let date, !date.isEmpty {
            do {
                instant = try SourceDate.read(date, in: timeZone)
            } catch {
                refusedPosts.insert(post)
                refusals.append(source.diagnostic(at: place, error.message))
                return
            }
        }
        lines.append(Line(post: post, views: views, date: instant, place: place))
    }
}
