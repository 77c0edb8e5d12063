/// What has to be remembered of a page until all pages are read: only what may be wrong, so that memory stays small.
struct PageNotes: Sendable {
    /// A link that needs a look when all pages are known, or that leads nowhere.
    struct Link: Sendable {
        var address: String
        var target: PublishedFiles.Target
        var isImage: Bool
        var line: Int
    }

    /// The published file.
    let path: String
    /// The page's address, without the prefix.
    let address: String
    let linkCount: Int
    let links: [Link]
    let scan: PageScan

    init(_ path: String, of published: PublishedFiles) throws(SiteError) {
        self.path = path
        address = PublishedFiles.address(of: path)
        let scan = PageScan(try published.bytes(of: path))
        linkCount = scan.links.count
        var links: [Link] = []
        var seen: Set<String> = []
        for link in scan.links {
            let target = published.target(of: link.address, on: address)
            switch target {
            case .other, .file(_, nil): continue
            case .file(let file, let fragment?) where file == path && Self.isPlace(fragment, scan.ids): continue
            case .file, .nothing, .external: break
            }
            guard seen.insert(link.address).inserted else { continue }
            links.append(Link(address: link.address, target: target, isImage: link.isImage, line: link.line))
        }
        self.links = links
        self.scan = scan.withoutLinks
    }

    /// Whether a fragment names a place of a page with these ids. The top is one that every page has, and a text fragment
    /// (`#:~:text=`) is looked for by the browser.
    static func isPlace(_ fragment: String, _ ids: Set<String>) -> Bool {
        fragment.isEmpty || fragment == "top" || fragment.hasPrefix(":~:") || ids.contains(fragment)
    }
}
