import Foundation
import Templates

/// The same page by every engine of this program, each with its templates loaded before.
final class Pages {
    let sample = Sample()
    private let templates: TemplateSet
    private let mustache: MustachePage
    private let stencil: StencilPage
    private let prebuilt: [(String, Value)]
    /// Reused from page to page, as in a build of the blog.
    private(set) var output: [UInt8] = []

    /// - Parameter theme: the folder with `jinja/`, which Stencil reads too, and `mustache/`.
    init(theme: String) throws {
        let folder = URL(filePath: theme)
        let shared = try Self.sources(folder.appending(path: "jinja"))
        templates = try TemplateSet(
            shared.sorted { $0.key < $1.key }
                .map { TemplateFile(name: $0.key, path: $0.key, source: $0.value) })
        let plain = PlainData.context(sample)
        mustache = try MustachePage(try Self.sources(folder.appending(path: "mustache")), plain)
        stencil = StencilPage(shared, plain)
        prebuilt = Context.prebuilt(sample)
    }

    /// By file name.
    private static func sources(_ folder: URL) throws -> [String: String] {
        var sources: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            sources[file.lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
        }
        return sources
    }

    func writeByHand() {
        output.removeAll(keepingCapacity: true)
        HandWritten(sample: sample).write(into: &output)
    }

    func renderPrebuilt() throws {
        output.removeAll(keepingCapacity: true)
        try templates.render("post.html", prebuilt, page: "/", into: &output)
    }

    func renderBuilding() throws {
        output.removeAll(keepingCapacity: true)
        try templates.render("post.html", Context.building(sample), page: "/", into: &output)
    }

    /// A template that is nothing but literals and lookups, so many of each: shows what one of them allocates.
    func repeated(_ count: Int) throws -> () throws -> Void {
        let source = String(
            repeating: "literal {{ post.title }} and {{ page.canonical }} {% if post.author %}x{% endif %}\n",
            count: count)
        let templates = try TemplateSet([TemplateFile(name: "page.html", path: "page.html", source: source)])
        return { [self] in
            output.removeAll(keepingCapacity: true)
            try templates.render("page.html", prebuilt, page: "/", into: &output)
        }
    }

    func renderMustache() -> String { mustache.render() }

    func renderStencil() throws -> String { try stencil.render() }

    struct Difference: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes sure that all engines do the same work. Stencil does not escape, so its page is compared with that undone.
    func compare() throws {
        writeByHand()
        let expected = String(decoding: output, as: UTF8.self)
        try renderPrebuilt()
        try check("the prebuilt page", String(decoding: output, as: UTF8.self), expected)
        try renderBuilding()
        try check("the page with values built", String(decoding: output, as: UTF8.self), expected)
        try check("swift-mustache's page", renderMustache(), expected)
        try check("Stencil's page", try renderStencil(), Self.unescaped(expected))
    }

    private func check(_ what: String, _ actual: String, _ expected: String) throws {
        let actual = Self.words(actual)
        let expected = Self.words(expected)
        if let index = actual.indices.first(where: { $0 >= expected.count || actual[$0] != expected[$0] }) {
            throw Difference(
                description:
                    "\(what) differs: \(actual[index]) in place of \(index < expected.count ? expected[index] : "")")
        }
        if actual.count < expected.count { throw Difference(description: "\(what) ends early") }
    }

    /// Engines differ in the blank lines that tags leave behind.
    private static func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
