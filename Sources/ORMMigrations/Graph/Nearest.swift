/// The candidate that a mistyped word most likely means: the one within two typing errors, or within a third of the word.
func nearest(to word: String, among candidates: [String]) -> String? {
    let letters = Array(word.lowercased())
    let limit = max(2, letters.count / 3)
    return candidates.map { (name: $0, distance: distance(letters, Array($0.lowercased()))) }
        .filter { $0.distance <= limit && $0.distance < letters.count }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// The Levenshtein distance: https://en.wikipedia.org/wiki/Levenshtein_distance
private func distance(_ left: [Character], _ right: [Character]) -> Int {
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(previous[column] + (character == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
