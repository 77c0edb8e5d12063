/// Writes the Markdown file of one post, front matter and body: 3 to 6 KB of what technical posts are made of.
struct PostFile: Sendable {
    /// Bytes that every file has at least, and never more than.
    static let bytes = 3_072...6_144

    private let outlines: PostOutlines
    private let index: Int
    private let outline: PostOutline
    private var prose: Prose
    private var text = ""

    init(index: Int, settings: CorpusSettings, outlines: PostOutlines) {
        self.outlines = outlines
        self.index = index
        outline = outlines.outline(of: index)
        prose = Prose(random: settings.random(.body, index: index), field: outline.field)
    }

    /// The whole file.
    mutating func write() -> String {
        // The largest block has under 900 bytes, so the file ends below the upper bound.
        let goal = prose.random.number(in: Self.bytes.lowerBound + 64...Self.bytes.upperBound - 1_000)
        writeFrontMatter()
        add(prose.paragraph(sentences: 2...4))
        if prose.random.chance(30) { text += "<!--more-->\n\n" }
        for heading in prose.random.shuffled(Vocabulary.headings) {
            writeSection(heading, until: goal)
            if text.utf8.count >= goal { break }
        }
        while text.utf8.count < goal { add(prose.paragraph(sentences: 3...5)) }
        text.removeLast()
        return text
    }

    private mutating func writeFrontMatter() {
        let published = outline.published
        let date =
            switch prose.random.below(10) {
            case 0..<6: published.dateTime
            case 6..<9: published.dateTime(hoursAhead: prose.random.number(in: -5...9))
            default: published.date
            }
        var lines = ["title: \(outline.title.yamlQuoted)", "date: \(date)", "author: \(outline.author.username)"]
        if prose.random.chance(15) {
            let later = Timestamp(milliseconds: published.milliseconds + prose.random.number(in: 2...400) * 86_400_000)
            lines.append("updated: \(later.dateTime)")
        }
        if prose.random.chance(70) {
            lines.append("tags: [\(outline.tags.joined(separator: ", "))]")
        } else {
            lines.append("tags:")
            lines += outline.tags.map { "  - \($0)" }
        }
        let description = prose.fillCapitalized(prose.random.pick(Vocabulary.descriptions)).filter { $0 != "`" }
        lines.append("description: \(description.yamlQuoted)")
        text = "---\n\(lines.joined(separator: "\n"))\n---\n\n"
    }

    private mutating func writeSection(_ heading: Phrase, until goal: Int) {
        add("## \(prose.fillCapitalized(heading))")
        add(prose.paragraph(sentences: 3...5))
        for _ in 0..<prose.random.number(in: 1...3) where text.utf8.count < goal {
            add(block())
        }
        if text.utf8.count < goal && prose.random.chance(50) {
            add(prose.paragraph(sentences: 2...4))
        }
    }

    private mutating func add(_ block: String) {
        text += block
        text += "\n\n"
    }

    private mutating func block() -> String {
        switch prose.random.below(100) {
        case 0..<22: codeBlock()
        case 22..<42: list()
        case 42..<62: linkParagraph()
        case 62..<72: quotation()
        case 72..<80: table()
        case 80..<86: "### \(prose.fillCapitalized("More about «parts»"))\n\n\(prose.paragraph(sentences: 2...3))"
        case 86..<90: footnote()
        default: prose.paragraph(sentences: 2...5)
        }
    }

    private mutating func codeBlock() -> String {
        // The field's own languages mostly, now and then any other.
        let all = CodeSamples.byLanguage.keys.sorted()
        let language = prose.random.chance(80) ? prose.random.pick(outline.field.languages) : prose.random.pick(all)
        guard let samples = CodeSamples.byLanguage[language] else {
            preconditionFailure("no code sample in \(language)")
        }
        let sample = prose.fill(prose.random.pick(samples))
        return "\(prose.sentence())\n\n```\(language)\n\(sample)\n```"
    }

    private mutating func list() -> String {
        var lines = [prose.fillCapitalized(prose.random.pick(Vocabulary.listLeads)), ""]
        let style = prose.random.below(10)
        for (number, item) in prose.random.shuffled(Vocabulary.listItems).prefix(prose.random.number(in: 3...6))
            .enumerated()
        {
            let text = prose.fill(item)
            switch style {
            case 0..<5: lines.append("- \(text)")
            case 5..<8: lines.append("\(number + 1). \(text)")
            case 8: lines.append("- [\(prose.random.chance(50) ? "x" : " ")] \(text)")
            default: lines.append(number % 2 == 0 ? "* \(text)" : "  * \(text)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A paragraph with a link: to an older post where there is one, else to a page elsewhere.
    private mutating func linkParagraph() -> String {
        let lead = prose.fill(prose.random.pick(Vocabulary.asides))
        guard index > 0 && prose.random.chance(70) else {
            let word = prose.fill("«word»")
            return
                "\(prose.sentence()) \(lead) [the \(word) handbook](https://example.com/\(word)/handbook.html \"Handbook\")."
        }
        let older = outlines.outline(of: prose.random.below(index))
        return "\(prose.sentence()) \(lead) [\(older.title)](\(older.path)). \(prose.sentence())"
    }

    private mutating func quotation() -> String {
        let quotation = prose.random.pick(Vocabulary.quotations)
        return "> \(prose.fillCapitalized(quotation.text))\n>\n> — *\(quotation.source)*"
    }

    private mutating func table() -> String {
        let table = prose.random.pick(CodeSamples.tables)
        var rows = [table.header, table.alignment]
        for row in table.rows { rows.append(row.map { prose.fill($0) }) }
        return rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private mutating func footnote() -> String {
        let name = "\(prose.fill("«word»"))-\(text.utf8.count)"
        return "\(prose.sentence())[^\(name)] \(prose.sentence())\n\n[^\(name)]: \(prose.sentence())"
    }
}

extension String {
    /// The text as a double-quoted scalar of YAML.
    var yamlQuoted: String {
        var quoted = "\""
        for character in self {
            switch character {
            case "\"", "\\": quoted += "\\\(character)"
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }
}
