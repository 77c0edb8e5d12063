import Testing

@testable import BlogSite

@Suite struct WritebackTests {
    private let portion = 32 << 20

    @Test func `a request is due once as many bytes are staged, and no second one beside it`() {
        let writeback = Writeback()
        #expect(!writeback.isDue(after: portion - 1))
        #expect(writeback.isDue(after: 1))
        #expect(!writeback.isDue(after: portion))
        writeback.finish(nil)
        #expect(writeback.isDue(after: 0))
    }

    @Test func `a failed request is told at the end, the first of several`() throws {
        let writeback = Writeback()
        try writeback.check()
        writeback.finish(SiteError(.fileAccess, path: "output", "no space"))
        writeback.finish(SiteError(.fileAccess, path: "output", "again"))
        writeback.finish(nil)
        let error = #expect(throws: SiteError.self) { try writeback.check() }
        #expect(error?.description == "output: no space")
    }
}
