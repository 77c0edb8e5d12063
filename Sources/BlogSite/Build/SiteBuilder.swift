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

    /// What a build is made from, as far as it can be told without reading rows.
    private struct Inputs {
        var address: SiteAddress
        var theme: ThemeFiles
        var folders: SiteFolders
        var state: DatabaseContent.State
        var packing: Packing
        /// Of the settings.
        var settings: ContentHash
    }

    private func inputs() async throws -> Inputs {
        // The database and the file system can answer at the same time.
        async let stored = (state: content.state(), bundles: content.bundles())
        let address = try SiteAddress(options.baseURL ?? site.configuration.url)
        let theme = try ThemeFiles(root: site.root)
        let settings = Planner.settingsFingerprint(site.configuration, address)
        let (state, bundles) = try await stored
        return Inputs(
            address: address, theme: theme, folders: try SiteFolders(root: site.root, bundles: bundles), state: state,
            packing: Packing(site.configuration.output), settings: settings)
    }

    /// The record of the last build, if another one with these inputs would change nothing.
    private func currentBuild(_ inputs: Inputs) throws -> Manifest.Header? {
        try Publisher.currentBuild(
            output: output, stateFolder: stateFolder, key: key(inputs.address), buildInputs: fingerprint(inputs),
            now: Instant(options.now))
    }

    private func attempt() async throws -> BuildReport {
        try OutputFolder.check(output, site: site)
        let inputs = try await inputs()
        try inputs.theme.requirePages()
        if !options.force, let header = try currentBuild(inputs) {
            var report = BuildReport()
            report.pages.total = header.count
            report.pages.unchanged = header.count
            report.nextChange = header.nextChange?.date
            report.templateMetrics = options.templateMetrics ? [] : nil
            return report
        }
        // None of these needs another.
        async let contents = contents(inputs)
        async let theme = theme(inputs)
        async let documents = documents(inputs)
        let publisher = try Publisher(
            output: output, stateFolder: stateFolder, key: key(inputs.address), force: options.force,
            encodings: inputs.packing.forms)
        do {
            var report = try await build(
                publisher, inputs, try await contents, try await theme, try await documents)
            report.problems += inputs.packing.problems
            return report
        } catch {
            try publisher.discard()
            throw error
        }
    }

    private var today: Day { Day(of: options.now, in: site.configuration.timeZone) }

    /// Whether pages show views as of the last midnight.
    private var isDaily: Bool { site.configuration.views.publish == .daily }

    /// What a build takes from the database at its beginning.
    private struct Contents: Sendable {
        var index: SiteIndex
        /// Without the posts, which are many: the index has those that readers see.
        var rows: SiteRows
        /// When a post or page appeared or expired last, and when the next one will.
        var lastChange: Instant?
        var nextChange: Instant?
        /// Whether views are known that no page shows before midnight.
        var hasLateViews: Bool
    }

    private func contents(_ inputs: Inputs) async throws -> Contents {
        var (rows, index) = try await indexedRows(
            viewsBefore: isDaily ? Instant(today.start) : nil, includeEmail: site.configuration.api.includeEmail,
            history: inputs.theme.contains("stats.html") ? statisticsRequest : nil)
        let (lastChange, nextChange) = visibility.changes(rows)
        let hasLateViews = rows.posts.contains { $0.shownViewCount != $0.viewCount }
        rows.posts = []
        return Contents(
            index: index, rows: rows, lastChange: lastChange, nextChange: nextChange, hasLateViews: hasLateViews)
    }

    private var visibility: Visibility {
        Visibility(now: Instant(options.now), drafts: options.drafts, future: options.future)
    }

    private func indexedRows(
        viewsBefore: Instant?, includeEmail: Bool, history: Statistics.Request?
    ) async throws -> (rows: SiteRows, index: SiteIndex) {
        try await content.rows(
            viewsBefore: viewsBefore, includeEmail: includeEmail, history: history
        ) { [visibility, configuration = site.configuration] rows in
            SiteIndex(
                rows, visibility: visibility, permalink: configuration.permalink, timeZone: configuration.timeZone)
        }
    }

    /// The templates, ready to render, with what measures them where that is wanted.
    private func theme(_ inputs: Inputs) async throws -> (theme: Theme, metrics: TemplateMetrics?) {
        let metrics = options.templateMetrics ? TemplateMetrics.measuring() : nil
        let theme = try Theme(
            inputs.theme, address: inputs.address, timeZone: site.configuration.timeZone,
            notes: MarkdownRenderer(options: .comment(site.configuration.markdown)), metrics: metrics)
        return (theme, metrics)
    }

    /// The rendered bodies of the last build.
    private func documents(_ inputs: Inputs) async throws -> DocumentStore {
        try DocumentStore(
            stateFolder: stateFolder,
            scope: BodyRenderer.scope(site.configuration, database: inputs.state.databaseID))
    }

    private func build(
        _ publisher: Publisher, _ inputs: Inputs, _ contents: Contents,
        _ templates: (theme: Theme, metrics: TemplateMetrics?), _ documents: DocumentStore
    ) async throws -> BuildReport {
        let (address, folders, theme) = (inputs.address, inputs.folders, templates.theme)
        let (index, rows) = (contents.index, contents.rows)
        let configuration = site.configuration
        let today = today

        let surroundings = Surroundings(
            images: LocalImages(folders, index: index, address: address), links: DocumentLinks(rows, index: index))
        let renderer = BodyRenderer(configuration: configuration, surroundings: surroundings)
        documents.surround(with: surroundings)
        let context = SiteContext(
            configuration: configuration, address: address, index: index,
            related: try await RelatedStore(stateFolder: stateFolder).related(index, workers: options.workerCount),
            documents: documents)
        let run = BuildRun(site: context, theme: theme, publisher: publisher, content: content, options: options)
        // Before the plan: what pages depend on includes the sizes of images and where links lead, which rendering finds
        // out.
        try await run.renderBodies(renderer)
        async let search = searchIndex(context, theme)
        let planner = Planner(
            site: context, theme: theme, settings: inputs.settings, sitemapLimit: options.sitemapLimit)
        var planned = await planner.plan(folders, rows)
        publisher.plan(planned.paths)
        var searchPlan = planned.split()
        let plan = planned
        // One core makes the end of the index: the others have files to make then.
        async let areOthersMade: Void = run.produce(plan)
        planner.planSearch(try await search, &searchPlan)
        publisher.plan(searchPlan.paths)
        searchPlan.forgetOwners()
        try await run.produce(searchPlan)
        try await areOthersMade
        async let finished = finish(run, plan)
        try run.produceManifest(plan, now: Instant(options.now))
        let problems = try await finished

        let showsOldCounts = isDaily && contents.hasLateViews
        var report = BuildReport()
        report.problems = (plan.problems + searchPlan.problems + problems).sorted {
            $0.page.utf8.lexicographicallyPrecedes($1.page.utf8)
        }
        let publication = try publisher.commit(
            isAtomic: options.atomic,
            // A build with errors is tried again, even if nothing changes.
            buildInputs: report.hasErrors ? .unknown : fingerprint(inputs),
            nextChange: contents.nextChange,
            // With `--now` a build may be asked for that lies before the last one.
            validFrom: [contents.lastChange, isDaily ? Instant(today.start) : nil].compactMap(\.self).max(),
            validUntil: [contents.nextChange, showsOldCounts ? Instant(today.end) : nil].compactMap(\.self).min())
        report.pages = BuildReport.Pages(
            total: publication.total, rendered: run.rendered, written: publication.written,
            unchanged: publication.unchanged, deleted: publication.deleted)
        report.nextChange = contents.nextChange?.date
        report.templateMetrics = templates.metrics?.entries
        if publisher.hasLostRecord { report.foreignFiles = try publisher.foreignFiles() }
        return report
    }

    /// Keeps the rendered bodies for the next build, unless this one fails as a whole, and gives what has to be said of it.
    private func finish(_ run: BuildRun, _ plan: SitePlan) async throws -> [BuildReport.Problem] {
        let problems = try run.finish(plan)
        try run.site.documents.save()
        return problems
    }

    /// What the search finds, where the theme has a search page.
    private func searchIndex(_ site: SiteContext, _ theme: Theme) async throws -> SearchIndex? {
        guard theme.contains("search.html") else { return nil }
        return try await SearchIndex(
            site: site, store: SearchStore(stateFolder: stateFolder), workers: options.workerCount)
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
    private func fingerprint(_ inputs: Inputs) -> ContentHash {
        var print = Fingerprint()
        print.add(inputs.settings)
        print.add(inputs.state.databaseID)
        print.add(inputs.state.changeCounter)
        print.add(inputs.theme.fingerprint)
        print.add(inputs.folders.fingerprint)
        print.add("\(inputs.packing.forms)")
        return print.hash
    }
}

extension SiteBuilder {
    /// The files that the last build published. Throws `.data` when there was none, or when its record is lost.
    func published() throws -> PublishedFiles {
        let address = try SiteAddress(options.baseURL ?? site.configuration.url)
        guard let manifest = try Publisher.manifest(output: output, stateFolder: stateFolder) else {
            throw SiteError(.data, path: output, "holds no site yet: run blog build first")
        }
        return PublishedFiles(folder: output, address: address, manifest: manifest)
    }

    /// Whether a build would change nothing.
    func isCurrent() async throws -> Bool { try currentBuild(try await inputs()) != nil }

    /// The files that posts and pages come from, by the addresses of their pages; relative to the site's folder.
    func sourceFiles() async throws -> [String: String] {
        let (rows, index) = try await indexedRows(viewsBefore: nil, includeEmail: false, history: nil)
        var files: [String: String] = [:]
        for document in rows.documents {
            guard let path = index.path(ofPost: document.postID, orPage: document.pageID) else { continue }
            files[path] = "\(document.source)/\(document.path)"
        }
        return files
    }
}
