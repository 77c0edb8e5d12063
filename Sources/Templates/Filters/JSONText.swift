/// The filter `tojson`: bytes as Python's `json.dumps(sort_keys=True)` makes them, safe inside of HTML.
enum JSONText {
    static func make(_ value: Value, indent: Int?, _ context: FilterContext) throws(Failure) -> String {
        var writer = Writer(indent: indent, context: context)
        try writer.write(value, depth: 0)
        return writer.text
    }

    private struct Writer {
        let indent: Int?
        let context: FilterContext
        var text = ""

        mutating func write(_ value: Value, depth: Int) throws(Failure) {
            guard depth < 100 else { throw Failure("tojson meets more than 100 levels") }
            try context.checkSize(text.utf8.count)
            switch value {
            case .none: text += "null"
            case .bool(let flag): text += flag ? "true" : "false"
            case .int(let integer): text += String(integer)
            case .double(let double):
                guard double.isFinite else { throw Failure("JSON has no \(double)") }
                text += double.pythonText
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
                writer.text += ": "
                try writer.write(members[index].value, depth: depth + 1)
            }
        }

        private mutating func writeAll(
            _ count: Int, _ opening: String, _ closing: String, _ depth: Int,
            _ element: (inout Writer, Int) throws(Failure) -> Void
        ) throws(Failure) {
            text += opening
            for index in 0..<count {
                if index > 0 { text += indent == nil ? ", " : "," }
                newLine(depth + 1)
                try element(&self, index)
            }
            if count > 0 { newLine(depth) }
            text += closing
        }

        private mutating func newLine(_ depth: Int) {
            if let indent { text += "\n" + String(repeating: " ", count: max(0, indent) * depth) }
        }

        /// Runs of characters that stand for themselves are copied as they are.
        private mutating func write(_ string: String) {
            text += "\""
            let scalars = string.unicodeScalars
            var copied = scalars.startIndex
            for place in scalars.indices where !Self.isPlain(scalars[place]) {
                text += string[copied..<place]
                escape(scalars[place])
                copied = scalars.index(after: place)
            }
            text += string[copied...]
            text += "\""
        }

        private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "\"", "\\", "<", ">", "&", "'": false
            default: (0x20..<0x7F).contains(scalar.value)
            }
        }

        private mutating func escape(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            default:
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
    }
}
