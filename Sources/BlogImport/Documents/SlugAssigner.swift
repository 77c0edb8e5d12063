/// Gives each file of a batch its slug (or a page its path). Pure.
///
/// First those that ask for one by name, which may be refused; then rows that keep the one they have; then the rest in path
/// order, with a number where the wanted one is taken.
struct SlugAssigner: Sendable {
    struct Request: Sendable, Hashable {
        var wanted: String
        var isExplicit: Bool
        /// What the row has now; `nil` for a new row.
        var current: String?
    }

    enum Assignment: Sendable, Hashable {
        case given(String)
        /// Given with a number, because the wanted one is taken.
        case numbered(String)
        /// Asked for by name and taken: by the file of the batch with this index, or by a row outside it (`nil`).
        case refused(by: Int?)
    }

    /// Slugs of rows that are not in the batch.
    private let taken: Set<String>
    private let numbered: @Sendable (String, Int) -> String

    /// `numbered` makes `title-2` of `title` and 2.
    init(taken: Set<String>, numbered: @escaping @Sendable (String, Int) -> String) {
        self.taken = taken
        self.numbered = numbered
    }

    func assign(_ requests: [Request]) -> [Assignment] {
        var holders: [String: Int] = [:]
        var result = [Assignment?](repeating: nil, count: requests.count)
        for (index, request) in requests.enumerated() where request.isExplicit {
            if let holder = holders[request.wanted] {
                result[index] = .refused(by: holder)
            } else if taken.contains(request.wanted) {
                result[index] = .refused(by: nil)
            } else {
                holders[request.wanted] = index
                result[index] = .given(request.wanted)
            }
        }
        for (index, request) in requests.enumerated() where result[index] == nil {
            guard let current = request.current, isForm(current, of: request.wanted), isFree(current, holders) else {
                continue
            }
            holders[current] = index
            result[index] = current == request.wanted ? .given(current) : .numbered(current)
        }
        for (index, request) in requests.enumerated() where result[index] == nil {
            var slug = request.wanted
            var number = 1
            while !isFree(slug, holders) {
                number += 1
                slug = numbered(request.wanted, number)
            }
            holders[slug] = index
            result[index] = number == 1 ? .given(slug) : .numbered(slug)
        }
        return result.compactMap(\.self)
    }

    private func isFree(_ slug: String, _ holders: [String: Int]) -> Bool {
        !taken.contains(slug) && holders[slug] == nil
    }

    /// Whether a slug is the wanted one, or the wanted one with a number.
    private func isForm(_ slug: String, of wanted: String) -> Bool {
        if slug == wanted { return true }
        let digits = slug.reversed().prefix { $0.isASCII && $0.isNumber || $0 == "/" }.filter { $0 != "/" }.reversed()
        guard let number = Int(String(digits)), number > 1 else { return false }
        return slug == numbered(wanted, number)
    }
}
