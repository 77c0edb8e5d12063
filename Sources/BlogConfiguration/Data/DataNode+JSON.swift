extension DataNode {
    /// The value as JSON with sorted keys and no spaces, equal for equal values whatever their order in the file.
    ///
    /// Plain scalars become what YAML 1.2's core schema says: null, booleans and numbers; `yes` and dates stay text.
    package var json: String {
        var output = ""
        writeJSON(to: &output)
        return output
    }

    private func writeJSON(to output: inout String) {
        switch content {
        case .scalar(let text, let isPlain):
            output += isPlain ? Self.plainJSON(text) : Self.quoted(text)
        case .list(let items):
            output += "["
            for (index, item) in items.enumerated() {
                if index > 0 { output += "," }
                item.writeJSON(to: &output)
            }
            output += "]"
        case .map(let entries):
            output += Self.json(of: entries)
        }
    }

    /// A JSON object of these entries, keys sorted by their UTF-8 bytes.
    package static func json(of entries: [Entry]) -> String {
        let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var output = "{"
        for (index, entry) in sorted.enumerated() {
            if index > 0 { output += "," }
            output += quoted(entry.key) + ":"
            entry.value.writeJSON(to: &output)
        }
        return output + "}"
    }

    private static func plainJSON(_ text: String) -> String {
        switch text {
        case "", "~", "null", "Null", "NULL": return "null"
        case "true", "True", "TRUE": return "true"
        case "false", "False", "FALSE": return "false"
        default: break
        }
        // A leading zero or plus is text to JSON and often an identifier (`007`, `+49…`) to the author.
        if let number = Int(text), String(number) == text { return text }
        if text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), text.utf8.contains(where: isDigit),
            let number = Double(text), number.isFinite, !text.hasPrefix("0") || text.hasPrefix("0.")
        {
            return "\(number)"
        }
        return quoted(text)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// A JSON string with its quotes (RFC 8259, section 7).
    package static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            case "\r": output += "\\r"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
