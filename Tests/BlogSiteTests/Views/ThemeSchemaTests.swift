import BlogConfiguration
import Foundation
import Templates
import Testing

@testable import BlogSite

/// The schema says what view models hold; these tests hold it against what they give.
@Suite struct ThemeSchemaTests {
    /// Every template of a theme that reads every field of every variable, to any depth that has new types.
    private static func everything(_ page: TemplateSchema.Page) -> String {
        (ThemeSchema.schema.shared.fields + page.variables.fields).map { reads($0.name, $0.type, []) }.joined()
    }

    private static func reads(_ path: String, _ type: FieldType, _ seen: [String]) -> String {
        switch type {
        case .text, .url, .markup: expecting(path, "is string")
        case .integer, .number:
            expecting(path, "is number") + expecting(path, "not in [true, false] or \(path) in [0, 1]")
        case .flag: expecting(path, "in [true, false]")
        case .date: "{{ \(path) | date(\"iso\") }}\n"
        case .dictionary: expecting(path, "is mapping")
        case .optional(let wrapped): "{% if \(path) %}\(reads(path, wrapped, seen)){% endif %}"
        case .list(let element):
            "{% for x\(seen.count) in \(path) %}\(reads("x\(seen.count)", element, seen)){% endfor %}"
        case .object(let shape):
            // A post's related posts have related posts; one round is enough to see every type.
            seen.contains("\(ObjectIdentifier(shape()))") || seen.count > 3
                ? ""
                : shape().fields.map { reads("\(path).\($0.name)", $0.type, seen + ["\(ObjectIdentifier(shape()))"]) }
                    .joined()
        }
    }

    private static func expecting(_ path: String, _ condition: String) -> String {
        "{% if not (\(path) \(condition)) %}WRONG TYPE: \(path){% endif %}{{ \(path) }}\n"
    }

    private static var theme: [String: String] {
        Dictionary(uniqueKeysWithValues: ThemeSchema.schema.pages.map { ($0.name, everything($0)) })
    }

    @Test func `a theme that reads every field is right by the check and can be built`() async throws {
        let site = try await TestSite(templates: Self.theme)
        try await site.addSample()
        try await site.addComment(1, on: 2, by: "Guest", "A *comment*.", url: "https://guest.example/")
        try await site.addComment(2, on: 2, by: "Other", "A reply.", parent: 1)
        let report = try ThemeTools.check(Site(root: site.folder.path, configuration: site.configuration))
        #expect(report.findings.map(\.description) == [])
        let built = try await site.build()
        #expect(built.problems == [])
        #expect(try site.page("posts/second/index.html").contains("comment-1"))
        for (path, content) in try site.contents() { #expect(!content.contains("WRONG TYPE"), "\(path)") }
    }

    @Test func `the program's own theme has nothing wrong`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let report = try ThemeTools.check(Site(root: root, configuration: SiteConfiguration()))
        #expect(report.findings.map(\.description) == [])
        #expect(report.templates > 10)
    }

    @Test func `the additions that are documented are those of the program`() {
        #expect(
            TemplateReference.additions.map(\.name).sorted()
                == (TemplateLanguage.ownFilters + TemplateLanguage.ownFunctions).sorted())
    }
}
