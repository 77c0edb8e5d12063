import CSQLite

/// Runs a script's statements one after the other, so that an error names the one that failed and not all of them.
struct SQLiteScript {
    let connection: OpaquePointer
    let interruption: SQLiteInterruption

    func run(_ script: String) throws {
        var script = script
        try script.withUTF8 { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { text in
                var rest = text[...]
                while !rest.isEmpty {
                    let count = try runFirst(of: UnsafeBufferPointer(rebasing: rest))
                    // SQLite reads no further than to a NUL.
                    guard count > 0 else { return }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }

    /// Runs the first statement of a text, if there is more than blanks and comments in it: how many bytes it has.
    private func runFirst(of text: UnsafeBufferPointer<CChar>) throws -> Int {
        guard let start = text.baseAddress else { return 0 }
        var statement: OpaquePointer?
        var tail: UnsafePointer<CChar>?
        var code = sqlite3_prepare_v3(connection, start, Int32(text.count), 0, &statement, &tail)
        defer { sqlite3_finalize(statement) }
        let count = tail.map { $0 - start } ?? text.count
        if code == SQLITE_OK {
            guard statement != nil else { return count }
            repeat { code = sqlite3_step(statement) } while code == SQLITE_ROW
            if code == SQLITE_DONE { return count }
        }
        throw SQLiteFailure.error(connection, code, sql: Self.statement(of: text, at: count), interruption)
    }

    /// The text up to the semicolon that ends the statement, of which SQLite has read so many bytes.
    private static func statement(of text: UnsafeBufferPointer<CChar>, at count: Int) -> String {
        let semicolon = CChar(UInt8(ascii: ";"))
        let isWhole = count > 0 && text[count - 1] == semicolon
        let end = isWhole ? count : text[count...].firstIndex(of: semicolon).map { $0 + 1 } ?? text.count
        let statement = String(decoding: text[..<end].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(statement.drop(while: \.isWhitespace))
    }
}
