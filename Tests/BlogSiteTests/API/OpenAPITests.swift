import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct OpenAPITests {
    /// A site with everything that a document may have or lack.
    private func built(includeEmail: Bool = false) async throws -> TestSite {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        site.configuration.api.perPage = 2
        site.configuration.api.includeEmail = includeEmail
        try await site.addSample()
        try await site.addUser(3, "carl", isActive: false)
        try await site.addPost(8, "Eighth", at: "2025-04-01T00:00:00Z", views: 2, tags: [2])
        try await site.addComment(1, on: 2, by: "Guest", "Hi", url: "https://guest.example/")
        try await site.addComment(2, on: 2, by: "x", "Answer", parent: 1, author: 1)
        try await site.build()
        return site
    }

    /// The path of a document in the description: the literal one, else one that has a name in braces where it differs.
    private static func route(of path: String, in paths: [String: JSONValue]) -> String? {
        if paths[path] != nil { return path }
        let parts = path.split(separator: "/")
        return paths.keys.sorted().first { route in
            let pattern = route.split(separator: "/")
            return pattern.count == parts.count
                && zip(pattern, parts).allSatisfy {
                    $0 == $1 || $0.hasPrefix("{") && ($0.hasSuffix("}") || $1.hasSuffix(".json"))
                }
        }
    }

    @Test(arguments: [false, true])
    func `every document is as openapi.json describes it`(includeEmail: Bool) async throws {
        let site = try await built(includeEmail: includeEmail)
        let description = try JSONValue(site.page("api/v1/openapi.json"))
        let paths = try #require(description["paths"]?.fields)
        let validator = SchemaValidator(root: description)
        var met: Set<String> = []
        for file in try site.files() where file.hasPrefix("api/v1/") {
            let route = try #require(Self.route(of: String(file.dropFirst("api/v1".count)), in: paths), "\(file)")
            met.insert(route)
            let schema = try #require(
                paths[route]?["get"]?["responses"]?["200"]?["content"]?["application/json"]?["schema"])
            let text = try site.page(file)
            #expect(validator.problems(try JSONValue(text), schema) == [], "\(file)")
            #expect(text.hasSuffix("}\n") && text.dropLast().allSatisfy { $0 != "\n" }, "\(file)")
        }
        #expect(met == Set(paths.keys))
        #expect(try site.page("api/v1/users/1.json").contains("ann@private.example") == includeEmail)
    }

    @Test func `the validator finds what is wrong`() throws {
        let root = try JSONValue(
            ##"{"components":{"schemas":{"A":{"type":"object","required":["n"],"properties":{"n":{"type":"integer"},"u":{"type":["string","null"],"format":"uri"},"l":{"type":"array","items":{"$ref":"#/components/schemas/A"}},"o":{"anyOf":[{"$ref":"#/components/schemas/A"},{"type":"null"}]}},"additionalProperties":false}}}}"##
        )
        let validator = SchemaValidator(root: root)
        let schema = try JSONValue(##"{"$ref":"#/components/schemas/A"}"##)
        for (text, count) in [
            (#"{"n":1,"u":null,"l":[{"n":2}],"o":null}"#, 0), (#"{}"#, 1), (#"{"n":1.5}"#, 1), (#"{"n":true}"#, 1),
            (#"{"n":1,"u":"no address"}"#, 1), (#"{"n":1,"l":[{}]}"#, 1), (#"{"n":1,"o":{"n":"x"}}"#, 1),
            (#"{"n":1,"x":0}"#, 1), (#"[]"#, 1),
        ] {
            #expect(validator.problems(try JSONValue(text), schema).count == count, "\(text)")
        }
        #expect(validator.problems(.null, try JSONValue(#"{"minimum":1}"#)) == [": unknown keyword minimum"])
    }

    @Test func `the description names the routes with their parameters`() async throws {
        let description = try JSONValue(try await built().page("api/v1/openapi.json"))
        #expect(description["openapi"] == .text("3.1.0"))
        #expect(description["servers"] == .list([.object(["url": .text("https://example.org/api/v1")])]))
        #expect(
            try #require(description["paths"]?.fields).keys.sorted() == [
                "/index.json", "/manifest.json", "/openapi.json", "/posts.json", "/posts/page/{number}.json",
                "/posts/search.json", "/posts/{id}.json", "/stats.json", "/tags.json", "/tags/{slug}.json",
                "/users.json",
                "/users/page/{number}.json", "/users/{id}.json", "/users/{id}/posts.json",
            ])
        #expect(
            description["paths"]?["/tags/{slug}.json"]?["get"]?["parameters"]
                == .list([
                    .object([
                        "name": .text("slug"), "in": .text("path"), "required": .flag(true),
                        "schema": .object(["type": .text("string")]),
                    ])
                ]))
    }
}
