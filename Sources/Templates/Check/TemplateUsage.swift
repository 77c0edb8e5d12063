/// Which templates and blocks of a theme pages really show.
struct TemplateUsage {
    private let library: Library
    private var templates: Set<String> = []
    private var blocks: Set<Compiler.ShownBlock> = []

    init(_ library: Library) { self.library = library }

    /// A page's template, and the definitions of blocks that it shows.
    mutating func add(_ page: String, shown: Set<Compiler.ShownBlock>) {
        blocks.formUnion(shown)
        var waiting = [page]
        while let name = waiting.popLast() {
            guard templates.insert(name).inserted, let template = library[name] else { continue }
            waiting += library.references(of: template)
        }
    }

    /// A warning for each template that no page needs, and for each block that none shows or fills.
    var unused: [TemplateError] {
        var problems: [TemplateError] = []
        for template in library.templates {
            guard templates.contains(template.name) else {
                problems.append(
                    template.source.error(
                        at: 0, "no page uses this template", hint: nil, wanted: nil, known: []))
                continue
            }
            problems += unusedBlocks(of: template)
        }
        return problems
    }

    private func unusedBlocks(of template: Library.Template) -> [TemplateError] {
        template.blocks.sorted { $0.value.offset < $1.value.offset }.compactMap { name, block in
            let message: String
            let isEmpty = isEmpty(block, template.source)
            // An empty block is a place to be filled; one with a body is meant to be seen.
            if !isEmpty, !blocks.contains(.init(template: template.index, name: name)) {
                message = "no page shows this block: whatever extends this template replaces it without super()"
            } else if isEmpty, !block.isRequired, template.parent == nil, !isFilled(name, of: template) {
                message = "this block is empty, and no template fills it"
            } else {
                return nil
            }
            return template.source.error(at: block.offset, message, hint: nil, wanted: nil, known: [])
        }
    }

    private func isEmpty(_ block: Block, _ source: Source) -> Bool {
        block.body.allSatisfy { statement in
            guard case .text(let range) = statement.kind else { return false }
            return Whitespace.leading(source.bytes[range]) == range.count
        }
    }

    private func isFilled(_ name: String, of template: Library.Template) -> Bool {
        library.templates.contains {
            $0.index != template.index && $0.blocks[name] != nil && templates.contains($0.name)
        }
    }
}
