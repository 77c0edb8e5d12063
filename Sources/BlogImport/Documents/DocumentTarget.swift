import BlogConfiguration
import BlogModels

/// A post or page file with the row that it is or becomes.
struct DocumentTarget: Sendable {
    /// A row of a pivot table, with its id.
    struct Link: Sendable, Hashable {
        var id: Int
        var target: Int
        var position: Int
    }

    var draft: DocumentDraft
    var digest: String
    var stamp: FileStamp
    var match: IdentityMatcher.Match
    var id: Int
    /// Slug of a post, path of a page.
    var key: String
    var authorID = 0
    var tagIDs: [Int] = []
    var coAuthorIDs: [Int] = []

    var isNew: Bool { match == .new }
    var isRenamed: Bool {
        if case .rename = match { return true }
        return false
    }
}

/// What a plan makes of a batch of files: a row for each, or a refusal.
struct DocumentPlan: Sendable {
    /// A file that waits for its row.
    struct Candidate: Sendable {
        var draft: DocumentDraft
        var digest: String
        var stamp: FileStamp
    }

    var targets: [DocumentTarget] = []
    var refusals: [Diagnostic] = []
    var warnings: [Diagnostic] = []
    /// Rows whose file is refused: they stay what they are.
    var keptRows: Set<Int> = []

    /// - `currentKeys`: slug or path of every row of the kind.
    /// - `holder`: names the file that has a key, for messages.
    init(
        _ candidates: [Candidate], matcher: IdentityMatcher, currentKeys: [Int: String], ids: inout IDSequence,
        holder: (String) -> String?
    ) {
        let matches = matcher.match(
            candidates.map {
                .init(
                    path: $0.draft.path, uid: $0.draft.fields.uid, bodyDigest: $0.draft.bodyDigest,
                    key: $0.draft.wantedKey)
            })
        var open = Array(candidates.indices)
        var assignments: [SlugAssigner.Assignment] = []
        // A refused file's row keeps its slug, which may be the one another file was to get: begin again without it.
        while true {
            let rows = Set(open.compactMap { matches[$0].rowID })
            let taken = Set(currentKeys.filter { !rows.contains($0.key) }.values)
            let isPage = candidates.first?.draft.kind == .page
            let assigner = SlugAssigner(taken: taken) { isPage ? Self.numberedPath($0, $1) : "\($0)-\($1)" }
            assignments = assigner.assign(
                open.map { index in
                    SlugAssigner.Request(
                        wanted: candidates[index].draft.wantedKey, isExplicit: candidates[index].draft.isKeyExplicit,
                        current: matches[index].rowID.flatMap { currentKeys[$0] })
                })
            var refused: Set<Int> = []
            for (position, index) in open.enumerated() {
                guard case .refused(let by) = assignments[position] else { continue }
                let draft = candidates[index].draft
                let other = by.map { candidates[open[$0]].draft.header.path } ?? holder(draft.wantedKey)
                refusals.append(
                    draft.diagnostic(
                        at: draft.keyField,
                        "the \(isPage ? "path" : "slug") \"\(draft.wantedKey)\" is taken\(other.map { " by \($0)" } ?? "")"
                    ))
                if let row = matches[index].rowID { keptRows.insert(row) }
                refused.insert(index)
            }
            if refused.isEmpty { break }
            open.removeAll { refused.contains($0) }
        }
        for (position, index) in open.enumerated() {
            let candidate = candidates[index]
            let key: String
            switch assignments[position] {
            case .given(let text): key = text
            case .numbered(let text):
                key = text
                warnings.append(
                    candidate.draft.diagnostic(
                        .warning, at: "slug", "\"\(candidate.draft.wantedKey)\" is taken, so this is \"\(text)\"",
                        suggestion: "give it a \"slug\" of its own"))
            case .refused: continue
            }
            targets.append(
                DocumentTarget(
                    draft: candidate.draft, digest: candidate.digest, stamp: candidate.stamp, match: matches[index],
                    id: matches[index].rowID ?? ids.next(), key: key))
        }
    }

    /// `/about-2/` of `/about/` and 2.
    static func numberedPath(_ path: String, _ number: Int) -> String {
        path.hasSuffix("/") ? "\(path.dropLast())-\(number)/" : "\(path)-\(number)"
    }
}

extension DocumentDraft {
    /// The slug that a post wants, or the path that a page wants.
    var wantedKey: String {
        guard kind == .page else { return wantedSlug.text }
        if let path = fields.path { return path.text }
        guard let slug = fields.slug else { return derivedPath }
        let folders = derivedPath.split(separator: "/").dropLast()
        return "/" + (folders + [Substring(slug.text)]).joined(separator: "/") + "/"
    }

    /// Whether the front matter asks for the key by name.
    var isKeyExplicit: Bool {
        fields.slug != nil || (kind == .page && fields.path != nil)
    }

    /// The field that messages about the key point at.
    var keyField: String {
        kind == .page && fields.path != nil ? "path" : "slug"
    }
}
