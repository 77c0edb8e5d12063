/// The headings of a document: title, levels, ids.
enum HeadingOutline {
    static func apply(to document: inout Document, options: MarkdownOptions, omittingTitle title: String?) {
        var headings = nodes(in: document.tree, root: document.root)
        var explicitIDs = headings.map { options.headingIDs ? takeExplicitID(of: $0, in: &document.tree) : nil }
        if let first = headings.first, first == document.tree[document.root].firstChild,
            document.tree[first].number == 1
        {
            document.title = document.inlineText(of: first)
            if document.title == title {
                document.tree.unlink(first)
                headings.removeFirst()
                explicitIDs.removeFirst()
            } else {
                document.titleNode = first
            }
        }
        let hasLevel1 = headings.contains { document.tree[$0].number == 1 }
        document.headingShift = options.demoteHeadings && hasLevel1 ? 1 : 0
        var ids = HeadingIDs(capacity: headings.count)
        document.headings.reserveCapacity(headings.count)
        for (heading, explicitID) in zip(headings, explicitIDs) {
            let text = document.inlineText(of: heading)
            var id = ""
            if options.headingIDs {
                id = ids.unique(explicitID ?? HeadingIDs.slug(text))
                document.tree[heading].text = document.tree.store(id.utf8)
            }
            let level = min(6, Int(document.tree[heading].number) + document.headingShift)
            document.headings.append(.init(level: level, id: id, text: text))
        }
    }

    private static func nodes(in tree: Tree, root: NodeID) -> [NodeID] {
        var headings: [NodeID] = []
        var node = root
        while node != Tree.none {
            if tree[node].kind == .heading { headings.append(node) }
            node = tree.following(node, in: root)
        }
        return headings
    }

    /// Cuts `{#id}` off the end of a heading.
    private static func takeExplicitID(of heading: NodeID, in tree: inout Tree) -> String? {
        let last = tree[heading].lastChild
        guard last != Tree.none, tree[last].kind == .text else { return nil }
        let text = tree.text[tree[last].text.indices]
        guard text.last == UInt8(ascii: "}"), let open = text.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let id = text[open...].dropFirst().dropLast()
        guard id.first == UInt8(ascii: "#"), id.count > 1,
            id.dropFirst().allSatisfy({ $0.isASCIIAlphanumeric || idBytes.contains($0) || $0 >= 0x80 })
        else { return nil }
        let name = String(decoding: id.dropFirst(), as: UTF8.self)
        tree[last].text.end = Int32(text.startIndex + text[..<open].trimmed.count)
        // White space in front is kept.
        let leading = text[..<open].prefix { $0 == .space || $0 == .tab }.count
        if tree[last].text.end > tree[last].text.start { tree[last].text.end += Int32(leading) }
        return name
    }

    private static let idBytes = ByteSet("-_.:")
}

/// Ids by GitHub's rule: lower case, letters, digits, `_` and `-` stay, spaces become `-`, the rest goes; a number
/// makes them unique.
struct HeadingIDs {
    /// The ids in use, each with the last number that was put behind it.
    private var counts: [String: Int]

    init(capacity: Int) { counts = Dictionary(minimumCapacity: capacity) }

    static func slug(_ text: String) -> String {
        var text = text
        if let slug = text.withUTF8({ asciiSlug($0) }) { return slug.isEmpty ? "section" : slug }
        var slug = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .connectorPunctuation:
                slug.unicodeScalars.append(scalar)
            default:
                if scalar == " " || scalar == "-" { slug.unicodeScalars.append("-") }
            }
        }
        return slug.isEmpty ? "section" : slug
    }

    /// The same rule for nearly all headings; nil if the text is not ASCII.
    private static func asciiSlug(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        var isASCII = true
        let slug = String(unsafeUninitializedCapacity: text.count) { slug in
            var count = 0
            for byte in text {
                if byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") {
                    slug[count] = byte.asciiLowercased
                    count += 1
                } else if byte == .space {
                    slug[count] = UInt8(ascii: "-")
                    count += 1
                } else if byte >= 0x80 {
                    isASCII = false
                }
            }
            return count
        }
        return isASCII ? slug : nil
    }

    mutating func unique(_ id: String) -> String {
        guard var count = counts[id] else {
            counts[id] = 0
            return id
        }
        var result: String
        repeat {
            count += 1
            result = "\(id)-\(count)"
        } while counts[result] != nil
        counts[id] = count
        counts[result] = 0
        return result
    }
}
