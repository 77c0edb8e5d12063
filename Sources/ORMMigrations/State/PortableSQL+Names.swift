import ORM

extension PortableSQL {
    /// The expression with a name in it changed.
    func renaming(_ old: String, to new: String) -> PortableSQL {
        PortableSQL(
            text.map { Self.renaming(old, to: new, in: $0) },
            for: texts.mapValues { Self.renaming(old, to: new, in: $0) })
    }

    /// Whether the name stands in the expression, in any dialect.
    func mentions(_ name: String) -> Bool {
        let all = [text].compactMap { $0 } + texts.values
        return all.contains { Self.names(in: $0).contains(name[...]) }
    }

    private static func renaming(_ old: String, to new: String, in template: String) -> String {
        var renamed = ""
        var end = template.startIndex
        for name in names(in: template) where name == old {
            renamed += template[end..<name.startIndex] + new
            end = name.endIndex
        }
        return renamed + template[end...]
    }

    /// The names between braces; a brace that is doubled is none.
    private static func names(in template: String) -> [Substring] {
        var names: [Substring] = []
        var rest = template[...]
        while let start = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let next = rest.index(after: start)
            if rest[next...].first == rest[start] {
                rest = rest[rest.index(after: next)...]
            } else if rest[start] == "{", let end = rest[next...].firstIndex(of: "}") {
                names.append(rest[next..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                break
            }
        }
        return names
    }
}
