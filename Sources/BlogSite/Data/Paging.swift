/// List pages numbered from the oldest entry: page 1 holds the oldest, and a page that is full never changes because
/// something new came.
///
/// For that a full page always links to the page after it, even when that has nothing yet; then the last page is an empty
/// one, which a site may fill with a pointer to its newest entries.
struct Paging: Sendable, Hashable {
    /// How many entries there are, and how many a page holds.
    let count: Int
    let size: Int

    /// Pages with entries.
    var filledPages: Int { (count + size - 1) / size }

    /// The number of the empty page behind the last full one; nil while the last page has room, or when there is no entry.
    var emptyPage: Int? { count > 0 && count.isMultiple(of: size) ? filledPages + 1 : nil }

    /// Positions in a list that is newest first, of the entries on a page, newest first.
    func positions(onPage number: Int) -> Range<Int> {
        let oldest = (number - 1) * size
        return max(0, count - oldest - size)..<max(0, count - oldest)
    }

    /// The page that has the entry at a position of the newest-first list.
    func page(ofPosition position: Int) -> Int { (count - 1 - position) / size + 1 }

    /// The page with newer entries, if this one will never change.
    func newer(than number: Int) -> Int? {
        number < filledPages || emptyPage == number + 1 ? number + 1 : nil
    }

    /// The page with older entries.
    func older(than number: Int) -> Int? { number > 1 ? number - 1 : nil }
}
