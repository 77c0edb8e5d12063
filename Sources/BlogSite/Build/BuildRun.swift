import BlogConfiguration
import FoundationEssentials
import Synchronization
import Templates

/// Produces the planned files on all cores. One value serves one build.
///
/// Rendering is done by child tasks, never on a database's executor; each keeps one buffer for all its pages. Posts come in
/// batches, so that memory does not grow with their number.
final class BuildRun: Sendable {
    private struct Progress: Sendable {
        var rendered = 0
        /// How many files are planned so far, and how many of them are made.
        var planned = 0
        var done = 0
        var problems: [BuildReport.Problem] = []
        /// By template: how many records failed, and the first of them by address.
        var failed: [String: (count: Int, address: String, error: TemplateError)] = [:]
    }

    let site: SiteContext
    let theme: Theme
    let publisher: Publisher
    let content: DatabaseContent
    private let options: BuildOptions
    /// Runs what renders and writes files.
    let executor: BlockingExecutor
    private let progress = Mutex(Progress())
    /// Of the files of the API that this build made.
    let digests = Mutex(FileDigests())

    /// How many posts are read from the database at once.
    static let batchSize = 128
    /// How much room a buffer keeps from one file to the next.
    private static let keptCapacity = 1 << 20

    init(site: SiteContext, theme: Theme, publisher: Publisher, content: DatabaseContent, options: BuildOptions) {
        self.site = site
        self.theme = theme
        self.publisher = publisher
        self.content = content
        self.options = options
        executor = BlockingExecutor(width: options.workerCount + 2)
    }

    var workers: Int { options.workerCount }

    /// How many files were made anew so far.
    var rendered: Int { progress.withLock { $0.rendered } }

    /// Renders the bodies that the store does not have yet, so that any page may show a part of any post.
    func renderBodies(_ renderer: BodyRenderer) async throws {
        let documents = site.documents
        let posts = site.index.posts.filter { !documents.contains(.init($0.post)) }
        try await inBatches(posts) { [content] batch in
            try await content.postBodies(batch.map(\.post.id))
        } process: { entry, bodies, _ in
            let (post, text) = (entry.post, bodies[entry.post.id] ?? BodyText())
            try documents.add(
                .init(post), source: renderer.source(text, title: post.title, on: entry.path)
            ) { renderer.render(text, title: post.title, on: entry.path) }
        }
        let pages = site.index.pages.filter { !documents.contains(.init($0)) }
        try await inBatches(pages) { [content] batch in
            try await content.pageBodies(batch.map(\.id))
        } process: { page, bodies, _ in
            let text = bodies[page.id] ?? BodyText()
            try documents.add(
                .init(page), source: renderer.source(text, title: page.title, on: page.path)
            ) { renderer.render(text, title: page.title, on: page.path) }
        }
    }

    /// Makes and stages every file whose inputs changed; the others are kept.
    func produce(_ plan: SitePlan) async throws {
        progress.withLock { $0.planned += plan.count }
        for copy in plan.copies where !publisher.keep(copy.target.path, inputs: copy.target.inputs) {
            try publisher.stage(
                copy.target.path, copyOf: copy.source, inputs: copy.target.inputs, as: copy.target.stage)
            countRendered(copy.target.path)
        }
        let files = plan.files.filter { !publisher.keep($0.target.path, inputs: $0.target.inputs) }
        let posts = try await changed(plan.posts)
        // Neither waits for the other: some of the files are so large that one core would make them while the others rest.
        async let areFilesMade: Void = inSlices(files) { [self] slice in
            var buffer: [UInt8] = []
            for file in slice {
                try Task.checkCancellation()
                try make(file.target, &buffer, file.write)
            }
            report(slice.count)
        }
        async let arePostsMade: Void = producePosts(posts)
        _ = try await (areFilesMade, arePostsMade)
    }

    /// Throws what makes the build as a whole fail; else gives what has to be said of it.
    func finish(_ plan: SitePlan) throws -> [BuildReport.Problem] {
        try site.documents.check()
        let progress = progress.withLock { $0 }
        // A template that fails on every record of its kind is broken; there is nothing to publish of it.
        for (template, failure) in progress.failed.sorted(by: { $0.key < $1.key }) {
            let files = plan.files.count { $0.target.isRecord && $0.target.template == template }
            let posts = plan.posts.count {
                $0.page != nil && theme.template(of: site.index.posts[$0.position].post) == template
            }
            if failure.count == files + posts { throw failure.error }
        }
        return progress.problems + site.commentProblems + site.linkProblems
    }

    /// Makes one file and stages it. A record whose template fails keeps the page it had.
    func make(
        _ target: Target, _ buffer: inout [UInt8], _ write: (inout [UInt8]) throws -> Void
    ) throws {
        // The room of a large file would be missed by others.
        if buffer.capacity > Self.keptCapacity { buffer = [] } else { buffer.removeAll(keepingCapacity: true) }
        do {
            try write(&buffer)
            if site.configuration.output.minifyHTML, target.path.string.hasSuffix(".html") {
                buffer = HTMLMinifier.minify(buffer)
            }
        } catch let error as TemplateError where target.isRecord {
            keepPrevious(target, error)
            return
        }
        var content: ContentHash?
        if target.path.string.hasPrefix(SitePaths.api.dropFirst()) {
            let digest = FileDigest(of: buffer)
            digests.withLock { $0.add(digest) }
            content = digest.content
        }
        try publisher.stage(target.path, buffer, inputs: target.inputs, as: target.stage, content: content)
        countRendered(target.path)
    }

    /// Counts a file that was made anew.
    func countRendered(_ path: OutputPath) {
        progress.withLock { $0.rendered += 1 }
        options.rendered?(path.string)
    }

    private func keepPrevious(_ target: Target, _ error: TemplateError) {
        let isKept = publisher.keepPrevious(target.path)
        let consequence = isKept ? "the page stays as it was" : "the page is missing"
        progress.withLock { progress in
            progress.problems.append(.init(.error, page: target.address, "\(consequence): \(error)"))
            let template = target.template ?? ""
            var failed = progress.failed[template] ?? (0, target.address, error)
            failed.count += 1
            // The first by address, not by time: the same run gives the same message.
            if target.address.utf8.lexicographicallyPrecedes(failed.address.utf8) {
                failed.address = target.address
                failed.error = error
            }
            progress.failed[template] = failed
        }
    }

    func report(_ count: Int) {
        guard let report = options.progress else { return }
        let (done, planned) = progress.withLock { progress in
            progress.done += count
            return (progress.done, progress.planned)
        }
        report(done, planned)
    }
}
