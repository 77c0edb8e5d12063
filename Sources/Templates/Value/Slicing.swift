/// Python's `items[start:stop:step]`.
enum Slicing {
    static func slice<Element>(_ items: [Element], _ parts: [Value]) throws(Failure) -> [Element] {
        let count = items.count
        let step = try bound(parts[2]) ?? 1
        guard step != 0 else { throw Failure("the step of a slice cannot be 0") }
        let lowest = step > 0 ? 0 : -1
        let highest = step > 0 ? count : count - 1
        func place(_ bound: Int) -> Int { min(max(bound < 0 ? bound + count : bound, lowest), highest) }
        let start = try bound(parts[0]).map(place) ?? (step > 0 ? 0 : count - 1)
        let stop = try bound(parts[1]).map(place) ?? (step > 0 ? count : -1)
        if step == 1 { return start < stop ? Array(items[start..<stop]) : [] }
        return stride(from: start, to: stop, by: step).map { items[$0] }
    }

    private static func bound(_ value: Value) throws(Failure) -> Int? {
        switch value {
        case .none: return nil
        case .undefined(let undefined): throw Failure(undefined)
        default:
            guard let integer = value.intValue else {
                throw Failure("the bounds of a slice are integers, not \(value.kindWithArticle)")
            }
            return integer
        }
    }
}
