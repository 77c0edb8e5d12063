/// The records of a CSV text (RFC 4180): fields with commas between, in quotes where they hold a comma, a quotation mark
/// (twice) or a line break.
struct CSVRecords: Sequence, IteratorProtocol {
    struct Record: Sendable, Hashable {
        var fields: [String]
        /// Where it begins, from 1.
        var line: Int
        /// Its quotes are closed.
        var isWhole = true
    }

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    /// A text whose line breaks are line feeds.
    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func next() -> Record? {
        guard place < bytes.count else { return nil }
        var record = Record(fields: [], line: line)
        var field: [UInt8] = []
        var isQuoted = false
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if place < bytes.count, bytes[place] == byte {
                    field.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
            case _ where isQuoted: field.append(byte)
            case UInt8(ascii: "\"") where field.allSatisfy({ $0 == 0x20 || $0 == 0x09 }):
                field = []
                isQuoted = true
            case UInt8(ascii: ","):
                record.fields.append(String(decoding: field, as: UTF8.self))
                field = []
            case UInt8(ascii: "\n"):
                record.fields.append(String(decoding: field, as: UTF8.self))
                return record
            default: field.append(byte)
            }
        }
        record.fields.append(String(decoding: field, as: UTF8.self))
        record.isWhole = !isQuoted
        return record
    }
}
