import Foundation

/// A folder as a static host serves it: `index.html` for folders, `404.html` for what is not there, types by name.
struct StaticFiles: Sendable {
    let root: String
    /// The path of the site's URL, when the site does not live at the root of its host.
    let basePath: String

    init(root: String, basePath: String) {
        self.root = root
        self.basePath = basePath.hasSuffix("/") ? basePath : basePath + "/"
    }

    /// The answers there are.
    enum Status: Int {
        case ok = 200
        case movedPermanently = 301
        case notFound = 404

        var reason: String {
            switch self {
            case .ok: "OK"
            case .movedPermanently: "Moved Permanently"
            case .notFound: "Not Found"
            }
        }
    }

    struct Answer: Equatable {
        var status: Status
        var type: String
        var body: Data
        var location: String?
    }

    /// What a path, without its query, gets.
    func answer(to path: String) -> Answer {
        guard let file = file(for: path) else { return notFound }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else { return notFound }
        if isFolder.boolValue {
            guard path.hasSuffix("/") else {
                return Answer(
                    status: .movedPermanently, type: "text/plain; charset=utf-8", body: Data(), location: path + "/")
            }
            return content(of: file + "/index.html") ?? notFound
        }
        return content(of: file) ?? notFound
    }

    /// The file that a path names, or `nil` when it would lead out of the folder.
    private func file(for path: String) -> String? {
        guard let decoded = path.removingPercentEncoding, !decoded.contains("\0") else { return nil }
        guard decoded.hasPrefix(basePath) || decoded + "/" == basePath else { return nil }
        let segments = decoded.dropFirst(basePath.count).split(separator: "/")
        guard !segments.contains("..") else { return nil }
        let file = ([root] + segments.map(String.init)).joined(separator: "/")
        // A link inside the folder must not lead out of it either.
        let real = URL(filePath: file).resolvingSymlinksInPath().path
        let realRoot = URL(filePath: root).resolvingSymlinksInPath().path
        return real == realRoot || real.hasPrefix(realRoot + "/") ? file : nil
    }

    private func content(of file: String) -> Answer? {
        guard let body = FileManager.default.contents(atPath: file) else { return nil }
        return Answer(status: .ok, type: Self.type(of: file), body: body)
    }

    private var notFound: Answer {
        let page = FileManager.default.contents(atPath: root + "/404.html")
        return Answer(
            status: .notFound, type: page == nil ? "text/plain; charset=utf-8" : "text/html; charset=utf-8",
            body: page ?? Data("Not found\n".utf8))
    }

    static func type(of file: String) -> String {
        switch URL(filePath: file).pathExtension.lowercased() {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": file.hasSuffix("feed.json") ? "application/feed+json" : "application/json"
        case "xml": "application/xml; charset=utf-8"
        case "txt", "sql", "md": "text/plain; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "avif": "image/avif"
        case "ico": "image/x-icon"
        case "pdf": "application/pdf"
        case "woff2": "font/woff2"
        case "mp4": "video/mp4"
        default: "application/octet-stream"
        }
    }
}
