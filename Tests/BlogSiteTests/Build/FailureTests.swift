import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Templates
import Testing

@testable import BlogSite

@Suite struct FailureTests {
    private func published() async throws -> (site: TestSite, contents: [String: String]) {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        return (site, try site.contents())
    }

    @Test func `a template that does not load is named with its place and nothing is published`() async throws {
        let (site, before) = try await published()
        try site.folder.write("templates/tag.html", "one\n{{ tag.name | uper }}\n")
        let error = await #expect(throws: TemplateErrors.self) { try await site.build() }
        #expect(
            error?.errors.map(\.summary) == [
                "templates/tag.html:2:15: unknown filter \"uper\" (did you mean \"upper\"?)"
            ])
        #expect(try site.contents() == before)
    }

    @Test func `a template that fails on the home page ends the build and nothing is published`() async throws {
        let (site, before) = try await published()
        try site.folder.write("templates/home.html", "{{ page.kind }}\n{{ posst }}\n")
        try await site.addPost(8, "Eighth", at: "2025-12-01T00:00:00Z")
        let error = await #expect(throws: TemplateError.self) { try await site.build() }
        #expect(error?.file == "templates/home.html")
        #expect(error?.line == 2)
        #expect(error?.column == 4)
        #expect(error?.page == "/")
        #expect(try site.contents() == before)
        #expect(!site.exists(".blog-staging"))
    }

    @Test func `a template that fails on every post ends the build and nothing is published`() async throws {
        let (site, before) = try await published()
        try site.folder.write("templates/post.html", "{{ post.titel }}")
        let error = await #expect(throws: TemplateError.self) { try await site.build() }
        #expect(error?.page == "/posts/first/")
        #expect(try site.contents() == before)
    }

    @Test func `a post that cannot be rendered keeps its page and the others are built`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try site.folder.write(
            "templates/post.html", "{{ post.title }} {{ [][1] if post.view_count == 5 else \"fine\" }}")
        _ = try await Post.filter { $0.id == 2 }.update(.set(\.viewCount, 4), on: site.database)
        try await site.build()
        #expect(try site.page("posts/second/index.html") == "Second fine")
        _ = try await Post.filter { $0.id == 2 }.update(
            .set(\.viewCount, 5), .set(\.title, "Broken"), on: site.database)
        _ = try await Post.filter { $0.id == 1 }.update(.set(\.title, "Changed"), on: site.database)
        for _ in 0..<2 {
            let report = try await site.build()
            #expect(report.hasErrors)
            #expect(report.problems.map(\.page) == ["/posts/second/"])
            #expect(
                report.problems.first?.message.hasPrefix("the page stays as it was: templates/post.html:1:") == true)
            #expect(report.problems.first?.message.hasSuffix("while rendering /posts/second/") == true)
            #expect(try site.page("posts/second/index.html") == "Second fine")
            #expect(try site.page("posts/first/index.html") == "Changed fine")
        }
        _ = try await Post.filter { $0.id == 2 }.update(.set(\.viewCount, 6), on: site.database)
        #expect(try await site.build().problems == [])
        #expect(try site.page("posts/second/index.html") == "Broken fine")
    }

    @Test func `two posts with one address are told and the older row keeps it`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", path: "/same/")
        try await site.addPost(2, "Second", at: "2025-02-10T00:00:00Z", path: "/same/")
        try await site.addPost(3, "Third", at: "2025-03-10T00:00:00Z", path: "/../../etc/")
        let report = try await site.build()
        #expect(
            report.problems.map(\.description) == [
                "/../../etc/: the post 3 (Third) cannot be published: not a path inside the output folder: it has a part \"..\"",
                "/same/: the post 2 (Second) is left out: the post 1 (First) has this address already",
            ])
        #expect(try site.page("same/index.html").hasPrefix("First;"))
    }

    @Test func `an output folder that cannot be written is named with the reason`() async throws {
        let site = try await TestSite()
        try site.folder.write("output", "a file")
        let error = await #expect(throws: SiteError.self) { try await site.build() }
        #expect(error?.code == .cannotCreate)
        #expect(error?.description == "\(site.folder.full("output")): cannot open the folder: Not a directory")
    }

    @Test(arguments: ["", "/..", "/content", "/templates/x", "/static", "/.blog"])
    func `an output folder among the sources is refused`(suffix: String) async throws {
        let site = try await TestSite()
        let builder = SiteBuilder(
            database: site.database, site: .init(root: site.folder.path, configuration: site.configuration),
            output: site.folder.path + suffix, options: site.options())
        let error = await #expect(throws: SiteError.self) { try await builder.build() }
        #expect(error?.code == .unsafePath)
    }

    @Test func `a theme without the templates that a site needs is refused by name`() async throws {
        let site = try await TestSite(templates: ["home.html": "x"])
        let error = await #expect(throws: SiteError.self) { try await site.build() }
        #expect(
            error
                == SiteError(
                    .template, path: "templates/post.html", "the theme has no such template, and a site needs one"))
    }

    @Test func `a template that is not UTF-8 is refused by name`() async throws {
        let site = try await TestSite()
        try Data([0x61, 0xFF]).write(to: URL(filePath: site.folder.full("templates/home.html")))
        let error = await #expect(throws: SiteError.self) { try await site.build() }
        #expect(error == SiteError(.template, path: "templates/home.html", "the file is not UTF-8"))
    }
}
