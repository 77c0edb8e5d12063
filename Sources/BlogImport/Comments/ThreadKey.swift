import BlogModels
import Foundation

/// What names a page in comment systems, in the forms that can be compared.
enum ThreadKey {
    /// The path of an address: `/2024/hello/` of `https://example.org/2024/hello/?utm=x#comments`. The address itself when
    /// it has a query that names a post (`?p=12`), or when it is none.
    static func path(ofAddress address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return address }
        let rest = address[start...].prefix { $0 != "#" }
        let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] } ?? ""
        if query.split(separator: "&").contains(where: { $0.hasPrefix("p=") || $0.hasPrefix("page_id=") }) {
            return String(address.prefix { $0 != "#" })
        }
        let path = rest.prefix { $0 != "?" }.drop { $0 != "/" }
        return path.isEmpty ? "/" : path.removingPercentEncoding ?? String(path)
    }

    /// An address without what changes when a site moves: scheme, `www.`, a slash at the end.
    static func normalized(_ address: String) -> String {
        var rest = Substring(address)
        if let start = rest.firstRange(of: "://")?.upperBound { rest = rest[start...] }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        return rest.lowercased()
    }

    /// At most as long as its column.
    static func short(_ key: String) -> String {
        TextLimit.cut(key.isEmpty ? "/" : key, to: 500)
    }
}
