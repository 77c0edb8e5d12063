import Bytes
import Testing

@Suite("Looking for bytes sixteen at a time")
struct ByteSearchTests {
    @Test("A chunk holds what is there, and zeros behind it", arguments: 1...40)
    func chunks(_ count: Int) {
        let bytes = (0..<UInt8(count)).map { $0 + 1 }
        bytes.withUnsafeBytes { raw in
            for index in 0..<count {
                let chunk = raw.chunk(at: index)
                let expected = (index..<index + 16).map { $0 < count ? UInt8($0 + 1) : 0 }
                #expect((0..<16).map { chunk[$0] } == expected)
            }
        }
    }

    @Test("The first place of a byte is found, from wherever one begins", arguments: 0...40)
    func firstIndex(_ count: Int) {
        for place in 0..<max(count, 1) {
            var bytes = [UInt8](repeating: 0x61, count: count)
            if place < count { bytes[place] = 0x3C }
            bytes.withUnsafeBytes { raw in
                for start in 0...count {
                    let found = raw.firstIndex(from: start) { $0 .== SIMD16(repeating: 0x3C) }
                    #expect(found == (bytes[start...].firstIndex(of: 0x3C) ?? count))
                    // What fills a chunk up is not taken for what is looked for.
                    #expect(raw.firstIndex(from: start) { $0 .== SIMD16(repeating: 0) } == count)
                }
            }
        }
    }

    @Test("The bytes of a text are found where they stand first, and nowhere else")
    func needles() {
        let needles: [StaticString] = ["<", "<!", "<!--", "<!--more-->", "a chunk of more than sixteen"]
        for needle in needles {
            let wanted = "\(needle)"
            for before in 0...35 {
                for after in [0, 1, 15, 16, 17] {
                    let filler = String(repeating: "<", count: before)
                    var text = filler + wanted + String(repeating: "-", count: after) + wanted
                    let expected = naiveIndex(of: Array(wanted.utf8), in: Array(text.utf8))
                    #expect(text.withUTF8 { $0.firstIndex(of: needle) } == expected)
                    #expect(text.withUTF8 { ByteSearch.contains(needle, in: $0) })
                    var without = String(filler.dropFirst(before)) + String(wanted.dropLast()) + "é"
                    #expect(!without.withUTF8 { ByteSearch.contains(needle, in: $0) })
                }
            }
        }
        var nothing = ""
        #expect(nothing.withUTF8 { $0.firstIndex(of: "<") } == nil)
    }

    @Test("A text's bytes are found in another text, wherever they stand")
    func ranges() {
        let needles: [StaticString] = ["<", "<!", "<!--more-->", "<!-- a comment longer than a vector -->"]
        for needle in needles {
            for before in 0..<40 {
                // With the needle's ends, but not the needle, before it.
                let start = String("<!--x-->".prefix(before % 9).dropFirst()) + String(repeating: "x", count: before)
                for after in [0, 1, 17] {
                    let text = "é\(start)\(needle)" + String(repeating: "<", count: after)
                    let found = text.byteRange(of: needle)
                    #expect(found.map { text.utf8[..<$0.lowerBound].count } == start.utf8.count + 2)
                    #expect(found.map { String(text[$0]) } == "\(needle)")
                }
                #expect("\(start)".byteRange(of: "<!--more-->") == nil)
            }
        }
        #expect("".byteRange(of: "<") == nil)
    }

    private func naiveIndex(of needle: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: needle) }
    }

    @Test("A byte is found by memchr, and counted no further than to the limit")
    func counts() {
        let bytes = Array("a-b-c-".utf8)
        bytes.withUnsafeBufferPointer { bytes in
            #expect(ByteSearch.first(0x2D, in: bytes) == 1)
            #expect(ByteSearch.first(0x2D, in: bytes, from: 2) == 3)
            #expect(ByteSearch.first(0x2D, in: bytes, from: 6) == nil)
            #expect(ByteSearch.count(of: 0x2D, in: bytes, exceeds: 2))
            #expect(!ByteSearch.count(of: 0x2D, in: bytes, exceeds: 3))
        }
    }

    @Test("Bytes that are UTF-8 become text, and others U+FFFD as in the standard library")
    func text() {
        for bytes: [UInt8] in [Array("naïve 😀".utf8), [0x61, 0xFF, 0x62], [0xE2, 0x82], []] {
            #expect(String(utf8Bytes: bytes) == String(decoding: bytes, as: UTF8.self))
            #expect(String(utf8Bytes: bytes[...]) == String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("Digits are written with zeros up to a width, which may be greater than any number's")
    func digits() {
        func text(_ number: UInt, _ width: Int = 1) -> String {
            var bytes = Array("<".utf8)
            bytes.appendDigits(number, width: width)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(text(0) == "<0")
        #expect(text(7, 3) == "<007")
        #expect(text(1234, 2) == "<1234")
        #expect(text(.max) == "<18446744073709551615")
        #expect(text(5, 25) == "<" + String(repeating: "0", count: 24) + "5")
        for number in [0, -1, 42, .max, .min] {
            var bytes: [UInt8] = []
            bytes.append(decimal: number)
            #expect(String(decoding: bytes, as: UTF8.self) == String(number))
        }
    }
}
