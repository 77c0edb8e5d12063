extension [UInt8] {
    /// Appends the digits of a number, with zeros in front up to the width.
    ///
    /// ```swift
    /// var text = Array("2025-".utf8)
    /// text.appendDigits(7, width: 2)    // 2025-07
    /// ```
    package mutating func appendDigits(_ number: UInt, width: Int = 1) {
        // The greatest number of 64 bits has twenty digits.
        let most = 20
        if width > most { append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - most)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { digits in
            var (rest, start) = (number, most)
            while rest != 0 || most - start < Swift.min(width, most) {
                start -= 1
                digits.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends a number, with a minus in front of one below zero.
    package mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendDigits(number.magnitude)
    }
}
