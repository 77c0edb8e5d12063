import Bytes

/// Defuses the few sources for which libcmark 0.30 takes quadratic time, by escaping what no author writes.
///
/// - Hundreds of containers on one line (`- - - - …`): each further line costs a step per container.
/// - Hundreds of images begun and not ended, `![[]()` repeated: each link looks at all of them (CVE-2023-22486, fixed
///   in cmark 0.30.3).
enum SourceGuard {
    private static let maximumContainersOnLine = 200
    private static let maximumOpenImages = 400

    static func defuse(_ source: inout [UInt8], edits: inout SourceEdits) {
        let offsets = source.withUnsafeBufferPointer { bytes in
            let images =
                ByteSearch.count(of: UInt8(ascii: "!"), in: bytes, exceeds: maximumOpenImages) ? images(in: bytes) : []
            return (containers(in: bytes) + images).sorted()
        }
        guard !offsets.isEmpty else { return }
        edits.beginPass()
        var result: [UInt8] = []
        result.reserveCapacity(source.count + offsets.count)
        var copied = 0
        var lines = LineCounter()
        for offset in offsets {
            result.append(contentsOf: source[copied..<offset])
            lines.advance(to: result.count, in: result)
            edits.add(line: lines.line, column: lines.column(of: result.count), removed: 0, inserted: 1)
            result.append(UInt8(ascii: "\\"))
            copied = offset
        }
        result.append(contentsOf: source[copied...])
        source = result
    }

    /// Where a line has one container too many.
    private static func containers(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var offsets: [Int] = []
        var lineStart = 0
        let hasReturns = ByteSearch.first(.carriageReturn, in: bytes) != nil
        func newline(_ start: Int) -> Int? {
            if !hasReturns { return ByteSearch.first(.newline, in: bytes, from: start) }
            return bytes[start...].firstIndex { $0 == .newline || $0 == .carriageReturn }
        }
        while lineStart < bytes.count {
            if let offset = excessContainer(in: bytes, from: lineStart) { offsets.append(offset) }
            guard let end = newline(lineStart) else { break }
            lineStart = end + 1
        }
        return offsets
    }

    private static func excessContainer(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        var count = 0
        while true {
            while index < bytes.count, bytes[index] == .space || bytes[index] == .tab { index += 1 }
            guard index < bytes.count else { return nil }
            let marker = index
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                index += 1
            } else {
                if byte.isASCIIDigit {
                    while index < bytes.count, bytes[index].isASCIIDigit, index - marker < 9 { index += 1 }
                    guard index < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")")
                    else { return nil }
                } else if !bullets.contains(byte) {
                    return nil
                }
                index += 1
                guard index == bytes.count || bytes[index].isASCIISpace else { return nil }
            }
            count += 1
            if count > maximumContainersOnLine {
                return isThematicBreak(bytes, from: marker) ? nil : byte.isASCIIDigit ? index - 1 : marker
            }
        }
    }

    /// Nothing but one kind of dash to the end of the line.
    private static func isThematicBreak(_ bytes: UnsafeBufferPointer<UInt8>, from marker: Int) -> Bool {
        let dash = bytes[marker]
        guard bullets.contains(dash), dash != UInt8(ascii: "+") else { return false }
        for byte in bytes[marker...] {
            if byte == .newline || byte == .carriageReturn { return true }
            if byte != dash, byte != .space, byte != .tab { return false }
        }
        return true
    }

    private static let bullets = ByteSet("-+*")

    /// The brackets of images beyond the limit; a blank line begins anew.
    private static func images(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var offsets: [Int] = []
        // Brackets that are open: true for an image's.
        var open: [Bool] = []
        var images = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["):
                let isImage = index > 0 && bytes[index - 1] == UInt8(ascii: "!")
                if isImage, images >= maximumOpenImages {
                    offsets.append(index)
                } else {
                    open.append(isImage)
                    if isImage { images += 1 }
                }
            case UInt8(ascii: "]"):
                if open.popLast() == true { images -= 1 }
            case .newline where index + 1 < bytes.count && bytes[index + 1] == .newline:
                open.removeAll(keepingCapacity: true)
                images = 0
            default: break
            }
            index += 1
        }
        return offsets
    }
}
