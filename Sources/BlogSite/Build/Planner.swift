import BlogConfiguration
import BlogModels
import Markdown
import Templates

/// Decides which files a site has, and of what each is made. Rendering is left to the build.
struct Planner: Sendable {
    let site: SiteContext
    let theme: Theme
    /// Raised when this module writes other bytes for the same inputs.
    static let version = 5

    var index: SiteIndex { site.index }

    /// What every file depends on: settings, base URL, the versions of the renderers.
    let settings: ContentHash
    let posts: PostPrints
    /// How the fingerprints of all pages made by templates begin.
    private let beginning: Fingerprint
    /// The dated posts by month.
    let archive: Archive
    let sitemapLimit: Int

    /// - Parameter settings: of `settingsFingerprint`.
    init(site: SiteContext, theme: Theme, settings: ContentHash, sitemapLimit: Int) {
        self.site = site
        self.theme = theme
        self.settings = settings
        self.sitemapLimit = sitemapLimit
        archive = Archive(site.index, timeZone: site.configuration.timeZone)
        posts = PostPrints(site)
        var beginning = Fingerprint()
        beginning.add(settings)
        beginning.add(theme.files.assets.fingerprint)
        self.beginning = beginning
    }

    /// A hash of the settings and of the versions of what renders.
    static func settingsFingerprint(_ configuration: SiteConfiguration, _ address: SiteAddress) -> ContentHash {
        var print = Fingerprint()
        print.add(version)
        print.add(MarkdownRenderer.version)
        print.add(address.base)
        // Every key of blog.yml counts, also one that is added later.
        print.add("\(configuration)")
        return print.hash
    }

    /// All files but those of the search, whose words are found meanwhile. Earlier claims win: static files over generated
    /// ones, the site's own pages over records, records over aliases.
    func plan(_ folders: SiteFolders, _ rows: SiteRows) async -> SitePlan {
        var plan = SitePlan()
        async let postFiles = postFiles()
        let counts = SiteCounts(index, archive)
        planAssets(&plan)
        planStaticFiles(folders, &plan)
        planSitePages(&plan)
        planTagPages(&plan)
        planAuthorPages(&plan)
        planArchive(&plan)
        planPages(&plan)
        planPosts(await postFiles, &plan)
        planBundles(folders, &plan)
        planAliases(rows.aliases, &plan)
        planSitemap(&plan)
        planStatistics(counts, rows, &plan)
        if site.configuration.api.enabled { planAPI(counts, &plan) }
        return plan
    }

    /// Starts the fingerprint of a page of a template.
    func fingerprint(template: String) -> Fingerprint {
        var print = beginning
        print.add(theme.fingerprint(of: template))
        return print
    }

    /// Changes with everything a list or another post's page shows of a post.
    func listing(ofPostAt position: Int) -> ContentHash { posts.listings[position] }

    /// Changes with everything of a post's row and with what its text shows of other files.
    func text(ofPostAt position: Int) -> ContentHash {
        var print = Fingerprint()
        print.add(posts.listings[position])
        print.add(index.posts[position].post.revision)
        print.add(posts.uses[position])
        return print.hash
    }

    /// Plans a page made by a template; nothing when the theme has no such template, or the address is taken.
    ///
    /// - Parameter fill: completes the page with what is known only when bodies are rendered.
    func add(
        _ page: PageView, template: String, _ print: Fingerprint, stage: Publisher.Stage = .list, owner: Claimant,
        isRecord: Bool = false, to plan: inout SitePlan,
        filling fill: @escaping @Sendable (inout PageView) -> Void = { _ in },
        _ variables: @escaping @Sendable () -> some ViewModel
    ) {
        guard theme.contains(template), let path = plan.claim(page.path, for: owner) else { return }
        let target = Target(
            path: path, address: page.path, stage: stage, inputs: print.hash, template: template, isRecord: isRecord)
        let writer = PageWriter(site: site, theme: theme)
        plan.add(
            PlannedFile(target: target) { bytes in
                var page = page
                fill(&page)
                try writer.write(page, template, variables(), into: &bytes)
            })
    }

    /// The view of a page of the site itself.
    func page(_ kind: PageView.Kind, title: String, description: String = "", path: String) -> PageView {
        PageView(
            kind: kind, title: title, description: description, path: path, language: site.configuration.language,
            address: site.address)
    }

    func planAssets(_ plan: inout SitePlan) {
        for asset in theme.files.assets.assets {
            guard let path = plan.claim("/" + asset.outputPath, for: "the asset \(asset.name)") else { continue }
            let target = Target(
                path: path, address: "/" + asset.outputPath, stage: .asset, inputs: ContentHash(of: asset.bytes))
            plan.add(PlannedFile(target: target) { $0.append(contentsOf: asset.bytes) })
        }
    }

    func planStaticFiles(_ folders: SiteFolders, _ plan: inout SitePlan) {
        for file in folders.staticFiles.files {
            copy(file, of: folders.staticFiles, to: "/" + file.path, owner: "static/\(file.path)", &plan)
        }
    }

    /// Images and other files beside a visible post or page.
    func planBundles(_ folders: SiteFolders, _ plan: inout SitePlan) {
        for (bundle, scan) in folders.bundles {
            guard let base = index.folder(ofPost: bundle.postID, orPage: bundle.pageID) else { continue }
            for file in scan.files {
                copy(file, of: scan, to: base + file.path, owner: "\(bundle.folder)/\(file.path)", &plan)
            }
            for link in scan.foreignLinks {
                plan.report(
                    .warning, page: base, "\(bundle.folder)/\(link) leads out of its source and is not published")
            }
        }
    }

    private func copy(
        _ file: FolderScan.File, of scan: FolderScan, to address: String, owner: Claimant, _ plan: inout SitePlan
    ) {
        // A file whose name has no dot is not the address of a folder.
        do {
            let path = try OutputPath(String(address.dropFirst()))
            guard plan.claim(path, for: owner, address: address) else { return }
            let target = Target(path: path, address: address, stage: .asset, inputs: file.stamp)
            plan.add(PlannedCopy(target: target, source: scan.fullPath(file)))
        } catch {
            plan.report(.error, page: address, "\(owner) cannot be published: \(error.message)")
        }
    }
}
