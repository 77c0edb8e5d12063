import Markdown
import Testing

@Suite("Image headers")
struct ImageHeaderTests {
    private func expect(_ bytes: [UInt8], _ width: Int, _ height: Int) {
        let size = ImageHeader.size(of: bytes)
        #expect(size?.width == width)
        #expect(size?.height == height)
        // No prefix may be read beyond its end.
        for count in 0..<bytes.count { _ = ImageHeader.size(of: Array(bytes.prefix(count))) }
    }

    @Test("PNG")
    func png() {
        expect(
            [
                0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0x80, 0,
                0, 1, 0xE0,
            ], 640, 480)
    }

    @Test("GIF")
    func gif() {
        expect(Array("GIF89a".utf8) + [0x80, 2, 0xE0, 1], 640, 480)
    }

    @Test("WebP in its three forms")
    func webP() {
        let head = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP".utf8)
        expect(head + Array("VP8 ".utf8) + [0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 2, 0xE0, 1], 640, 480)
        expect(head + Array("VP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 0x7F, 2, 0, 0xDF, 1, 0], 640, 480)
        let bits = UInt32(639) | UInt32(479) << 14
        let packed = (0..<4).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        expect(head + Array("VP8L".utf8) + [0, 0, 0, 0, 0x2F] + packed + [0, 0, 0, 0, 0], 640, 480)
    }

    @Test("JPEG, upright and turned by its Exif data")
    func jpeg() {
        let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 1, 0xE0, 2, 0x80, 1, 0, 0, 0]
        expect([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0] + frame, 640, 480)
        let exif: [UInt8] =
            Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
        expect([0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + frame, 480, 640)
    }

    @Test("SVG by its attributes or its view box")
    func svg() {
        expect(Array("<?xml version=\"1.0\"?><svg width='640px' height='480'>".utf8), 640, 480)
        expect(Array("<svg viewBox=\"0 0 640 480\"><rect width=\"1\"/>".utf8), 640, 480)
    }

    @Test(
        "Other files have no size",
        arguments: [[], Array("hello".utf8), [0xFF, 0xD8, 0xFF, 0xD9, 0, 0, 0, 0, 0, 0, 0, 0]])
    func none(bytes: [UInt8]) {
        #expect(ImageHeader.size(of: bytes) == nil)
    }
}
