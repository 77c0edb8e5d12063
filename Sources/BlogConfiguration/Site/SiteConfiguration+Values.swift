import Foundation

extension SiteConfiguration {
    /// An absolute http(s) URL with a host and without query, fragment or user, ending with a slash.
    static func baseURL(_ node: DataNode) -> String? {
        guard let text = node.text, let components = URLComponents(string: text),
            let scheme = components.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = components.host, !host.isEmpty,
            components.query == nil, components.fragment == nil, components.user == nil
        else { return nil }
        return text.hasSuffix("/") ? text : text + "/"
    }

    /// The path under which the host serves the site, with both slashes: `/` or `/blog/`.
    package var basePath: String {
        let path = URLComponents(string: url)?.percentEncodedPath ?? "/"
        return path.isEmpty ? "/" : path
    }

    /// The host of the site's own links, with the port if the URL has one: `example.org`.
    package var host: String {
        let components = URLComponents(string: url)
        return [components?.host, components?.port.map(String.init)].compactMap(\.self).joined(separator: ":")
    }

    /// The shape of RFC 5646, not its registry: subtags of letters and digits.
    static func languageTag(_ node: DataNode) -> String? {
        guard let text = node.text else { return nil }
        let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = subtags.first, (2...3).contains(first.count), first.allSatisfy({ $0.isASCII && $0.isLetter }),
            subtags.allSatisfy({
                (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            })
        else { return nil }
        return text
    }

    /// A zone by its name in the tz database. Abbreviations (`CET`) pass where Foundation knows them.
    static func timeZone(_ node: DataNode) -> TimeZone? {
        guard let name = node.text else { return nil }
        return ["UTC", "GMT", "Z"].contains(name.uppercased()) ? .gmt : TimeZone(identifier: name)
    }

    static func isLink(_ text: String) -> Bool {
        if text.hasPrefix("/") { return !text.hasPrefix("//") }
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased() else {
            return false
        }
        return ["http", "https"].contains(scheme) && components.host?.isEmpty == false
    }

    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace || "<>\",?&".unicodeScalars.contains($0) }
    }

    static func withoutTrailingSlashes(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        while path.hasPrefix("./"), path.count > 2 { path = path.dropFirst(2) }
        return String(path)
    }
}
