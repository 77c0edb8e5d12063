/// The right to change a site: only one run of import, build, regenerate or migrate has it.
///
/// It is an advisory lock (`flock`) on `.blog/lock`, so it ends with the process however that ends.
package final class SiteLock: Sendable {
    private let file: FileDescriptor

    private init(file: consuming FileDescriptor) { self.file = file }

    /// Takes the lock of the site whose state folder (`.blog`) is given; the folder is made when missing.
    ///
    /// Without `wait` a held lock is refused at once; with it, after that time. The error's code is `.locked`. The lock is
    /// released when the value is released: keep it in a variable and end its life with `withExtendedLifetime`, or use
    /// `SiteLock.with`.
    package static func acquire(
        stateFolder: String, wait: Duration = .zero, clock: some Clock<Duration> = ContinuousClock()
    ) async throws -> SiteLock {
        let folder = try FileDescriptor.folder(stateFolder, create: true)
        let deadline = clock.now.advanced(by: wait)
        while true {
            if let file = try folder.lockedFile("lock") { return SiteLock(file: file) }
            guard clock.now < deadline else {
                throw SiteError(.locked, path: stateFolder + "/lock", "another run of blog is at work on this site")
            }
            try await clock.sleep(until: min(deadline, clock.now.advanced(by: .milliseconds(50))), tolerance: nil)
        }
    }

    /// Runs `body` while holding the lock.
    package static func with<Result>(
        stateFolder: String, wait: Duration = .zero, _ body: () async throws -> Result
    ) async throws -> Result {
        let lock = try await acquire(stateFolder: stateFolder, wait: wait)
        let result = try await body()
        withExtendedLifetime(lock) {}
        return result
    }
}
