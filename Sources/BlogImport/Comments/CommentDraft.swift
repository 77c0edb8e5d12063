import BlogConfiguration
import BlogModels
import Foundation

/// A comment as its source has it, whatever the source is, before it is known which row it is.
struct CommentDraft: Sendable, Hashable {
    /// The source's own id.
    var externalID: String?
    var name: String
    /// An http(s) address, see ``WebLink``.
    var url: String?
    /// Private: an address or its MD5 hash.
    var email: String?
    var content: String
    var format: TextFormat
    var date: Date
    /// What the source says of moderation; `nil` when it says nothing.
    var status: CommentStatus?
    /// Where the source has it, for messages.
    var place: RecordPlace
}

/// Where a record stands: a file, and the line of one that holds many.
struct RecordPlace: Sendable, Hashable {
    /// As the user knows it.
    var path: String
    /// `nil` where the file has no lines.
    var line: Int?

    func diagnostic(
        _ message: String, _ severity: Diagnostic.Severity = .error, suggestion: String? = nil
    ) -> Diagnostic {
        Diagnostic(severity, path: path, line: line, message: message, suggestion: suggestion)
    }
}

extension CommentDraft {
    /// The comment in a file of its own; `name` is the file's for messages.
    init(_ record: CommentRecord, file name: String) {
        let status: CommentStatus? =
            record.isSpam ? .spam : record.isApproved.map { $0 ? .approved : .pending }
        self.init(
            externalID: record.externalID, name: record.name, url: record.url, email: record.email,
            content: record.message, format: record.isHTML ? .html : .markdown, date: record.date, status: status,
            place: RecordPlace(path: name, line: 1))
    }
}
