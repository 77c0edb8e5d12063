/// Where the site lives: `https://example.org/` or, with a path prefix, `https://example.org/blog/`.
///
/// Paths inside this module start with `/` and know nothing of the prefix; `url` and `absolute` make of them what a browser
/// needs.
package struct SiteAddress: Sendable, Hashable {
    /// `https://example.org`
    package let origin: String
    /// What precedes every path: empty, or `/blog`.
    package let prefix: String

    /// Accepts an absolute http or https address without query and fragment; a missing `/` at the end is added.
    package init(_ text: String) throws(SiteError) {
        func refuse(_ reason: String) -> SiteError { SiteError(.configuration, path: text, "no base URL: \(reason)") }
        guard let colon = text.firstRange(of: "://") else { throw refuse("it has no scheme such as https://") }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw refuse("the scheme is neither http nor https") }
        let rest = text[colon.upperBound...]
        guard !rest.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else {
            throw refuse("it has a query, a fragment or white space")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard slash != rest.startIndex else { throw refuse("it has no host") }
        origin = scheme + "://" + rest[..<slash].lowercased()
        let parts = rest[slash...].split(separator: "/")
        guard !parts.contains(where: { $0 == "." || $0 == ".." }) else { throw refuse("its path has . or ..") }
        prefix = parts.isEmpty ? "" : PercentEncoding.reference("/" + parts.joined(separator: "/"))
    }

    /// The absolute address of the home page; ends with `/`.
    package var base: String { origin + prefix + "/" }

    /// What a page's `href` holds for a reference of this site: paths get the prefix and are percent-encoded, anything else
    /// (`https://…`, `mailto:…`, `#part`) stays as it is.
    package func url(_ reference: String) -> String {
        guard Reference.isRooted(reference) else { return reference }
        return prefix + PercentEncoding.reference(reference)
    }

    /// A path of this site as servers compare it: with the prefix, and nothing in it percent-encoded.
    package func path(_ path: String) -> String { PercentEncoding.decoded(prefix) + path }

    /// The same with scheme and host, as feeds, sitemaps and canonical links need it.
    package func absolute(_ reference: String) -> String {
        guard Reference.isRooted(reference) else { return reference }
        return origin + url(reference)
    }

    /// The absolute address of a page of this site, whose path holds nothing that is encoded already.
    package func page(_ path: String) -> String { origin + prefix + PercentEncoding.path(path) }

    /// The address that `reference` means on the page at `page`, a path of this site.
    package func resolve(_ reference: String, on page: String, as form: LinkForm) -> String {
        if Reference.isExternal(reference) { return reference }
        if Reference.isRooted(reference) { return form == .absolute ? absolute(reference) : url(reference) }
        if form == .page { return reference }
        let path = Reference.resolve(reference, on: page)
        return form == .absolute ? absolute(path) : url(path)
    }
}

/// What becomes of a link in a post's text, depending on where the text is shown.
package enum LinkForm: Sendable {
    /// On the post's own page: relative links are right already, only rooted ones need the prefix.
    case page
    /// On another page of the site, such as a summary on the home page: nothing relative remains.
    case otherPage
    /// Outside the site, as in a feed: everything has scheme and host.
    case absolute
}

/// The forms of a link (RFC 3986, section 4.2), as far as a rewrite must tell them apart.
enum Reference {
    /// `/path`, but not `//host/path`.
    static func isRooted(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
    }

    /// `scheme:…` or `//host/…`.
    static func isExternal(_ text: String) -> Bool {
        if text.utf8.starts(with: "//".utf8) { return true }
        guard let first = text.utf8.first, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
            return false
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ":"): return true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                continue
            default: return false
            }
        }
        return false
    }

    /// A relative reference against the path of its page (RFC 3986, section 5.2): `../b?q#f` on `/x/a/` is `/x/b?q#f`.
    static func resolve(_ reference: String, on page: String) -> String {
        let end = reference.firstIndex { $0 == "?" || $0 == "#" } ?? reference.endIndex
        let path = reference[..<end]
        let rest = reference[end...]
        if path.isEmpty { return page + rest }
        var segments = page.split(separator: "/", omittingEmptySubsequences: false).dropFirst().dropLast().map(
            String.init)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part {
            case ".": if isLast { segments.append("") }
            case "..":
                if !segments.isEmpty { segments.removeLast() }
                if isLast { segments.append("") }
            default: segments.append(String(part))
            }
        }
        return "/" + segments.joined(separator: "/") + rest
    }
}
