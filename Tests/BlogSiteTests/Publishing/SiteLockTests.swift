import Testing

@testable import BlogSite

@Suite struct SiteLockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `the second run is refused while the first is at work and welcome afterwards`() async throws {
        let path = folder.full(".blog")
        try await SiteLock.with(stateFolder: path) {
            let error = await #expect(throws: SiteError.self) { try await SiteLock.acquire(stateFolder: path) }
            #expect(
                error == SiteError(.locked, path: path + "/lock", "another run of blog is at work on this site"))
        }
        try await SiteLock.with(stateFolder: path) {}
    }

    @Test func `a run that waits gets the lock when the first ends`() async throws {
        let path = folder.full(".blog")
        var first: SiteLock? = try await SiteLock.acquire(stateFolder: path)
        async let second = SiteLock.acquire(stateFolder: path, wait: .seconds(60))
        _ = first
        first = nil
        _ = try await second
    }

    @Test func `waiting ends at the deadline`() async throws {
        let path = folder.full(".blog")
        let first = try await SiteLock.acquire(stateFolder: path)
        let error = await #expect(throws: SiteError.self) {
            try await SiteLock.acquire(stateFolder: path, wait: .milliseconds(60))
        }
        #expect(error?.code == .locked)
        withExtendedLifetime(first) {}
    }
}
