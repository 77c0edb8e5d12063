/// The candidate that was probably meant by `word`: the nearest by ``editDistance(_:_:)``, at most a third of the
/// word's length away; of equally near ones the first. `nil` when nothing is near.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let distance = editDistance(word.lowercased(), candidate.lowercased())
        if distance <= limit, distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.candidate
}

/// How many characters must be inserted, deleted, replaced or swapped with their neighbour to turn one text into the
/// other ("optimal string alignment", the restricted Damerau–Levenshtein distance).
package func editDistance(_ first: String, _ second: String) -> Int {
    let first = Array(first)
    let second = Array(second)
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for i in 1...first.count {
        var current = [i] + [Int](repeating: 0, count: second.count)
        for j in 1...second.count {
            let replaced = last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
            current[j] = min(last[j] + 1, current[j - 1] + 1, replaced)
            if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
                current[j] = min(current[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last) = (last, current)
    }
    return last[second.count]
}
