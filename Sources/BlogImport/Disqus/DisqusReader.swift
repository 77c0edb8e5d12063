import BlogConfiguration
import BlogModels
import Foundation
import XML

/// Reads a Disqus export: flat lists of categories, threads (the pages) and posts (the comments).
///
/// https://help.disqus.com/en/articles/1717164-comments-export
struct DisqusReader: ArchiveReader {
    private(set) var threads: [String: ArchivedThread] = [:]
    private(set) var refusals: [Diagnostic] = []
    private var emptyThreads = 0

    private let xml: XMLReader
    private var isInside = false

    private static let identifiers = "http://disqus.com/disqus-internals"

    init(_ xml: XMLReader) {
        self.xml = xml
    }

    var notes: [String] {
        emptyThreads == 0 ? [] : ["\(xml.path): \(emptyThreads) threads have neither identifier nor link"]
    }

    mutating func next() throws -> ArchivedComment? {
        do {
            while let event = try xml.next() {
                guard case .start(let element) = event else { continue }
                if !isInside {
                    guard element.name.local == "disqus" else {
                        throw xml.error("the root element is <\(element.name.local)>, expected <disqus>")
                    }
                    isInside = true
                    continue
                }
                switch element.name.local {
                case "thread": try readThread(element)
                case "post":
                    let post = try Post(reading: xml, element)
                    do throws(Diagnostic) {
                        return try post.comment(named: xml.path)
                    } catch {
                        refusals.append(error)
                    }
                default: try xml.skip()
                }
            }
            return nil
        } catch let error as XMLError {
            throw Diagnostic(error)
        }
    }

    private static func id(_ element: XMLElement) -> String? {
        let id = element["id", in: identifiers] ?? element["id"]
        return id.flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func readThread(_ element: XMLElement) throws {
        var identifier = ""
        var link = ""
        try xml.children { child in
            switch child.name.local {
            case "id": identifier = try xml.text().trimmed
            case "link": link = try xml.text().trimmed
            default: break
            }
        }
        let names = [identifier, link].filter { !$0.isEmpty }.map(ThreadKey.path(ofAddress:))
        if names.isEmpty { emptyThreads += 1 }
        if let id = Self.id(element) {
            threads[id] = ArchivedThread(names: names, place: RecordPlace(path: xml.path, line: element.line))
        }
    }

    /// A `<post>`, as it is written.
    private struct Post {
        var id: String?
        var line: Int
        var message = ""
        var createdAt = ""
        var isDeleted = false
        var isSpam = false
        var isApproved = true
        var name = ""
        var username = ""
        var email = ""
        var isAnonymous = true
        var thread: String?
        var parent: String?

        init(reading xml: XMLReader, _ element: XMLElement) throws {
            id = DisqusReader.id(element)
            line = element.line
            var post = self
            try xml.children { child in
                switch child.name.local {
                case "message": post.message = try xml.text()
                case "createdAt": post.createdAt = try xml.text().trimmed
                case "isDeleted": post.isDeleted = try xml.text().trimmed == "true"
                case "isSpam": post.isSpam = try xml.text().trimmed == "true"
                case "isApproved": post.isApproved = try xml.text().trimmed != "false"
                case "thread": post.thread = DisqusReader.id(child)
                case "parent": post.parent = DisqusReader.id(child)
                case "author":
                    try xml.children { field in
                        switch field.name.local {
                        case "name": post.name = try xml.text().trimmed
                        case "username": post.username = try xml.text().trimmed
                        case "email": post.email = try xml.text().trimmed
                        case "isAnonymous": post.isAnonymous = try xml.text().trimmed != "false"
                        default: break
                        }
                    }
                // The address of the author's machine, first of all.
                default: break
                }
            }
            self = post
        }

        func comment(named path: String) throws(Diagnostic) -> ArchivedComment {
            let place = RecordPlace(path: path, line: line)
            guard let id, id.utf8.count <= 200 else { throw place.diagnostic("a comment without id") }
            guard let thread else { throw place.diagnostic("the comment \(id) names no thread") }
            let date: Date
            do {
                date = try SourceDate.read(createdAt, in: .gmt)
            } catch {
                throw place.diagnostic("the comment \(id): \(error.message)")
            }
            guard isDeleted || !message.trimmed.isEmpty else { throw place.diagnostic("the comment \(id) is empty") }
            let status: CommentStatus = isSpam ? .spam : isDeleted ? .deleted : isApproved ? .approved : .pending
            let names = [name, username, "Anonymous"]
            return ArchivedComment(
                draft: CommentDraft(
                    externalID: id, name: TextLimit.cut(names.first { !$0.isEmpty } ?? "", to: 200),
                    email: email.isEmpty || email.unicodeScalars.count > 320 ? nil : email, content: message,
                    format: .html, date: date, status: status, place: place),
                parent: parent, thread: thread, hasVerifiedEmail: !isAnonymous)
        }
    }
}

extension Diagnostic {
    /// What is wrong with a document as a whole.
    init(_ error: XMLError) {
        self.init(path: error.path, line: error.line, message: error.message)
    }
}
