extension Language {
    static let html = Language(names: ["html", "xml", "svg", "xhtml", "vue", "rss", "atom"], grammar: .markup)
}
