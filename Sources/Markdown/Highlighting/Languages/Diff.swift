extension Language {
    static let diff = Language(
        names: ["diff", "patch"],
        grammar: .lines([
            ("+++", .meta), ("---", .meta), ("diff ", .meta), ("index ", .meta), ("@@", .meta), ("+", .inserted),
            ("-", .deleted),
        ]))
}
