/// A file that the site will have, and what it is made from.
struct Target: Sendable {
    var path: OutputPath
    /// The page's address, for messages.
    var address: String
    var stage: Publisher.Stage
    /// The hash of all inputs: while it stays the same, the file need not be made again.
    var inputs: ContentHash
    /// The template, for pages made by one.
    var template: String?
    /// Whether the file stands for one record, so that its failure is that record's and not the site's.
    var isRecord = false
}

/// A file that is made from what the build has in memory.
struct PlannedFile: Sendable {
    var target: Target
    /// Puts the file's bytes into a buffer, which is empty.
    var write: @Sendable (inout [UInt8]) throws -> Void
}

/// A file that is copied.
struct PlannedCopy: Sendable {
    var target: Target
    var source: String
}

/// The files of a post, whose body and comments are read when one of them must be made. There are many: what else a target has
/// is found by the post.
struct PlannedPost: Sendable {
    /// In the index.
    var position: Int
    /// What the page is made from; nil when it is not to be made.
    var page: ContentHash?
    /// What the JSON document is made from.
    var json: ContentHash?
}

extension SiteIndex.Entry {
    /// The address of the post's JSON document.
    var jsonAddress: String { APIDocuments.path("posts/\(post.id)") }
}

/// Who asks for a path, as messages name it: made into words only when two ask for the same.
enum Claimant: Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    case post(SiteIndex.Entry)
    case named(String)

    init(stringLiteral name: String) { self = .named(name) }

    var description: String {
        switch self {
        case .post(let entry): "the post \(entry.post.id) (\(entry.post.title))"
        case .named(let name): name
        }
    }
}

/// All files of a site. Each path is claimed once; who comes first keeps it.
struct SitePlan: Sendable {
    private(set) var files: [PlannedFile] = []
    private(set) var copies: [PlannedCopy] = []
    private(set) var posts: [PlannedPost] = []
    private(set) var problems: [BuildReport.Problem] = []
    /// The path of the API's manifest, where the site has one.
    private(set) var manifest: OutputPath?
    /// How many files there are.
    private(set) var count = 0
    private var claimed = PathTable()
    /// By place in `claimed`.
    private var owners: [Claimant] = []

    /// The paths of all files.
    var paths: some Sequence<String> { (0..<claimed.count).lazy.map { [claimed] in claimed.string(at: $0) } }

    /// Whether a file of this address is planned already.
    func isClaimed(_ address: String) -> Bool { claimed.place(of: String(address.dropFirst())) != nil }

    /// Begins the plan of files that are planned while those of this one are made: it has the paths that are taken.
    mutating func split() -> SitePlan {
        var rest = SitePlan()
        rest.claimed = claimed
        rest.owners = owners
        forgetOwners()
        return rest
    }

    /// Forgets who has which path, once all are claimed.
    mutating func forgetOwners() {
        claimed = PathTable()
        owners = []
    }

    mutating func add(_ file: PlannedFile) { files.append(file) }
    mutating func add(_ copy: PlannedCopy) { copies.append(copy) }
    mutating func add(_ post: PlannedPost) { posts.append(post) }

    mutating func report(_ severity: BuildReport.Problem.Severity, page: String, _ message: String) {
        problems.append(.init(severity, page: page, message))
    }

    /// The path of a page, if it is a good one and still free; else the reason becomes a problem of the report.
    ///
    mutating func claim(
        _ address: String, for owner: Claimant, severity: BuildReport.Problem.Severity = .error
    ) -> OutputPath? {
        let path: OutputPath
        do {
            path = try OutputPath.page(at: address)
        } catch {
            report(severity, page: address, "\(owner) cannot be published: \(error.message)")
            return nil
        }
        return claim(path, for: owner, address: address, severity: severity) ? path : nil
    }

    /// Takes the path of the API's manifest, which is made after all other files.
    mutating func claimManifest() {
        let address = APIDocuments.path("manifest")
        manifest = claim(address, for: "the JSON document manifest")
    }

    /// Takes a path for `owner`; false, with a problem of the report, when another has it.
    mutating func claim(
        _ path: OutputPath, for owner: Claimant, address: String, severity: BuildReport.Problem.Severity = .error
    ) -> Bool {
        let (place, isNew) = claimed.insert(path.string)
        guard isNew else {
            report(severity, page: address, "\(owner) is left out: \(owners[place]) has this address already")
            return false
        }
        owners.append(owner)
        count += 1
        return true
    }
}
