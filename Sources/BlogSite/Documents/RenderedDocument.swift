/// What pages need of a rendered body, as the cache keeps it.
struct RenderedDocument: Sendable, Equatable {
    struct Heading: Sendable, Equatable {
        var level: Int
        var id: String
        var text: String
    }

    var html = ""
    var summaryHTML = ""
    var summaryText = ""
    var wordCount = 0
    /// At least 1.
    var readingMinutes = 1
    var headings: [Heading] = []
}

extension RenderedDocument {
    /// What lists show of a body.
    struct Summary: Sendable, Equatable {
        var html = ""
        var text = ""
        var readingMinutes = 1
    }

    var summary: Summary { Summary(html: summaryHTML, text: summaryText, readingMinutes: readingMinutes) }

    /// The form that the initialisers read: first what lists show, which are many and read no more than that, then the
    /// rest. Both stand behind their hash, because a power cut may leave an index whose bytes never reached the disk.
    var checkedBytes: (head: [UInt8], rest: [UInt8]) {
        var rest = ByteWriter()
        rest.write(html)
        rest.write(wordCount)
        rest.write(headings.count)
        for heading in headings {
            rest.write(heading.level)
            rest.write(heading.id)
            rest.write(heading.text)
        }
        return (summary.checkedBytes, rest.checkedBytes)
    }

    /// Nil when the bytes are damaged.
    init?(head: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
        guard let summary = Summary(checked: head), var reader = ByteReader(checked: rest) else { return nil }
        summaryHTML = summary.html
        summaryText = summary.text
        readingMinutes = summary.readingMinutes
        do {
            html = try reader.text()
            wordCount = try reader.number()
            let count = try reader.number()
            guard count >= 0, count <= rest.count else { return nil }
            for _ in 0..<count {
                headings.append(Heading(level: try reader.number(), id: try reader.text(), text: try reader.text()))
            }
        } catch {
            return nil
        }
        guard reader.isAtEnd else { return nil }
    }

    /// The HTML alone; nil when the bytes are damaged.
    static func html(rest: ArraySlice<UInt8>) -> String? {
        guard var reader = ByteReader(checked: rest) else { return nil }
        return try? reader.text()
    }
}

extension RenderedDocument.Summary {
    /// Changes with everything in it.
    var hash: ContentHash { ContentHash(of: fields.bytes) }

    fileprivate var checkedBytes: [UInt8] { fields.checkedBytes }

    private var fields: ByteWriter {
        var writer = ByteWriter()
        writer.write(html)
        writer.write(text)
        writer.write(readingMinutes)
        return writer
    }

    /// Nil when the bytes are damaged.
    init?(checked bytes: ArraySlice<UInt8>) {
        guard var reader = ByteReader(checked: bytes) else { return nil }
        do {
            html = try reader.text()
            text = try reader.text()
            readingMinutes = try reader.number()
        } catch {
            return nil
        }
        guard reader.isAtEnd else { return nil }
    }
}

extension ByteWriter {
    /// The bytes behind their checksum.
    fileprivate var checkedBytes: [UInt8] {
        var whole = ByteWriter()
        whole.write(ContentHash.checksum(of: bytes))
        return whole.bytes + bytes
    }
}

extension ByteReader {
    /// Reads what stands behind its checksum; nil when it is not what that was made of.
    fileprivate init?(checked bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        do {
            let checksum = try reader.hash()
            let isWhole = bytes.withUnsafeBytes {
                ContentHash.checksum(of: $0[16...]) == checksum
            }
            guard isWhole else { return nil }
        } catch {
            return nil
        }
        self = reader
    }
}
