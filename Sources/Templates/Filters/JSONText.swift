import Bytes

/// The filter `tojson`: bytes as Python's `json.dumps(sort_keys=True)` makes them, safe inside of HTML.
enum JSONText {
    static func make(_ value: Value, indent: Int?, _ context: FilterContext) throws(Failure) -> String {
        var writer = Writer(indent: indent, context: context)
        try writer.write(value, depth: 0)
        return String(utf8Bytes: writer.text)
    }

    private struct Writer {
        let indent: Int?
        let context: FilterContext
        var text: [UInt8] = []

        mutating func write(_ value: Value, depth: Int) throws(Failure) {
            guard depth < 100 else { throw Failure("tojson meets more than 100 levels") }
            try context.checkSize(text.count)
            switch value {
            case .none: text += "null".utf8
            case .bool(let flag): text += (flag ? "true" : "false").utf8
            case .int(let integer): text.append(decimal: integer)
            case .double(let double):
                guard double.isFinite else { throw Failure("JSON has no \(double)") }
                text += double.pythonText.utf8
            case .string(let string), .markup(let string): write(string)
            case .list(let items), .tuple(let items):
                try writeAll(items.count, "[", "]", depth) { (writer, index) throws(Failure) in
                    try writer.write(items[index], depth: depth + 1)
                }
            case .dict(let dict): try write(dict, depth)
            case .lazy(let compute): try write(compute(), depth: depth)
            case .undefined(let undefined): throw Failure(undefined)
            case .date, .model, .reference: throw Failure("\(value.kindWithArticle) has no form in JSON")
            }
        }

        private mutating func write(_ dict: Value.Dictionary, _ depth: Int) throws(Failure) {
            var members: [(name: String, value: Value)] = []
            for (key, value) in zip(dict.keys, dict.values) {
                switch key {
                case .string(let name), .markup(let name): members.append((name, value))
                case .none: members.append(("null", value))
                case .bool(let flag): members.append((flag ? "true" : "false", value))
                default: members.append((try key.printed(), value))
                }
            }
            members.sort { $0.name.utf8Compare($1.name) < 0 }
            try writeAll(members.count, "{", "}", depth) { (writer, index) throws(Failure) in
                writer.write(members[index].name)
                writer.text += ": ".utf8
                try writer.write(members[index].value, depth: depth + 1)
            }
        }

        private mutating func writeAll(
            _ count: Int, _ opening: String, _ closing: String, _ depth: Int,
            _ element: (inout Writer, Int) throws(Failure) -> Void
        ) throws(Failure) {
            text += opening.utf8
            for index in 0..<count {
                if index > 0 { text += (indent == nil ? ", " : ",").utf8 }
                newLine(depth + 1)
                try element(&self, index)
            }
            if count > 0 { newLine(depth) }
            text += closing.utf8
        }

        private mutating func newLine(_ depth: Int) {
            if let indent { text += ("\n" + String(repeating: " ", count: max(0, indent) * depth)).utf8 }
        }

        private mutating func write(_ string: String) {
            var string = string
            text.append(UInt8(ascii: "\""))
            string.withUTF8 { utf8 in
                let bytes = UnsafeRawBufferPointer(utf8)
                text.append(bytes, escaping: { $0.isSpecialInScript }) { index, output in
                    Self.escape(bytes, &index, output)
                }
            }
            text.append(UInt8(ascii: "\""))
        }

        private static func escape(
            _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ output: UnsafeMutableRawPointer
        ) -> Int {
            let lead = bytes[index]
            if lead < 0x20 || lead == UInt8(ascii: "\"") || lead == UInt8(ascii: "\\") {
                return JSONEscaping.write(lead, output)
            }
            // The bytes are those of a string, and so UTF-8.
            let count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            var value = UInt32(count == 1 ? lead : lead & (0x7F >> UInt8(count)))
            for place in index + 1..<index + count { value = value << 6 | UInt32(bytes[place] & 0x3F) }
            index += count - 1
            guard value > 0xFFFF else { return JSONEscaping.write(unit: UInt16(value), output) }
            // A pair of surrogates.
            let rest = value - 0x10000
            return JSONEscaping.write(unit: UInt16(0xD800 + rest >> 10), output)
                + JSONEscaping.write(unit: UInt16(0xDC00 + rest & 0x3FF), output + 6)
        }
    }
}

extension SIMD16<UInt8> {
    /// Which of the bytes are escaped: what JSON requires, what means something in HTML, and all that is not ASCII, as in Python.
    @inline(__always)
    fileprivate var isSpecialInScript: SIMDMask<SIMD16<Int8>> {
        isSpecialInMarkup .| isSpecialInJSON .| (self .>= SIMD16(repeating: 0x7F))
    }
}
