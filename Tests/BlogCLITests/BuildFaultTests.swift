import Foundation
import struct ORMTesting.SeededGenerator
import Testing

@testable import BlogCLI

/// What readers see when the program is killed at work: `kill -9` at random moments of a build.
@Suite(.serialized) struct BuildFaultTests {
    /// Two builds that differ in every page, and in which pages there are.
    /// The clock stands still: the API's manifest tells when it was made.
    private static let builds = [["build"], ["build", "--drafts", "--base-url", "https://other.example/"]].map {
        $0 + ["--now", "2026-02-01T00:00:00Z"]
    }

    private func site() async throws -> TestSite {
        let site = try TestSite.small()
        for number in 0..<80 {
            let draft = number.isMultiple(of: 5) ? "draft: true\n" : ""
            try site.write(
                "---\ntitle: Post \(number)\ndate: 2026-01-01\nauthor: ada\ntags: [a, b\(number % 7)]\n\(draft)---\n\nText.\n",
                to: "content/posts/post-\(number).md")
        }
        #expect(await site.blog("import").status == 0)
        return site
    }

    /// The published files without the publisher's own.
    private func files(_ site: TestSite) throws -> [String: Data] {
        try site.published().filter { !$0.key.hasPrefix(".blog-") }
    }

    private func wait(_ process: BlogProcess, _ seconds: Double) {
        Thread.sleep(forTimeInterval: seconds)
        process.send(SIGKILL)
    }

    @Test(arguments: [[], ["--atomic"]])
    func `a build that is killed leaves every file whole, and the next completes it`(flags: [String]) async throws {
        let site = try await site()
        try site.write("mine", to: "output/mine.txt")
        let clock = ContinuousClock()
        let start = clock.now
        var whole: [[String: Data]] = []
        for build in Self.builds {
            #expect(try BlogProcess(in: site, build).outcome().status == 0)
            whole.append(try files(site))
        }
        let duration = (clock.now - start) / .seconds(2)
        var random = SeededGenerator(17)
        var killed = 0
        for round in 0..<32 {
            let next = round % 2
            let process = try BlogProcess(in: site, Self.builds[next] + flags)
            // Longer than a build takes, so that its end is hit too.
            wait(process, Double.random(in: 0...(duration * 1.2), using: &random))
            if try process.outcome().isSignal { killed += 1 }
            let found = try files(site)
            if flags.isEmpty {
                for (path, bytes) in found where whole[0][path] != bytes && whole[1][path] != bytes {
                    Issue.record("round \(round): \(path) is neither the old file nor the new one")
                }
                // What both sites have is never missing.
                for path in whole[0].keys where whole[1][path] != nil && found[path] == nil {
                    Issue.record("round \(round): \(path) is missing")
                }
            } else {
                #expect(
                    found == whole[0] || found == whole[1],
                    "round \(round): the site is neither the old one nor the new")
            }
            // Half of the rounds go on from what the killed build left.
            if round % 4 > 1 {
                #expect(try BlogProcess(in: site, Self.builds[next] + flags).outcome().status == 0)
                #expect(try files(site) == whole[next], "round \(round)")
            }
        }
        #expect(killed > 8)
        #expect(try BlogProcess(in: site, Self.builds[0] + flags).outcome().status == 0)
        #expect(try files(site) == whole[0])
        #expect(!site.exists(".output.blog-next"))
        #expect(try site.read("output/mine.txt") == "mine")
    }
}
