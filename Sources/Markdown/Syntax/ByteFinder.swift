import Bytes

/// Up to five ASCII bytes to look for, sixteen positions at a time.
struct ByteFinder: Sendable {
    // Fields rather than an array, so that they stay in registers.
    private let first, second, third, fourth, fifth: SIMD16<UInt8>

    init(_ characters: String) {
        let bytes = Array(characters.utf8)
        precondition((1...5).contains(bytes.count), "a byte finder looks for one to five bytes")
        func needle(_ index: Int) -> SIMD16<UInt8> { SIMD16(repeating: bytes[min(index, bytes.count - 1)]) }
        (first, second, third, fourth, fifth) = (needle(0), needle(1), needle(2), needle(3), needle(4))
    }

    /// The first of the bytes in `range`.
    func first(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        let place = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<range.upperBound])
            .firstIndex(from: range.lowerBound) { chunk in
                (chunk .== first) .| (chunk .== second) .| (chunk .== third) .| (chunk .== fourth) .| (chunk .== fifth)
            }
        return place < range.upperBound ? place : nil
    }
}
