/// Puts together what the pages of a site tell of each other.
struct PageFindings {
    private let published: PublishedFiles
    private let places: SourcePlaces
    private var pages: [PageNotes] = []

    init(published: PublishedFiles, places: SourcePlaces) {
        self.published = published
        self.places = places
    }

    mutating func add(_ page: PageNotes) { pages.append(page) }

    var linkCount: Int { pages.reduce(0) { $0 + $1.linkCount } }

    /// In the order of their paths: tasks end in any order.
    private var sorted: [PageNotes] { pages.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } }

    // MARK: Links

    /// Links and images that lead nowhere, and links to places that their pages do not have.
    func linkFindings() throws(SiteError) -> [CheckFinding] {
        var ids: [String: Set<String>] = [:]
        for page in pages { ids[page.path] = page.scan.ids }
        var findings: [CheckFinding] = []
        for page in sorted {
            for link in page.links {
                switch link.target {
                case .nothing:
                    let what = link.isImage ? "the image" : "the link to"
                    findings.append(
                        finding(
                            link.isImage ? .image : .link, .error, page, link,
                            "\(what) \"\(link.address)\" leads to no file of the site"))
                case .file(let file, let fragment?):
                    // Only pages have places; a fragment of an image or a PDF is the viewer's affair.
                    guard let known = ids[file], !PageNotes.isPlace(fragment, known) else { continue }
                    findings.append(
                        finding(
                            .anchor, .error, page, link,
                            "the link to \"\(link.address)\" leads to a page without the place \"#\(fragment)\""))
                case .file, .external, .other: continue
                }
            }
        }
        return Self.merged(findings)
    }

    /// A finding at the place of the source that has the address; else at the published page.
    private func finding(
        _ kind: CheckFinding.Kind, _ severity: CheckFinding.Severity, _ page: PageNotes, _ link: PageNotes.Link,
        _ message: String
    ) -> CheckFinding {
        // A body may name an address relative to the site, to the page, or through the base URL.
        let written = [link.address, Self.withoutPrefix(link.address, published.address)]
        if let place = places.place(of: page.address, mentioning: written), let line = place.line {
            return CheckFinding(
                kind: kind, severity: severity, file: place.file, line: line, page: page.address, message: message)
        }
        return CheckFinding(
            kind: kind, severity: severity, file: "output/" + page.path, line: link.line, page: page.address,
            message: message)
    }

    private static func withoutPrefix(_ address: String, _ site: SiteAddress) -> String {
        if address.hasPrefix(site.base) { return "/" + address.dropFirst(site.base.count) }
        return !site.prefix.isEmpty && address.hasPrefix(site.prefix + "/")
            ? String(address.dropFirst(site.prefix.count)) : address
    }

    /// What a template repeats on many pages is told once, with their number.
    private static func merged(_ findings: [CheckFinding]) -> [CheckFinding] {
        var first: [String: Int] = [:]
        var result: [CheckFinding] = []
        for finding in findings {
            let key =
                finding.file.hasPrefix("output/") ? finding.message : "\(finding.description) \(finding.page ?? "")"
            if let index = first[key] {
                result[index].otherPages += 1
            } else {
                first[key] = result.count
                result.append(finding)
            }
        }
        return result
    }

    // MARK: What pages say of themselves

    /// Images without a text, pages without title, language or heading, ids that occur twice, and titles and descriptions
    /// that several pages have.
    func htmlFindings() -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for page in sorted {
            for image in page.scan.silentImages {
                let message =
                    "the image \"\(image.address)\" has no text for those who do not see it; an empty one says that it only decorates"
                let link = PageNotes.Link(address: image.address, target: .other, isImage: true, line: image.line)
                findings.append(finding(.alt, .error, page, link, message))
            }
            for (id, line) in page.scan.repeatedIDs {
                let link = PageNotes.Link(address: id, target: .other, isImage: false, line: line)
                findings.append(finding(.html, .error, page, link, "the id \"\(id)\" is there twice"))
            }
            guard !page.scan.isUnlisted else { continue }
            if (page.scan.title ?? "").isEmpty { findings.append(whole(page, .title, .error, "the page has no title")) }
            if (page.scan.language ?? "").isEmpty {
                findings.append(whole(page, .html, .error, "the page does not name its language"))
            }
            if page.scan.headings != 1 {
                findings.append(
                    whole(
                        page, .html, .warning, "the page has \(page.scan.headings) headings of the first level, not one"
                    ))
            }
        }
        return Self.merged(findings) + repeated(.title, \.title) + repeated(.description, \.description)
    }

    private func whole(
        _ page: PageNotes, _ kind: CheckFinding.Kind, _ severity: CheckFinding.Severity, _ message: String
    ) -> CheckFinding {
        let file = places.place(of: page.address, mentioning: [])?.file ?? "output/" + page.path
        return CheckFinding(kind: kind, severity: severity, file: file, page: page.address, message: message)
    }

    /// Pages that say the same of themselves: search engines show them as if they were one.
    private func repeated(_ kind: CheckFinding.Kind, _ text: KeyPath<PageScan, String?>) -> [CheckFinding] {
        var byText: [String: [PageNotes]] = [:]
        for page in sorted where !page.scan.isUnlisted {
            if let text = page.scan[keyPath: text], !text.isEmpty { byText[text, default: []].append(page) }
        }
        return byText.values.filter { $0.count > 1 }.map { pages in
            let (first, second) = (pages[0], pages[1])
            let text = first.scan[keyPath: text] ?? ""
            var finding = whole(
                second, kind, .warning, "the \(kind.rawValue) \"\(text)\" is that of \(first.address) too")
            finding.otherPages = pages.count - 2
            return finding
        }
    }

    // MARK: Other hosts

    /// Asks for every address on another host once; gives how many there are and which are gone.
    func externalFindings(_ external: ExternalLinks) throws(SiteError) -> (addresses: Int, [CheckFinding]) {
        var first: [String: (page: PageNotes, link: PageNotes.Link)] = [:]
        for page in sorted {
            for link in page.links {
                guard case .external(let address) = link.target else { continue }
                let whole = String(address.prefix { $0 != "#" })
                if first[whole] == nil { first[whole] = (page, link) }
            }
        }
        let answers = try external.ask(first.keys.sorted())
        let findings = answers.compactMap { address, answer -> CheckFinding? in
            guard let problem = answer.problem, let (page, link) = first[address] else { return nil }
            return finding(
                .external, problem.severity, page, link, "the link to \"\(link.address)\": \(problem.message)")
        }
        return (first.count, findings)
    }
}
