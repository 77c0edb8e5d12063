/// The theme's assets under names that change with their content, so that a server may let browsers keep them for ever:
/// `style.css` is published as `assets/style.1f2e3d4c.css`.
struct AssetSet: Sendable {
    struct Asset: Sendable {
        /// As templates name it: relative to `templates/assets/`.
        var name: String
        /// Where it is published: relative to the output folder.
        var outputPath: String
        var bytes: [UInt8]
    }

    let assets: [Asset]
    private let paths: [String: String]

    /// Gives each file its name. In style sheets, `url(…)` of another asset becomes the name that asset is published by.
    init(_ files: [(name: String, bytes: [UInt8])]) {
        var paths: [String: String] = [:]
        var assets: [Asset] = []
        // Style sheets come last: their own content depends on the other assets' names. Style sheets that name each other
        // (`@import`) get the names in order, so only an earlier one is replaced.
        let isStyle: (String) -> Bool = { $0.hasSuffix(".css") }
        for (name, bytes) in files.filter({ !isStyle($0.name) }) + files.filter({ isStyle($0.name) }) {
            let content = isStyle(name) ? Self.rewrite(bytes, of: name, paths) : bytes
            let path = "assets/" + Self.fingerprinted(name, ContentHash(of: content))
            paths[name] = path
            assets.append(Asset(name: name, outputPath: path, bytes: content))
        }
        self.paths = paths
        self.assets = assets.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The address of an asset, without the base URL's prefix; nil when the theme has none of that name.
    func path(of name: String) -> String? { paths[name].map { "/" + $0 } }

    /// The names templates can use, for suggestions.
    var names: [String] { assets.map(\.name) }

    /// Changes when any address changes.
    var fingerprint: ContentHash {
        var print = Fingerprint()
        for asset in assets { print.add(asset.outputPath) }
        return print.hash
    }

    /// `fonts/a.b.woff2` with eight digits of the hash before the last extension.
    static func fingerprinted(_ name: String, _ hash: ContentHash) -> String {
        let digits = hash.description.prefix(8)
        let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        guard let dot = name[slash...].lastIndex(of: "."), dot != slash else { return "\(name).\(digits)" }
        return "\(name[..<dot]).\(digits)\(name[dot...])"
    }

    private static func rewrite(_ bytes: [UInt8], of name: String, _ paths: [String: String]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        // The page of an asset is its own address below /assets/.
        let page = "/assets/" + name
        let rewritten = CSSAddresses.rewrite(text) { address in
            guard !Reference.isExternal(address), !Reference.isRooted(address) else { return address }
            let end = address.firstIndex { $0 == "?" || $0 == "#" } ?? address.endIndex
            let target = Reference.resolve(String(address[..<end]), on: page)
            guard target.hasPrefix("/assets/"), let path = paths[String(target.dropFirst("/assets/".count))] else {
                return address
            }
            return relative("/" + path, to: page) + address[end...]
        }
        return Array(rewritten.utf8)
    }

    /// A relative reference, so that a style sheet works under any base URL.
    private static func relative(_ path: String, to page: String) -> String {
        let from = page.split(separator: "/").dropLast()
        let to = path.split(separator: "/")
        let shared = zip(from, to).prefix { $0 == $1 }.count
        return String(repeating: "../", count: from.count - shared) + to[shared...].joined(separator: "/")
    }
}

/// The addresses in a style sheet.
enum CSSAddresses {
    /// The text with each address in `url(…)` replaced by what `transform` makes of it.
    static func rewrite(_ css: String, _ transform: (String) -> String) -> String {
        var result = ""
        var rest = css[...]
        while let found = rest.firstRange(of: "url(") {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            guard let close = rest.firstIndex(of: ")") else { break }
            let inside = rest[..<close]
            let quotes: Set<Character> = ["\"", "'", " ", "\n", "\t"]
            let leading = inside.prefix { quotes.contains($0) }
            let trailing = inside.dropFirst(leading.count).reversed().prefix { quotes.contains($0) }.reversed()
            let address = inside.dropFirst(leading.count).dropLast(trailing.count)
            result += leading + transform(String(address)) + String(trailing)
            rest = rest[close...]
        }
        return result + rest
    }
}
