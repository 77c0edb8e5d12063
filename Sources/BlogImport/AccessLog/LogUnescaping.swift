/// Makes of what a log or a URL writes the bytes that are meant.
enum LogUnescaping {
    /// Appends the bytes that a field of a line means. What is no escape stands for itself.
    static func append(_ field: LogBytes, _ escaping: LogRequest.Escaping, to output: inout [UInt8]) {
        var place = 0
        while place < field.count {
            let byte = field[place]
            guard byte == UInt8(ascii: "\\"), place + 1 < field.count else {
                output.append(byte)
                place += 1
                continue
            }
            let escaped = field[place + 1]
            switch (escaped, escaping) {
            case (UInt8(ascii: "x"), .backslash) where place + 3 < field.count:
                guard let value = hexadecimal(field[place + 2], field[place + 3]) else { break }
                output.append(value)
                place += 4
                continue
            case (UInt8(ascii: "u"), .json) where place + 5 < field.count:
                guard let high = hexadecimal(field[place + 2], field[place + 3]),
                    let low = hexadecimal(field[place + 4], field[place + 5])
                else { break }
                // Half of a pair of surrogates is no character; no path of the site has one.
                let scalar = Unicode.Scalar(UInt16(high) << 8 | UInt16(low)) ?? "\u{FFFD}"
                output += Array(String(Character(scalar)).utf8)
                place += 6
                continue
            default: break
            }
            output.append(simple[escaped] ?? escaped)
            place += 2
        }
    }

    /// The bytes with `%41` for what it stands for; a `%` without two digits stays.
    static func percentDecoded(_ path: LogBytes) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(path.count)
        var place = 0
        while place < path.count {
            if path[place] == UInt8(ascii: "%"), place + 2 < path.count,
                let value = hexadecimal(path[place + 1], path[place + 2])
            {
                output.append(value)
                place += 3
            } else {
                output.append(path[place])
                place += 1
            }
        }
        return output
    }

    private static let simple: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B,
    ]

    private static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = digit(high), let low = digit(low) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): (byte & 0xDF) - 0x37
        default: nil
        }
    }
}
