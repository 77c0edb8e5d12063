/// Reads an image's size from the beginning of its file, for `width` and `height` attributes: the page then does not
/// move when it loads.
package enum ImageHeader {
    /// The size in CSS pixels, or nil if the bytes are no PNG, JPEG, GIF, WebP or SVG, or tell none.
    ///
    /// - Parameter bytes: The file, or so much of its beginning as holds the header. 64 KiB do for nearly all images; a
    ///   JPEG with larger metadata needs more.
    package static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
        let size = png(bytes) ?? gif(bytes) ?? webP(bytes) ?? jpeg(bytes) ?? svg(bytes)
        guard let size, size.width > 0, size.height > 0 else { return nil }
        return size
    }

    private typealias Size = (width: Int, height: Int)

    private static func big(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// PNG specification, 11.2.1: the IHDR chunk comes first.
    private static func png(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
            return nil
        }
        return (big(bytes, 16, 4), big(bytes, 20, 4))
    }

    private static func gif(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 10, bytes.starts(with: "GIF8".utf8) else { return nil }
        return (little(bytes, 6, 2), little(bytes, 8, 2))
    }

    /// RFC 9649: lossy, lossless and extended files each begin with another chunk.
    private static func webP(_ bytes: [UInt8]) -> Size? {
        guard bytes.count >= 30, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) else {
            return nil
        }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ": return (little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF)
        case "VP8L":
            let bits = little(bytes, 21, 4)
            return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        case "VP8X": return (little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)
        default: return nil
        }
    }

    /// ITU T.81, annex B: segments up to the start of frame. The Exif orientation may swap the sides.
    private static func jpeg(_ bytes: [UInt8]) -> Size? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var index = 2
        var isTurned = false
        while index + 9 < bytes.count {
            guard bytes[index] == 0xFF else { return nil }
            let marker = bytes[index + 1]
            // Fill bytes, and markers without a length.
            if marker == 0xFF || marker == 0x01 || (0xD0...0xD7).contains(marker) {
                index += marker == 0xFF ? 1 : 2
                continue
            }
            let length = big(bytes, index + 2, 2)
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                let (height, width) = (big(bytes, index + 5, 2), big(bytes, index + 7, 2))
                return isTurned ? (height, width) : (width, height)
            }
            if marker == 0xE1, index + 2 + length <= bytes.count {
                isTurned =
                    exifOrientation(Array(bytes[index + 4..<max(index + 4, index + 2 + length)])).map { $0 >= 5 }
                    ?? isTurned
            }
            guard length >= 2, marker != 0xD9, marker != 0xDA else { return nil }
            index += 2 + length
        }
        return nil
    }

    /// Exif 2.3, 4.6: tag 0x0112 of the first directory; 5…8 are turned by a quarter.
    private static func exifOrientation(_ segment: [UInt8]) -> Int? {
        guard segment.count >= 14, segment.starts(with: "Exif\0\0".utf8) else { return nil }
        let tiff = Array(segment[6...])
        let isLittle = tiff.starts(with: "II".utf8)
        func read(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset + count <= tiff.count else { return nil }
            return isLittle ? little(tiff, offset, count) : big(tiff, offset, count)
        }
        guard let directory = read(4, 4), let count = read(directory, 2) else { return nil }
        for entry in 0..<count {
            guard let tag = read(directory + 2 + entry * 12, 2) else { return nil }
            if tag == 0x0112 { return read(directory + 2 + entry * 12 + 8, 2) }
        }
        return nil
    }

    /// `width` and `height` in pixels, else the view box.
    private static func svg(_ bytes: [UInt8]) -> Size? {
        let text = String(decoding: bytes.prefix(8192), as: UTF8.self)
        guard let open = text.firstRange(of: "<svg") else { return nil }
        let tag = text[open.upperBound...].prefix { $0 != ">" }
        if let width = length(attribute("width", of: tag)), let height = length(attribute("height", of: tag)) {
            return (width, height)
        }
        let box = (attribute("viewBox", of: tag) ?? "").split { $0 == " " || $0 == "," }.map { Double($0) }
        guard box.count == 4, let width = box[2], let height = box[3] else { return nil }
        return rounded(width, height)
    }

    private static func attribute(_ name: String, of tag: Substring) -> Substring? {
        for quote in ["\"", "'"] {
            for space in [" ", "\n", "\t"] {
                guard let found = tag.firstRange(of: space + name + "=" + quote) else { continue }
                return tag[found.upperBound...].prefix { String($0) != quote }
            }
        }
        return nil
    }

    private static func length(_ value: Substring?) -> Int? {
        guard var value else { return nil }
        if value.hasSuffix("px") { value = value.dropLast(2) }
        return Double(value).flatMap { rounded($0, $0)?.width }
    }

    private static func rounded(_ width: Double, _ height: Double) -> Size? {
        guard (0.5...1e6).contains(width), (0.5...1e6).contains(height) else { return nil }
        return (Int(width.rounded()), Int(height.rounded()))
    }
}
