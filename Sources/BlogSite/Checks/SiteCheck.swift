package import BlogConfiguration
package import FoundationEssentials
package import ORM
import Templates

/// What a check looks for.
package struct CheckOptions: Sendable {
    /// Links, anchors and images that lead nowhere.
    package var links = true
    /// What templates could fail at.
    package var templates = true
    /// Texts for images, titles, descriptions, headings, ids.
    package var html = true
    /// Links to other hosts are visited.
    package var external = false
    /// How many pages are read at once; nil means one per core.
    package var workers: Int?

    package init() {}

    fileprivate var readsPages: Bool { links || html || external }
}

/// Checks the site as it was published last: what readers would stumble over.
///
/// ```swift
/// let report = try await SiteCheck(database: db, site: site, options: CheckOptions()).run()
/// print(report.summary)        // 120 pages, 2403 links: 1 error
/// ```
package struct SiteCheck: Sendable {
    private let database: Database
    private let site: Site
    private let options: CheckOptions
    private let now: @Sendable () -> Date

    /// - Parameter now: the clock by which remembered answers of other hosts grow old.
    package init(
        database: Database, site: Site, options: CheckOptions, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.site = site
        self.options = options
        self.now = now
    }

    /// Reads every published page once. Throws `.data` when the site has never been built.
    package func run() async throws -> CheckReport {
        var report = CheckReport()
        if options.templates { report.findings += try templateFindings() }
        if options.readsPages {
            let builder = SiteBuilder(database: database, site: site, options: BuildOptions(now: now()))
            let published = try builder.published()
            report.isOutOfDate = try await !builder.isCurrent()
            let places = SourcePlaces(root: site.root, files: try await builder.sourceFiles())
            try await checkPages(published, places, &report)
        }
        report.findings.sort {
            ($0.file, $0.line ?? 0, $0.message, $0.page ?? "") < ($1.file, $1.line ?? 0, $1.message, $1.page ?? "")
        }
        return report
    }

    private func templateFindings() throws -> [CheckFinding] {
        try ThemeTools.check(site).findings.map { finding in
            CheckFinding(
                kind: .template, severity: finding.severity == .error ? .error : .warning, file: finding.problem.file,
                line: finding.problem.line,
                message: finding.problem.message + (finding.problem.suggestion.map { "; \($0)" } ?? ""))
        }
    }

    private func checkPages(_ published: PublishedFiles, _ places: SourcePlaces, _ report: inout CheckReport)
        async throws
    {
        var collected = PageFindings(published: published, places: places)
        let pages = published.pages
        let size = max(1, min(64, pages.count / 8))
        try await withThrowingTaskGroup(of: (Int, [PageNotes]).self) { group in
            var slices = stride(from: 0, to: pages.count, by: size).makeIterator()
            func addTask() {
                guard let start = slices.next() else { return }
                let slice = pages[start..<min(start + size, pages.count)]
                group.addTask { (start, try slice.map { try PageNotes($0, of: published) }) }
            }
            for _ in 0..<(options.workers ?? ProcessInfo.processInfo.activeProcessorCount) { addTask() }
            for try await (_, notes) in group {
                for note in notes { collected.add(note) }
                addTask()
            }
        }
        report.pages = pages.count
        report.links = collected.linkCount
        if options.links { report.findings += try collected.linkFindings() }
        if options.html { report.findings += collected.htmlFindings() }
        if options.external {
            let (addresses, findings) = try collected.externalFindings(
                ExternalLinks(stateFolder: site.root + "/.blog", now: now))
            report.externalLinks = addresses
            report.findings += findings
        }
    }
}
