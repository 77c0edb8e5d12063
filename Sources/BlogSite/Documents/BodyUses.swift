/// What a rendered body takes from outside its text: while all of it stays the same, so does the rendering.
struct BodyUses: Sendable, Hashable {
    var images: [LocalImages.Use] = []
    var links: [DocumentLinks.Use] = []

    var isEmpty: Bool { images.isEmpty && links.isEmpty }

    /// Whether a rendering with the others has the same bytes: an image may have changed and kept its size.
    func rendersLike(_ other: BodyUses) -> Bool {
        links == other.links && images.map(\.size) == other.images.map(\.size)
    }

    /// What pages that show the body depend on.
    var hash: ContentHash {
        guard !isEmpty else { return .unknown }
        var print = Fingerprint()
        for use in images {
            print.add(use.address)
            print.add(use.size?.width ?? 0)
            print.add(use.size?.height ?? 0)
        }
        for use in links {
            print.add(use.reference)
            print.add(use.path)
        }
        return print.hash
    }
}

/// What bodies can take from outside, as it is now.
struct Surroundings: Sendable {
    var images: LocalImages?
    var links: DocumentLinks?

    func current(_ old: BodyUses) -> BodyUses {
        BodyUses(
            images: old.images.map { images?.current($0) ?? $0 }, links: old.links.map { links?.current($0) ?? $0 })
    }
}

extension BodyUses {
    /// In the form that `init(from:)` reads.
    func write(to writer: inout ByteWriter) {
        writer.write(images.count)
        for use in images { use.write(to: &writer) }
        writer.write(links.count)
        for use in links { use.write(to: &writer) }
    }

    init(from reader: inout ByteReader) throws(ByteReader.Truncated) {
        for _ in 0..<(try reader.number()) { images.append(try LocalImages.Use(from: &reader)) }
        for _ in 0..<(try reader.number()) { links.append(try DocumentLinks.Use(from: &reader)) }
    }
}
