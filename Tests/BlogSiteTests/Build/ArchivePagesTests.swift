import BlogConfiguration
import BlogModels
import ORM
import Testing

@testable import BlogSite

@Suite struct ArchivePagesTests {
    private func sample() async throws -> TestSite {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.addSample()
        try await site.addPost(8, "Eighth", at: "2023-12-31T23:59:59Z")
        try await site.addPost(9, "Ninth", at: "2025-02-01T00:00:00Z")
        return site
    }

    @Test func `years and months have pages with their posts and neighbours`() async throws {
        let site = try await sample()
        try await site.build()
        #expect(
            try site.page("archive/index.html") == """
                2025 /archive/2025/ 4: Mar /archive/2025/03/ 1 Feb /archive/2025/02/ 2 Jan /archive/2025/01/ 1
                2023 /archive/2023/ 1: Dec /archive/2023/12/ 1

                """)
        #expect(
            try site.page("archive/2025/index.html") == """
                2025 4
                3: 3 
                2: 2 9 
                1: 1 
                older /archive/2023/ newer None

                """)
        #expect(
            try site.page("archive/2023/index.html") == """
                2023 1
                12: 8 
                older None newer /archive/2025/

                """)
        #expect(
            try site.page("archive/2025/02/index.html") == """
                February 2025 of /archive/2025/: 2 9 
                older /archive/2025/01/ newer /archive/2025/03/

                """)
        #expect(
            try site.page("archive/2023/12/index.html") == """
                December 2023 of /archive/2023/: 8 
                older none newer /archive/2025/01/

                """)
        #expect(!site.exists("archive/2024/index.html"))
    }

    @Test func `a new post changes no page of another month but the one before`() async throws {
        let site = try await sample()
        try await site.build()
        let names = ["archive/2023/12", "archive/2025/01", "archive/2025/02", "archive/2023"].map {
            "output/\($0)/index.html"
        }
        let before = try names.map { try site.folder.identity($0) }
        try await site.addPost(10, "Tenth", at: "2025-04-01T00:00:00Z")
        try await site.build()
        #expect(try names.map { try site.folder.identity($0) } == before)
        #expect(try site.page("archive/2025/03/index.html").contains("newer /archive/2025/04/"))
        #expect(try site.page("archive/index.html").hasPrefix("2025 /archive/2025/ 5: Apr /archive/2025/04/ 1 Mar"))
    }

    @Test func `a month goes with its last post`() async throws {
        let site = try await sample()
        try await site.build()
        _ = try await Post.filter { $0.id == 8 }.delete(on: site.database)
        try await site.build()
        #expect(!site.exists("archive/2023"))
        #expect(try site.page("archive/2025/01/index.html").contains("older none"))
    }
}
