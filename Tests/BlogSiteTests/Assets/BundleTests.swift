import Foundation
import Testing

@testable import BlogSite

@Suite struct BundleTests {
    @Test func `a bundle has its folder's files, not other documents' and none from elsewhere`() throws {
        let folder = try TemporaryFolder()
        for file in [
            "content/posts/a/index.md", "content/posts/a/lake.png", "content/posts/a/images/b.png",
            "content/posts/a/.env",
            "content/posts/a/notes/c.md", "content/posts/a/notes/c.png", "content/shared/s.png", "secret/key.png",
        ] {
            try folder.write(file, "x")
        }
        let posts = folder.full("content/posts/a")
        try FileManager.default.createSymbolicLink(
            atPath: "\(posts)/inside.png", withDestinationPath: "../../shared/s.png")
        try FileManager.default.createSymbolicLink(
            atPath: "\(posts)/outside.png", withDestinationPath: folder.full("secret/key.png"))
        try FileManager.default.createSymbolicLink(atPath: "\(posts)/away", withDestinationPath: folder.full("secret"))
        let scan = try FolderScan(bundle: "content/posts/a", of: "content", in: folder.path)
        #expect(scan.files.map(\.path) == ["images/b.png", "inside.png", "lake.png"])
        #expect(scan.foreignLinks == ["away/key.png", "outside.png"])
        let absolute = try FolderScan(bundle: posts, of: folder.full("content"), in: "/nowhere")
        #expect(absolute.files.map(\.path) == ["images/b.png", "inside.png", "lake.png"])
    }
}
