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
    /// The form that `init(checked:)` reads: the fields behind their hash, because a power cut may leave an index whose
    /// bytes never reached the disk.
    var checkedBytes: [UInt8] {
        var fields = ByteWriter()
        write(to: &fields)
        var whole = ByteWriter()
        whole.write(ContentHash(of: fields.bytes))
        return whole.bytes + fields.bytes
    }

    private func write(to writer: inout ByteWriter) {
        writer.write(html)
        writer.write(summaryHTML)
        writer.write(summaryText)
        writer.write(wordCount)
        writer.write(readingMinutes)
        writer.write(headings.count)
        for heading in headings {
            writer.write(heading.level)
            writer.write(heading.id)
            writer.write(heading.text)
        }
    }

    /// Changes with everything that lists show of the body.
    var summaryHash: ContentHash {
        var print = Fingerprint()
        print.add(summaryHTML)
        print.add(summaryText)
        print.add(readingMinutes)
        return print.hash
    }

    /// Nil when the bytes are damaged.
    init?(checked bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        do {
            guard
                try reader.hash()
                    == bytes.withUnsafeBytes({ ContentHash(of: UnsafeRawBufferPointer(rebasing: $0[16...])) })
            else { return nil }
            html = try reader.text()
            summaryHTML = try reader.text()
            summaryText = try reader.text()
            wordCount = try reader.number()
            readingMinutes = try reader.number()
            let count = try reader.number()
            guard count >= 0, count <= bytes.count else { return nil }
            for _ in 0..<count {
                headings.append(Heading(level: try reader.number(), id: try reader.text(), text: try reader.text()))
            }
        } catch {
            return nil
        }
        guard reader.isAtEnd else { return nil }
    }
}
