import BlogConfiguration
import BlogModels
import Foundation
import ORM
import struct ORMTesting.SeededGenerator
import Testing

@testable import BlogSite

/// Edits of every kind in random order: after each, what an incremental build leaves is what a build from scratch gives.
@Suite struct RandomEditTests {
    private struct Run {
        var site: TestSite
        var random: SeededGenerator
        var now = TestSite.now
        var step = 0

        mutating func pick(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

        func sql(_ statement: String) async throws { try await site.database.run(script: statement) }

        mutating func anyPost() async throws -> Int {
            let ids = try await Post.all(on: site.database).map(\.id).sorted()
            return ids.randomElement(using: &random) ?? 1
        }
    }

    @Test(arguments: 1...4)
    func `any edits one after another give what a build from scratch gives`(seed: Int) async throws {
        var run = Run(site: try await TestSite(templates: TestSite.allTemplates), random: SeededGenerator(UInt64(seed)))
        run.site.configuration.api.enabled = true
        run.site.configuration.api.perPage = 2
        run.site.configuration.feed.items = 3
        try run.site.folder.write("templates/assets/style.css", "a {}")
        try run.site.folder.write("templates/wide.html", "{{ asset(\"style.css\") }} {{ post.title }}\n")
        try await run.site.addSample()
        try await run.site.addComment(1, on: 2, by: "Guest", "Hi")
        try await run.site.build()
        for step in 0..<60 {
            run.step = step
            let name = try await edit(&run)
            // Several edits may come between two builds.
            if run.pick(0..<4) == 0 { continue }
            let now = run.now
            let report = try await run.site.build { $0.now = now }
            let incremental = try run.site.undatedContents()
            let scratch = try await run.site.builtFromScratch { $0.now = now }
            #expect(Set(incremental.keys) == Set(scratch.keys), "step \(step): \(name)")
            for (path, text) in scratch where incremental[path] != text {
                Issue.record("step \(step), \(name): \(path) differs")
            }
            #expect(try report.pages.total == run.site.files().count)
            #expect(try await run.site.build { $0.now = now }.pages.rendered == 0, "step \(step): \(name)")
        }
    }

    /// One edit by chance; gives its name.
    private func edit(_ run: inout Run) async throws -> String {
        let kinds = [text, people, comments, views, theme, settings, clock]
        // Most edits are of texts.
        let kind = run.pick(0..<12)
        return try await kinds[kind < kinds.count ? kind : 0](&run)
    }

    private func text(_ run: inout Run) async throws -> String {
        let (post, step) = (try await run.anyPost(), run.step)
        let date = TestSite.now.addingTimeInterval(Double(run.pick(-400..<10)) * 86_400)
        let id = 200 + step
        switch run.pick(0..<14) {
        case 0:
            try await run.sql("UPDATE posts SET content = 'Edit \(step)' WHERE id = \(post)")
            return "text"
        case 1:
            try await run.sql("UPDATE posts SET content = content || char(10, 10) || 'More \(step)' WHERE id = \(post)")
            return "text below the summary"
        case 2:
            _ = try await Post.filter { $0.id == post }.update(.set(\.title, "Title \(step)"), on: run.site.database)
            return "title"
        case 3:
            try await run.sql("UPDATE posts SET slug = 'slug-\(step)' WHERE id = \(post)")
            return "slug"
        case 4:
            let old = try await Post.get(post, on: run.site.database).slug
            try await run.sql("UPDATE posts SET slug = 'moved-\(step)' WHERE id = \(post)")
            try await Alias.insert(
                [Alias.New(id: 1000 + step, path: "/posts/\(old)/", post: .id(post))], on: run.site.database)
            return "rename"
        case 5:
            try await run.sql("UPDATE posts SET published = 1 - published WHERE id = \(post)")
            return "published"
        case 6:
            _ = try await Post.filter { $0.id == post }.update(.set(\.publishedAt, date), on: run.site.database)
            return "date"
        case 7:
            _ = try await Post.filter { $0.id == post }.update(.set(\.expiresAt, date + 400_000), on: run.site.database)
            return "expiry"
        case 8:
            try await run.site.addPost(
                id, "New\(step)", at: run.pick(0..<5) == 0 ? nil : "2025-0\(step % 9 + 1)-01T00:00:00Z", tags: [1, 2])
            return "new post"
        case 9 where try await Post.count(on: run.site.database) > 4:
            try await run.sql("DELETE FROM posts WHERE id = \(post)")
            return "deletion"
        case 10:
            try await run.sql(
                "UPDATE posts SET excerpt = 'Excerpt \(step)', updated_at = created_at WHERE id = \(post)")
            return "excerpt"
        case 11:
            try await run.sql("UPDATE posts SET layout = CASE WHEN layout IS NULL THEN 'wide' END WHERE id = \(post)")
            return "layout"
        case 12:
            try await run.sql(
                "INSERT OR REPLACE INTO pages (id, path, title, content, format, published, created_at, updated_at, weight, revision)"
                    + " VALUES (1, '/about/', 'About \(step)', 'Text', 'markdown', 1, '2025-01-01T00:00:00.000000Z',"
                    + " '2025-01-01T00:00:00.000000Z', 0, 0)")
            return "page"
        default:
            try await run.sql("UPDATE posts SET image = 'i\(step).png', language = 'de' WHERE id = \(post)")
            return "image"
        }
    }

    private func people(_ run: inout Run) async throws -> String {
        let post = try await run.anyPost()
        switch run.pick(0..<9) {
        case 0: try await run.sql("UPDATE users SET full_name = 'Ann \(run.step)' WHERE id = 1")
        case 1: try await run.sql("UPDATE users SET bio = 'Bio \(run.step)' WHERE id = 2")
        case 2: try await run.sql("UPDATE users SET is_active = 1 - is_active WHERE id = 2")
        case 3: try await run.sql("UPDATE users SET username = 'bob\(run.step)' WHERE id = 2")
        case 4: try await run.sql("UPDATE tags SET name = 'Tag \(run.step)' WHERE id = 1")
        case 5: try await run.sql("UPDATE tags SET slug = 'tag-\(run.step)' WHERE id = 2")
        case 6: try await run.sql("DELETE FROM post_tags WHERE post_id = \(post)")
        case 7:
            try await run.sql("INSERT OR IGNORE INTO post_tags (post_id, tag_id, position) VALUES (\(post), 2, 5)")
        default:
            try await run.sql(
                "INSERT OR IGNORE INTO post_authors (post_id, author_id, position) VALUES (\(post), 2, 1)")
        }
        return "people and tags"
    }

    private func comments(_ run: inout Run) async throws -> String {
        let post = try await run.anyPost()
        switch run.pick(0..<7) {
        case 0: try await run.site.addComment(100 + run.step, on: post, by: "Guest", "Comment \(run.step)")
        case 1: try await run.site.addComment(100 + run.step, on: post, by: "bob", "Mine", author: 2)
        case 2: try await run.sql("UPDATE comments SET content = 'Changed \(run.step)' WHERE post_id = \(post)")
        case 3: try await run.sql("DELETE FROM comments WHERE id = (SELECT max(id) FROM comments)")
        case 4: try await run.sql("DELETE FROM comments WHERE id = (SELECT min(id) FROM comments)")
        case 5:
            try await run.sql(
                "UPDATE comments SET status = CASE status WHEN 'approved' THEN 'spam' ELSE 'approved' END"
                    + " WHERE id = (SELECT max(id) FROM comments)")
        default: try await run.sql("UPDATE comments SET post_id = \(post) WHERE id = (SELECT max(id) FROM comments)")
        }
        return "comment"
    }

    private func views(_ run: inout Run) async throws -> String {
        let post = try await run.anyPost()
        let hour = TestSite.now.addingTimeInterval(Double(run.pick(-40..<2)) * 3600)
        try await run.sql("DELETE FROM hourly_views WHERE post_id = \(post)")
        try await run.site.addViews(3, of: post, at: hour)
        try await run.sql("UPDATE posts SET view_count = view_count + 3 WHERE id = \(post)")
        return "views"
    }

    private func theme(_ run: inout Run) async throws -> String {
        let (folder, step) = (run.site.folder, run.step)
        switch run.pick(0..<5) {
        case 0:
            try folder.write(
                "templates/tag.html", "{{ tag.name }} \(step) {% for p in tag.posts %}{{ p.id }} {% endfor %}")
        case 1:
            try folder.write("templates/_line.html", "{{ p.title }} \(step) {{ p.excerpt }} {{ p.comment_count }}\n")
        case 2: try folder.write("templates/assets/style.css", "a { width: \(step)px }")
        case 3: try folder.write("static/file.txt", "\(step)")
        default:
            // A page that was there by its template is gone without it.
            if folder.exists("templates/404.html") {
                try folder.delete("templates/404.html")
            } else {
                try folder.write("templates/404.html", "{{ page.kind }}")
            }
        }
        return "theme"
    }

    private func settings(_ run: inout Run) async throws -> String {
        switch run.pick(0..<7) {
        case 0: run.site.configuration.title = "Title \(run.step)"
        case 1: run.site.configuration.postsPerPage = run.pick(1..<4)
        case 2: run.site.configuration.views.publish = run.site.configuration.views.publish == .daily ? .live : .daily
        case 3:
            run.site.configuration.output.precompress = run.site.configuration.output.precompress.isEmpty ? [.gzip] : []
        case 4: run.site.configuration.output.minifyHTML.toggle()
        case 5: run.site.configuration.feed.full.toggle()
        default: run.site.configuration.comments.enabled.toggle()
        }
        return "settings"
    }

    /// Forwards past due dates and midnights, and sometimes back, as with `--now`.
    private func clock(_ run: inout Run) async throws -> String {
        run.now += Double(run.pick(-30..<60)) * 3600
        return "clock"
    }
}
