package import BlogConfiguration
import BlogModels
import Foundation
import Markdown
package import ORM
import Templates

/// Builds a site's output folder from its database.
///
/// The caller holds the site's lock (`SiteLock`) and has prepared the database's schema.
///
/// ```swift
/// let report = try await SiteBuilder(database: db, site: site, options: BuildOptions(now: Date())).build()
/// print(report.json)
/// ```
package struct SiteBuilder: Sendable {
    private let content: DatabaseContent
    private let site: Site
    private let output: String
    private let options: BuildOptions

    /// - Parameter output: the output folder's absolute path; nil means `output/` in the site's folder.
    package init(database: Database, site: Site, output: String? = nil, options: BuildOptions) {
        content = DatabaseContent(database: database)
        self.site = site
        self.output = output ?? site.root + "/output"
        self.options = options
    }

    /// Renders what changed and publishes it.
    ///
    /// A record that cannot be rendered keeps the page it had and is among the report's problems. Everything else that goes
    /// wrong ends the build, and unless it happens while files are moved into place, nothing that readers see has changed
    /// then. Throws `TemplateErrors` for templates that do not load, `TemplateError` for one that fails on a page the site
    /// cannot do without (or on every record of its kind), `SiteError` for files and settings, `ORMError` for the database.
    package func build() async throws -> BuildReport {
        let clock = ContinuousClock()
        let start = clock.now
        var report = try await run()
        report.seconds = (clock.now - start) / .seconds(1)
        return report
    }

    private func run() async throws -> BuildReport {
        do {
            return try await attempt()
        } catch is DocumentStore.Damaged {
            // A crash of the machine left rendered bodies that never reached the disk: they are rendered again.
            try DocumentStore.erase(stateFolder: stateFolder)
            return try await attempt()
        }
    }

    private var stateFolder: String { site.root + "/.blog" }

    private func attempt() async throws -> BuildReport {
        try OutputFolder.check(output, site: site)
        let address = try SiteAddress(options.baseURL ?? site.configuration.url)
        let themeFiles = try ThemeFiles(root: site.root)
        try themeFiles.requirePages()
        let folders = try SiteFolders(root: site.root, bundles: try await content.bundles())
        let state = try await content.state()
        let inputs = buildInputs(state, address, themeFiles, folders)
        if !options.force,
            let header = try Publisher.currentBuild(
                output: output, stateFolder: stateFolder, key: key(address), buildInputs: inputs,
                now: Instant(options.now))
        {
            var report = BuildReport()
            report.pages.total = header.count
            report.pages.unchanged = header.count
            report.nextChange = header.nextChange?.date
            report.templateMetrics = options.templateMetrics ? [] : nil
            return report
        }
        let publisher = try Publisher(output: output, stateFolder: stateFolder, key: key(address), force: options.force)
        do {
            return try await build(publisher, inputs, state, address, themeFiles, folders)
        } catch {
            try publisher.discard()
            throw error
        }
    }

    private func build(
        _ publisher: Publisher, _ inputs: ContentHash, _ state: DatabaseContent.State, _ address: SiteAddress,
        _ themeFiles: ThemeFiles, _ folders: SiteFolders
    ) async throws -> BuildReport {
        let configuration = site.configuration
        let visibility = Visibility(now: Instant(options.now), drafts: options.drafts, future: options.future)
        let today = Day(of: options.now, in: configuration.timeZone)
        let isDaily = configuration.views.publish == .daily
        let hasStatistics = themeFiles.contains("stats.html")
        let rows = try await content.rows(
            viewsBefore: isDaily ? Instant(today.start) : nil, includeEmail: configuration.api.includeEmail,
            statistics: configuration.api.enabled || hasStatistics ? statisticsRequest : nil, history: hasStatistics)

        let index = SiteIndex(
            rows, visibility: visibility, permalink: configuration.permalink, timeZone: configuration.timeZone)
        let surroundings = Surroundings(
            images: LocalImages(folders, index: index, address: address), links: DocumentLinks(rows, index: index))
        let renderer = BodyRenderer(
            configuration: configuration, database: state.databaseID, surroundings: surroundings)
        let context = SiteContext(
            configuration: configuration, address: address, index: index,
            related: await RelatedPosts(index, workers: options.workerCount),
            documents: try DocumentStore(stateFolder: stateFolder, scope: renderer.scope, surroundings: surroundings))
        let metrics = options.templateMetrics ? TemplateMetrics.measuring() : nil
        let theme = try Theme(
            themeFiles, address: address, timeZone: configuration.timeZone, notes: context.comments, metrics: metrics)
        let run = BuildRun(site: context, theme: theme, publisher: publisher, content: content, options: options)
        // Before the plan: what pages depend on includes the sizes of images and where links lead, which rendering finds
        // out.
        try await run.renderBodies(renderer)
        let search =
            theme.contains("search.html")
            ? try await SearchIndex(
                site: context, store: SearchStore(stateFolder: stateFolder), workers: options.workerCount) : nil
        let plan = Planner(site: context, theme: theme, sitemapLimit: options.sitemapLimit)
            .plan(folders, rows, search)
        try await run.produce(plan)
        try run.produceManifest(plan, now: Instant(options.now))
        let result = try run.finish(plan)

        let nextChange = visibility.nextChange(rows)
        let showsOldCounts = isDaily && rows.posts.contains { $0.shownViewCount != $0.viewCount }
        var report = BuildReport()
        report.problems = (plan.problems + result.problems).sorted {
            $0.page.utf8.lexicographicallyPrecedes($1.page.utf8)
        }
        try context.documents.save()
        let publication = try publisher.commit(
            // A build with errors is tried again, even if nothing changes.
            buildInputs: report.hasErrors ? .unknown : inputs,
            nextChange: nextChange,
            validUntil: [nextChange, showsOldCounts ? Instant(today.end) : nil].compactMap(\.self).min())
        report.pages = BuildReport.Pages(
            total: publication.total, rendered: result.rendered, written: publication.written,
            unchanged: publication.unchanged, deleted: publication.deleted)
        report.nextChange = nextChange?.date
        report.templateMetrics = metrics?.entries
        if publisher.hasLostRecord { report.foreignFiles = try publisher.foreignFiles() }
        return report
    }

    private var statisticsRequest: Statistics.Request {
        let zone = site.configuration.timeZone
        return Statistics.Request(
            visibility: PostVisibility(now: options.now, drafts: options.drafts, future: options.future),
            utcOffset: { zone.secondsFromGMT(for: $0) })
    }

    /// What makes the builds of one folder incomparable.
    private func key(_ address: SiteAddress) -> ContentHash {
        var print = Fingerprint()
        print.add(address.base)
        print.add(options.drafts)
        print.add(options.future)
        return print.hash
    }

    /// Everything a build depends on but the clock. The database's counter stands for all rows.
    private func buildInputs(
        _ state: DatabaseContent.State, _ address: SiteAddress, _ theme: ThemeFiles, _ folders: SiteFolders
    ) -> ContentHash {
        var print = Fingerprint()
        print.add(Planner.settingsFingerprint(site.configuration, address))
        print.add(state.databaseID)
        print.add(state.changeCounter)
        print.add(theme.fingerprint)
        print.add(folders.fingerprint)
        return print.hash
    }
}
