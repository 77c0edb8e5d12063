import ArgumentParser
import BlogSite
import ORM

/// The options of commands that list rows in pages.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many rows to show, at most 1000.", valueName: "n"))
    var limit = 20

    @Option(help: ArgumentHelp("How many rows to pass over.", valueName: "n"))
    var offset = 0

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 1000.") }
        guard offset >= 0 else { throw ValidationError("--offset takes a number from 0.") }
    }
}

extension JSONWriter {
    /// `"pagination":{"total":…,"limit":…,"offset":…,"has_next":…}`, as the API has it.
    mutating func pagination<Item>(of page: ORM.Page<Item>) {
        field("pagination") {
            $0.field("total", page.total)
            $0.field("limit", page.limit)
            $0.field("offset", page.offset)
            $0.field("has_next", page.hasNext)
        }
    }
}

extension Console {
    /// Writes one JSON object as a line.
    func writeJSON(_ body: (inout JSONWriter) -> Void) {
        var json = JSONWriter()
        json.object(body)
        json.finish()
        write(String(decoding: json.bytes, as: UTF8.self))
    }

    /// Writes a table with its titles dimmed, and what part of all it is.
    func write<Item>(_ table: TextTable, of page: ORM.Page<Item>, _ noun: String) {
        guard !table.rows.isEmpty else {
            return write(page.total == 0 ? "No \(noun)s." : "No more \(noun)s: there are \(page.total).")
        }
        write(table)
        let last = page.offset + page.items.count
        let part = page.offset == 0 && !page.hasNext ? "" : "\(page.offset + 1)–\(last) of "
        let next = page.hasNext ? "; the next with --offset \(last)" : ""
        write(styled("\(part)\(page.total) \(noun)\(page.total == 1 ? "" : "s")\(next)", .dim))
    }

    /// Writes a table with its titles dimmed.
    func write(_ table: TextTable) {
        let lines = table.lines(width: width)
        write(([styled(lines[0], .dim)] + lines.dropFirst()).joined(separator: "\n"))
    }

    /// Writes names and values in two columns; what has no value is left out.
    func write(_ facts: [(name: String, value: String?)]) {
        let shown = facts.filter { $0.value != nil }
        let room = shown.map(\.name.terminalWidth).max() ?? 0
        for (name, value) in shown {
            let padding = String(repeating: " ", count: room - name.terminalWidth)
            write(styled(name + padding, .dim) + "  " + (value ?? ""))
        }
    }
}
