import Foundation
import Testing

@testable import BlogSite

@Suite struct TemplateReferenceTests {
    /// After a change of a view model: `UPDATE_TEMPLATE_REFERENCE=1 swift test --filter TemplateReferenceTests`.
    @Test func `templates README is what the view models say`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let file = root.appending(path: "templates/README.md")
        if ProcessInfo.processInfo.environment["UPDATE_TEMPLATE_REFERENCE"] != nil {
            try Data(TemplateReference.markdown.utf8).write(to: file)
        }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == TemplateReference.markdown)
    }
}
