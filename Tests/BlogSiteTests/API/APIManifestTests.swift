import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct APIManifestTests {
    private func sample() async throws -> TestSite {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        try await site.addSample()
        return site
    }

    private func expectTrue(_ site: TestSite, at time: String) throws {
        let manifest = try JSONValue(site.page("api/v1/manifest.json"))
        #expect(manifest["generated_at"] == .text(time))
        let listed = (manifest["files"]?.list ?? []).map { "\($0["path"]?.text ?? "")" }
        let files = try site.files().filter { $0.hasPrefix("api/v1/") && $0 != "api/v1/manifest.json" }
        #expect(listed.count > 10)
        #expect(listed == files.map { String($0.dropFirst("api/v1/".count)) }.sorted())
        for (file, entry) in zip(files.sorted(), manifest["files"]?.list ?? []) {
            let bytes = Array(try site.page(file).utf8)
            #expect(entry["bytes"] == .number(Double(bytes.count)), "\(file)")
            #expect(entry["sha256"]?.text == APIManifest.File(path: file, bytes).sha256, "\(file)")
        }
    }

    @Test func `a hash is that of the standard`() {
        #expect(
            APIManifest.File(path: "a", Array("abc".utf8))
                == .init(
                    path: "a", bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    }

    @Test func `the manifest has size and hash of every other file of the API`() async throws {
        let site = try await sample()
        try await site.build()
        try expectTrue(site, at: "2026-01-01T12:00:00Z")
    }

    @Test func `after an edit it is true and has the time of that build`() async throws {
        let site = try await sample()
        try await site.build()
        _ = try await Post.filter { $0.id == 1 }.update(.set(\.title, "Changed"), on: site.database)
        try await site.build { $0.now = TestSite.date("2026-01-01T13:00:00Z") }
        try expectTrue(site, at: "2026-01-01T13:00:00Z")
    }

    @Test func `a build that changes no file of the API leaves it as it is`() async throws {
        let site = try await sample()
        try await site.build()
        let before = try site.folder.identity("output/api/v1/manifest.json")
        try site.folder.write("templates/tags.html", "changed")
        try await site.build { $0.now = TestSite.date("2026-01-01T13:00:00Z") }
        #expect(try site.folder.identity("output/api/v1/manifest.json") == before)
        // Nor does one that compares every file, or one whose record of the last build is lost.
        try await site.build {
            $0.now = TestSite.date("2026-01-01T14:00:00Z")
            $0.force = true
        }
        try site.folder.delete(".blog")
        try await site.build { $0.now = TestSite.date("2026-01-01T15:00:00Z") }
        #expect(try site.folder.identity("output/api/v1/manifest.json") == before)
    }

    @Test func `a manifest that cannot be read is made anew`() async throws {
        let site = try await sample()
        try await site.build()
        try site.folder.write("output/api/v1/manifest.json", "{")
        try site.folder.write("templates/tags.html", "changed")
        try await site.build { $0.now = TestSite.date("2026-01-01T13:00:00Z") }
        try expectTrue(site, at: "2026-01-01T13:00:00Z")
    }
}
