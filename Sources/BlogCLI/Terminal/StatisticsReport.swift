import BlogModels
import BlogSite

/// Statistics in the three forms that `blog stats` prints.
struct StatisticsReport {
    let title: String
    let statistics: Statistics

    // MARK: Table

    /// Tables and bars for a person.
    func table(_ console: Console) -> String {
        let totals = statistics.totals
        var lines = [console.styled(title, .bold), ""]
        let facts = [
            ("post", totals.posts), ("page", totals.pages), ("author", totals.users), ("tag", totals.tags),
            ("comment", totals.comments), ("view", totals.views),
        ]
        lines.append(facts.map { $0.1.counting($0.0) }.joined(separator: " · "))
        lines.append(
            "\(totals.averageViews.oneDecimal) views and \(totals.averageComments.oneDecimal) comments a post")
        if totals.pendingComments > 0 {
            lines.append("waiting for a decision: \(totals.pendingComments.counting("comment"))")
        }
        if totals.orphanComments > 0 {
            lines.append("waiting for their post: \(totals.orphanComments.counting("comment"))")
        }
        section("Top posts", posts(statistics.topPosts), console, &lines)
        section("Rising in the last seven days", rising(statistics.risingPosts), console, &lines)
        section("Most discussed", posts(statistics.discussedPosts), console, &lines)
        section("Authors by posts", authors(statistics.topAuthors), console, &lines)
        section("Authors by views", authors(statistics.topAuthorsByViews), console, &lines)
        section("Tags", tags, console, &lines)
        chart("Posts a month", statistics.months.map { ($0.month, $0.posts) }, console, &lines)
        chart("Views a month", statistics.viewMonths.map { ($0.month, $0.views) }, console, &lines)
        return lines.joined(separator: "\n")
    }

    private func section(_ name: String, _ table: TextTable, _ console: Console, _ lines: inout [String]) {
        guard !table.rows.isEmpty else { return }
        let body = table.lines(width: console.width)
        lines += ["", console.styled(name, .bold), console.styled(body[0], .dim)] + body.dropFirst()
    }

    private func posts(_ posts: [Statistics.PostLine]) -> TextTable {
        var table = TextTable([
            .init(title: "views", alignment: .right), .init(title: "comments", alignment: .right),
            .init(title: "title", alignment: .left, isFlexible: true), .init(title: "author", alignment: .left),
        ])
        for post in posts { table.append([post.views.grouped, post.comments.grouped, post.title, post.author]) }
        return table
    }

    private func rising(_ posts: [Statistics.RisingLine]) -> TextTable {
        var table = TextTable([
            .init(title: "gain", alignment: .right), .init(title: "views", alignment: .right),
            .init(title: "before", alignment: .right), .init(title: "title", alignment: .left, isFlexible: true),
            .init(title: "author", alignment: .left),
        ])
        for line in posts {
            table.append([
                "+" + (line.recent - line.before).grouped, line.recent.grouped, line.before.grouped, line.post.title,
                line.post.author,
            ])
        }
        return table
    }

    private func authors(_ authors: [Statistics.AuthorLine]) -> TextTable {
        var table = TextTable([
            .init(title: "posts", alignment: .right), .init(title: "views", alignment: .right),
            .init(title: "author", alignment: .left, isFlexible: true),
        ])
        for author in authors {
            table.append([author.posts.grouped, author.views.grouped, author.fullName ?? author.username])
        }
        return table
    }

    private var tags: TextTable {
        var table = TextTable([
            .init(title: "posts", alignment: .right), .init(title: "tag", alignment: .left),
            .init(title: "related", alignment: .left, isFlexible: true),
        ])
        for tag in statistics.tags {
            table.append([
                tag.posts.grouped, tag.name, tag.related.map { "\($0.slug) \($0.weight)" }.joined(separator: ", "),
            ])
        }
        return table
    }

    /// The newest twenty-four months, each with a bar.
    private func chart(
        _ name: String, _ months: [(month: String, count: Int)], _ console: Console, _ lines: inout [String]
    ) {
        guard !months.isEmpty else { return }
        let newest = months.suffix(24)
        let greatest = newest.map(\.count).max() ?? 1
        let digits = newest.map(\.count.grouped.terminalWidth).max() ?? 1
        // One mark for each, or less; a bar that grows with the terminal would say nothing more.
        let room = max(5, min(40, console.width - digits - 13, max(greatest, 10)))
        let bar = Bar(greatest: max(greatest, room), room: room, isUnicode: console.isUnicode)
        lines += ["", console.styled(name, .bold)]
        for (month, count) in newest {
            let number = count.grouped
            let padding = String(repeating: " ", count: digits - number.terminalWidth)
            let drawn = bar.text(count)
            lines.append("\(month)  \(padding)\(number)" + (drawn.isEmpty ? "" : "  " + console.styled(drawn, .accent)))
        }
    }

    // MARK: JSON and CSV

    /// The fields of the API's `stats.json`, and those that only an editor may know.
    var json: String {
        let totals = statistics.totals
        var json = JSONWriter()
        json.object {
            $0.field("total_users", totals.users)
            $0.field("total_posts", totals.posts)
            $0.field("total_pages", totals.pages)
            $0.field("total_comments", totals.comments)
            $0.field("total_tags", totals.tags)
            $0.field("total_views", totals.views)
            $0.field("average_views", totals.averageViews)
            $0.field("average_comments", totals.averageComments)
            $0.field("pending_comments", totals.pendingComments)
            $0.field("orphan_comments", totals.orphanComments)
            $0.field("top_authors", statistics.topAuthors) { author(&$0, $1) }
            $0.field("top_authors_by_views", statistics.topAuthorsByViews) { author(&$0, $1) }
            $0.field("top_posts", statistics.topPosts) { json, line in json.object { post(&$0, line) } }
            $0.field("rising_posts", statistics.risingPosts) { json, line in
                json.object {
                    post(&$0, line.post)
                    $0.field("views_before", line.before)
                }
            }
            $0.field("most_discussed", statistics.discussedPosts) { json, line in json.object { post(&$0, line) } }
            $0.field("tags", statistics.tags) { json, tag in
                json.object {
                    $0.field("name", tag.name)
                    $0.field("slug", tag.slug)
                    $0.field("post_count", tag.posts)
                    $0.field("related", tag.related) { json, related in
                        json.object {
                            $0.field("slug", related.slug)
                            $0.field("weight", related.weight)
                        }
                    }
                }
            }
            $0.field("posts_per_month", statistics.months) { month(&$0, $1.month, $1.posts) }
            $0.field("views_per_month", statistics.viewMonths) { month(&$0, $1.month, $1.views) }
        }
        json.finish()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func author(_ json: inout JSONWriter, _ author: Statistics.AuthorLine) {
        json.object {
            $0.field("id", author.id)
            $0.field("username", author.username)
            $0.field("full_name", author.fullName)
            $0.field("post_count", author.posts)
            $0.field("view_count", author.views)
        }
    }

    private func post(_ json: inout JSONWriter, _ post: Statistics.PostLine) {
        json.field("id", post.id)
        json.field("title", post.title)
        json.field("slug", post.slug)
        json.field("author", post.author)
        json.field("view_count", post.views)
        json.field("comment_count", post.comments)
    }

    private func month(_ json: inout JSONWriter, _ name: String, _ count: Int) {
        json.object {
            $0.field("month", name)
            $0.field("count", count)
        }
    }

    /// One table of all figures: section, key, name, value, second value. Quoted as in RFC 4180, with LF.
    var csv: String {
        let totals = statistics.totals
        var rows: [[String]] = [
            ["section", "key", "name", "count", "views"],
            ["total", "posts", "", "\(totals.posts)", "\(totals.views)"],
            ["total", "pages", "", "\(totals.pages)", ""],
            ["total", "users", "", "\(totals.users)", ""], ["total", "tags", "", "\(totals.tags)", ""],
            ["total", "comments", "", "\(totals.comments)", ""],
            ["total", "average_views", "", "\(totals.averageViews)", ""],
            ["total", "average_comments", "", "\(totals.averageComments)", ""],
            ["total", "pending_comments", "", "\(totals.pendingComments)", ""],
            ["total", "orphan_comments", "", "\(totals.orphanComments)", ""],
        ]
        rows += statistics.topPosts.map { ["post", $0.slug, $0.title, "\($0.comments)", "\($0.views)"] }
        rows += statistics.topAuthors.map { ["author", $0.username, $0.fullName ?? "", "\($0.posts)", "\($0.views)"] }
        for tag in statistics.tags {
            rows.append(["tag", tag.slug, tag.name, "\(tag.posts)", ""])
            rows += tag.related.map { ["related", tag.slug, $0.slug, "\($0.weight)", ""] }
        }
        rows += statistics.months.map { ["month", $0.month, "", "\($0.posts)", ""] }
        rows += statistics.risingPosts.map { ["rising", $0.post.slug, $0.post.title, "\($0.before)", "\($0.recent)"] }
        rows += statistics.discussedPosts.map { ["discussed", $0.slug, $0.title, "\($0.comments)", "\($0.views)"] }
        rows += statistics.topAuthorsByViews.map {
            ["author_by_views", $0.username, $0.fullName ?? "", "\($0.posts)", "\($0.views)"]
        }
        rows += statistics.viewMonths.map { ["views", $0.month, "", "", "\($0.views)"] }
        return Self.csv(rows)
    }

    private static func csv(_ rows: [[String]]) -> String {
        rows.map { $0.map(\.csvField).joined(separator: ",") + "\n" }.joined()
    }
}

extension Int {
    /// `1 post`, `2 posts`.
    fileprivate func counting(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

    /// With a thin gap between groups of three digits, from five digits on: `12 345`.
    var grouped: String {
        let digits = String(abs(self))
        guard digits.count > 4 else { return String(self) }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "\u{2009}" }
            result.append(digit)
        }
        return (self < 0 ? "-" : "") + result
    }
}

extension Double {
    fileprivate var oneDecimal: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

extension String {
    fileprivate var csvField: String {
        guard contains(where: { ",\"\n\r".contains($0) }) else { return self }
        return "\"" + replacing("\"", with: "\"\"") + "\""
    }
}
