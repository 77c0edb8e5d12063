/// An array of plain data that neither moves nor changes: reading an element costs a load and no reference counting.
final class Flat<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Unchecked because of the pointer; nothing writes to its memory after init.
    private let elements: UnsafeMutableBufferPointer<Element>

    init(_ array: [Element]) {
        elements = .allocate(capacity: array.count)
        _ = elements.initialize(from: array)
    }

    deinit { elements.deallocate() }

    var count: Int { elements.count }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(index >= 0 && index < elements.count)
            return elements[index]
        }
    }
}

extension Flat<UInt8> {
    /// Appends a run of the bytes to a buffer.
    func append(_ start: Int, count: Int, to buffer: inout [UInt8]) {
        precondition(start >= 0 && count >= 0 && start + count <= elements.count)
        buffer.append(contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(elements)[start..<start + count]))
    }
}
