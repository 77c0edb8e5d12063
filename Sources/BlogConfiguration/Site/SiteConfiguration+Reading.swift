import Foundation

extension SiteConfiguration {
    /// Reads blog.yml. Throws a ``DiagnosticList`` of everything that is wrong with it, in the order of the file.
    package init(contentsOf file: String, named path: String = "blog.yml") throws {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw DiagnosticList([Diagnostic(path: path, message: "cannot be read: \(error.localizedDescription)")])
        }
        do {
            try self.init(SourceText(path: path, bytes: bytes))
        } catch let diagnostic as Diagnostic {
            throw DiagnosticList([diagnostic])
        }
    }

    /// Reads the text of blog.yml.
    package init(_ source: SourceText) throws {
        self.init()
        let root: DataNode?
        do {
            root = try YAMLReader.read(source.text, of: source)
        } catch {
            throw DiagnosticList([error])
        }
        var reader = SectionReader(root, source: source)
        read(from: &reader)
        let problems = reader.finish()
        guard problems.isEmpty else {
            throw DiagnosticList(problems.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
        }
    }

    private mutating func read(from reader: inout SectionReader) {
        reader.text("title", into: &title)
        reader.read("url", into: &url, expecting: "an absolute http or https URL without query", Self.baseURL)
        reader.text("description", into: &description)
        reader.read("language", into: &language, expecting: "a language tag such as en or pt-BR", Self.languageTag)
        reader.read(
            "timezone", into: &timeZone, expecting: "a zone's name such as Europe/Berlin", Self.timeZone)
        reader.read("database", into: &database, expecting: "a URL such as sqlite://blog.sqlite3") { node in
            node.text.flatMap { $0.contains("://") ? $0 : nil }
        }
        reader.read("replicas", into: &replicas, expecting: "a list of URLs such as postgres://replica.example/blog") {
            Self.databaseURLs($0)
        }
        readPermalink(from: &reader)
        reader.int("posts_per_page", into: &postsPerPage, in: 1...1000)
        readMarkdown(from: &reader)
        reader.section("feed") { section in
            section.int("items", into: &feed.items, in: 1...1000)
            section.bool("full", into: &feed.full)
        }
        reader.section("api") { section in
            section.bool("enabled", into: &api.enabled)
            section.int("per_page", into: &api.perPage, in: 1...1000)
            section.bool("include_email", into: &api.includeEmail)
        }
        readComments(from: &reader)
        reader.section("views") { $0.choice("publish", into: &views.publish) }
        reader.section("output") { section in
            section.bool("minify_html", into: &output.minifyHTML)
            section.read("precompress", into: &output.precompress, expecting: "gzip, brotli or a list of them") {
                node in
                Self.encodings(node)
            }
        }
        reader.choice("categories", into: &categories)
        readNavigation(from: &reader)
        readSources(from: &reader)
    }

    private mutating func readPermalink(from reader: inout SectionReader) {
        guard let node = reader.take("permalink"), !node.isNull else { return }
        guard let pattern = node.text else {
            return reader.refuse(node, "permalink", "is \(node.summary), expected a pattern such as /posts/:slug/")
        }
        do {
            permalink = try Permalink(pattern)
        } catch {
            reader.refuse(node, "permalink", "is \"\(pattern)\": \(error.message)", suggestion: error.suggestion)
        }
    }

    private mutating func readMarkdown(from reader: inout SectionReader) {
        reader.section("markdown") { section in
            section.bool("tables", into: &markdown.tables)
            section.bool("footnotes", into: &markdown.footnotes)
            section.bool("strikethrough", into: &markdown.strikethrough)
            section.bool("task_lists", into: &markdown.taskLists)
            section.bool("autolinks", into: &markdown.autolinks)
            section.bool("tag_filter", into: &markdown.tagFilter)
            section.bool("heading_ids", into: &markdown.headingIDs)
            section.bool("contents_list", into: &markdown.contentsList)
            section.bool("alerts", into: &markdown.alerts)
            section.bool("highlight", into: &markdown.highlight)
            section.bool("figures", into: &markdown.figures)
            section.bool("image_sizes", into: &markdown.imageSizes)
            section.bool("lazy_images", into: &markdown.lazyImages)
            section.bool("external_links", into: &markdown.externalLinks)
            section.bool("join_cjk_lines", into: &markdown.joinCJKLines)
            section.bool("smart", into: &markdown.smart)
        }
    }

    private mutating func readComments(from reader: inout SectionReader) {
        reader.section("comments") { section in
            section.bool("enabled", into: &comments.enabled)
            section.choice("moderation", into: &comments.moderation)
            section.int("max_depth", into: &comments.maxDepth, in: 1...100)
            section.read("form_action", into: &comments.formAction, expecting: "an http(s) URL or a path") { node in
                node.text.flatMap { Self.isLink($0) ? .some($0) : nil }
            }
            section.read("mailto", into: &comments.mailto, expecting: "an e-mail address") { node in
                node.text.flatMap { Self.isAddress($0) ? .some($0) : nil }
            }
        }
    }

    /// One name, or a list of names; each counts once, in the order of the type.
    private static func encodings(_ node: DataNode) -> [OutputSettings.Encoding]? {
        let names = (node.list ?? [node]).map { $0.text.flatMap(OutputSettings.Encoding.init(rawValue:)) }
        guard !names.contains(nil) else { return nil }
        return OutputSettings.Encoding.allCases.filter { names.contains($0) }
    }

    private static func databaseURLs(_ node: DataNode) -> [String]? {
        let urls = node.list?.map { $0.text.flatMap { $0.contains("://") ? $0 : nil } }
        return urls.flatMap { $0.contains(nil) ? nil : $0.compactMap(\.self) }
    }

    private mutating func readNavigation(from reader: inout SectionReader) {
        var items: [NavigationItem] = []
        let isPresent = reader.sections("navigation") { section in
            var item = NavigationItem(title: "", url: "")
            section.requireKey("title")
            section.text("title", into: &item.title)
            section.requireKey("url")
            section.read("url", into: &item.url, expecting: "a path such as /about/ or an http(s) URL") { node in
                node.text.flatMap { Self.isLink($0) ? $0 : nil }
            }
            items.append(item)
        }
        if isPresent { navigation = items }
    }

    private mutating func readSources(from reader: inout SectionReader) {
        var items: [SourceSettings] = []
        let isPresent = reader.sections("sources") { section in
            var item = SourceSettings(kind: .markdown, path: "")
            section.requireKey("kind")
            section.choice("kind", into: &item.kind)
            section.requireKey("path")
            section.read("path", into: &item.path, expecting: "a path") { node in
                node.text.flatMap { $0.isEmpty ? nil : Self.withoutTrailingSlashes($0) }
            }
            items.append(item)
        }
        if isPresent { sources = items }
    }
}
